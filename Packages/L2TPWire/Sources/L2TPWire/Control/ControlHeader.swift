/// The header of a control message, as a value that owns its parts (RFC 2661 §3.1, RFC 3931 §3.2.1 and §4.1.1.2).
///
/// The Length field is not among them: it belongs to the whole message, see ``ControlMessageWriter``.
public struct ControlHeader: Hashable, Sendable {
    /// What carries the message.
    public let encapsulation: Encapsulation
    /// L2TPv2 or L2TPv3.
    public let version: ProtocolVersion
    /// The identifier by which the *receiver* knows the tunnel (RFC 3931: Control Connection ID); 0 as long as the
    /// sender has not been told it.
    public let tunnelID: TunnelID
    /// L2TPv2: the identifier by which the receiver knows the session, or 0 in messages about the tunnel; L2TPv3:
    /// nil, for it has the identifiers in AVPs.
    public let sessionID: SessionID?
    /// Ns: the number of this message.
    public var ns: ControlSequenceNumber
    /// Nr: the number of the message that the sender expects next.
    public var nr: ControlSequenceNumber

    /// What no control message can say.
    public enum ValidationError: Error, Hashable, Sendable, CustomStringConvertible {
        /// An identifier above 65535 in L2TPv2.
        case identifierTooLarge(UInt32)

        /// One line: what is wrong, and what would be right.
        public var description: String {
            switch self {
            case .identifierTooLarge(let number):
                "identifier \(number) does not fit into an L2TPv2 header; use 0…65535"
            }
        }
    }

    /// A header of L2TPv3.
    ///
    /// - Parameters:
    ///   - tunnelID: The identifier by which the receiver knows the tunnel, or 0.
    ///   - ns: The number of this message.
    ///   - nr: The number of the message that the sender expects next.
    ///   - encapsulation: What carries the message.
    @inlinable
    public init(
        tunnelID: TunnelID, ns: ControlSequenceNumber, nr: ControlSequenceNumber, encapsulation: Encapsulation
    ) {
        self.encapsulation = encapsulation
        version = .v3
        self.tunnelID = tunnelID
        sessionID = nil
        self.ns = ns
        self.nr = nr
    }

    /// A header of L2TPv2, which is carried by UDP.
    ///
    /// - Parameters:
    ///   - tunnelID: The identifier by which the receiver knows the tunnel, 0…65535.
    ///   - sessionID: The identifier by which the receiver knows the session, 0…65535.
    ///   - ns: The number of this message.
    ///   - nr: The number of the message that the sender expects next.
    /// - Throws: ``ValidationError`` for an identifier that has more than 16 bits.
    @inlinable
    public init(
        v2TunnelID tunnelID: TunnelID, sessionID: SessionID = SessionID(0), ns: ControlSequenceNumber,
        nr: ControlSequenceNumber
    ) throws(ValidationError) {
        guard tunnelID.rawValue <= UInt16.max else { throw .identifierTooLarge(tunnelID.rawValue) }
        guard sessionID.rawValue <= UInt16.max else { throw .identifierTooLarge(sessionID.rawValue) }
        encapsulation = .udp
        version = .v2
        self.tunnelID = tunnelID
        self.sessionID = sessionID
        self.ns = ns
        self.nr = nr
    }

    /// The header of a parsed message.
    @inlinable
    public init(_ message: borrowing ControlMessage) {
        encapsulation = message.encapsulation
        version = message.version
        tunnelID = message.tunnelID
        sessionID = message.sessionID
        ns = message.ns
        nr = message.nr
    }

    /// Length of the serialized header in bytes: 12, and over IP 4 more for the session identifier of zero.
    @inlinable
    public var encodedByteCount: Int {
        ControlMessage.headerOffset(over: encapsulation) + ControlMessage.headerByteCount
    }

    /// Appends the header in wire format; append the AVPs after it.
    ///
    /// - Precondition: `output` has room for ``encodedByteCount`` bytes, and the message is not longer than
    ///   65535 bytes.
    /// - Parameters:
    ///   - avpByteCount: The length of all AVPs in bytes, for the Length field.
    ///   - output: Where to append.
    @inlinable
    public func serialize(avpByteCount: Int, into output: inout OutputSpan<UInt8>) {
        let length = ControlMessage.headerByteCount + avpByteCount
        precondition((ControlMessage.headerByteCount...Int(UInt16.max)).contains(length), "no length of a message")
        if encapsulation == .ip { output.append(bigEndian: 0 as UInt32) }
        let word = ControlMessage.requiredBits | UInt16(version.rawValue)
        output.append(bigEndian: UInt32(word) << 16 | UInt32(length))
        if let sessionID {
            output.append(bigEndian: tunnelID.rawValue << 16 | sessionID.rawValue)
        } else {
            output.append(bigEndian: tunnelID.rawValue)
        }
        output.append(bigEndian: UInt32(ns.rawValue) << 16 | UInt32(nr.rawValue))
    }

    /// Appends a whole message in wire format to memory that the caller provides: the header, the Message Type and
    /// what `avps` appends.
    ///
    /// ```swift
    /// header.serialize(.incomingCallRequest, into: &output) { avps in
    ///     AVPDefinition.localSessionID.serialize(SessionID(17), in: .v3, into: &avps)
    /// }
    /// ```
    ///
    /// ``ControlMessageWriter`` makes room by itself, and checks lengths instead of trapping.
    ///
    /// - Precondition: `output` has room for the header (``encodedByteCount``) and the Message Type (8 bytes), and the
    ///   message is not longer than 65535 bytes.
    /// - Parameters:
    ///   - type: What the message is, or nil for a zero-length body (ZLB), which gets no AVPs.
    ///   - output: Where to append.
    ///   - avps: Appends AVPs (``AVPDefinition/serialize(_:in:into:)``); the Length field counts what it appends.
    /// - Throws: What `avps` throws; the message in `output` is unfinished then.
    @inlinable
    public func serialize<Failure: Error>(
        _ type: MessageType?, into output: inout OutputSpan<UInt8>,
        avps: (inout OutputSpan<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let start = output.count + ControlMessage.headerOffset(over: encapsulation)
        serialize(avpByteCount: 0, into: &output)
        if let type {
            let isMandatory = MessageRules.mandatoryBit(of: type).preferred
            AVPDefinition.messageType.serialize(type, isMandatory: isMandatory, into: &output)
        }
        try avps(&output)
        let length = output.count - start
        precondition((ControlMessage.headerByteCount...Int(UInt16.max)).contains(length), "no length of a message")
        var bytes = output.mutableSpan
        bytes.store(bigEndian: UInt16(truncatingIfNeeded: length), at: start + 2)
    }
}
