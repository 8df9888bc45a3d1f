/// Everything in an L2TPv2 data message before the payload, as a value that owns its parts (RFC 2661 §3.1).
///
/// The borrowed counterpart is ``DataMessageV2``.
public struct DataHeaderV2: Hashable, Sendable {
    /// The identifier by which the receiver knows the tunnel, 1…65535.
    public let tunnelID: TunnelID
    /// The identifier by which the receiver knows the session, 1…65535.
    public let sessionID: SessionID
    /// Whether the header has a Length field (L bit).
    public var hasLength: Bool
    /// Ns and Nr, or nil for a message that is not numbered (S bit clear). Nr is to be ignored by the receiver.
    public var numbers: Numbers?
    /// The P bit: the message is to be preferred over others in local queues.
    public var hasPriority: Bool
    /// How many bytes of padding stand before the payload; nil for a header without Offset Size (O bit clear).
    public let offsetByteCount: Int?

    /// Ns and Nr of a data message.
    public struct Numbers: Hashable, Sendable {
        /// The number of the message.
        public var ns: ControlSequenceNumber
        /// Reserved in data messages.
        public var nr: ControlSequenceNumber

        /// A pair of numbers.
        public init(ns: ControlSequenceNumber, nr: ControlSequenceNumber = .first) {
            self.ns = ns
            self.nr = nr
        }
    }

    /// What no data message can say.
    public enum ValidationError: Error, Hashable, Sendable, CustomStringConvertible {
        /// An identifier above 65535.
        case identifierTooLarge(UInt32)
        /// A padding of less than 0 or more than 65535 bytes.
        case offset(byteCount: Int)

        /// One line: what is wrong, and what would be right.
        public var description: String {
            switch self {
            case .identifierTooLarge(let number):
                "identifier \(number) does not fit into an L2TPv2 header; use 0…65535"
            case .offset(let byteCount): "an offset of \(byteCount) bytes cannot be sent; use 0…65535"
            }
        }
    }

    /// A header.
    ///
    /// - Parameters:
    ///   - tunnelID: The identifier by which the receiver knows the tunnel.
    ///   - sessionID: The identifier by which the receiver knows the session.
    ///   - hasLength: Whether the header has a Length field.
    ///   - numbers: Ns and Nr, or nil for a message that is not numbered.
    ///   - hasPriority: The P bit.
    ///   - offsetByteCount: How many bytes of padding stand before the payload, or nil for no Offset Size field.
    /// - Throws: ``ValidationError`` for values that no data message can carry.
    public init(
        tunnelID: TunnelID, sessionID: SessionID, hasLength: Bool = false, numbers: Numbers? = nil,
        hasPriority: Bool = false, offsetByteCount: Int? = nil
    ) throws(ValidationError) {
        guard tunnelID.rawValue <= UInt16.max else { throw .identifierTooLarge(tunnelID.rawValue) }
        guard sessionID.rawValue <= UInt16.max else { throw .identifierTooLarge(sessionID.rawValue) }
        if let offsetByteCount, !(0...Int(UInt16.max)).contains(offsetByteCount) {
            throw .offset(byteCount: offsetByteCount)
        }
        self.tunnelID = tunnelID
        self.sessionID = sessionID
        self.hasLength = hasLength
        self.numbers = numbers
        self.hasPriority = hasPriority
        self.offsetByteCount = offsetByteCount
    }

    /// The header of a parsed message.
    public init(_ message: borrowing DataMessageV2) {
        tunnelID = message.tunnelID
        sessionID = message.sessionID
        hasLength = message.statedByteCount != nil
        if let ns = message.ns, let nr = message.nr { numbers = Numbers(ns: ns, nr: nr) } else { numbers = nil }
        hasPriority = message.hasPriority
        offsetByteCount = message.offsetByteCount
    }

    /// Length of the fields in bytes, without padding: 6…14.
    @inlinable @inline(__always)
    static func byteCount(length: Bool, numbers: Bool, offset: Bool) -> Int {
        6 + (length ? 2 : 0) + (numbers ? 4 : 0) + (offset ? 2 : 0)
    }

    /// Length of the serialized header in bytes, padding included.
    @inlinable
    public var encodedByteCount: Int {
        Self.byteCount(length: hasLength, numbers: numbers != nil, offset: offsetByteCount != nil)
            + (offsetByteCount ?? 0)
    }

    /// Appends the header in wire format, padding of zeros included; append the payload after it.
    ///
    /// - Precondition: `output` has room for ``encodedByteCount`` bytes, and the message is not longer than 65535
    ///   bytes if it has a Length field.
    /// - Parameters:
    ///   - payloadByteCount: The length of the payload in bytes, for the Length field.
    ///   - output: Where to append.
    @inlinable
    public func serialize(payloadByteCount: Int, into output: inout OutputSpan<UInt8>) {
        var word: UInt16 = 2
        if hasLength { word |= DataMessageV2.lengthBit }
        if numbers != nil { word |= DataMessageV2.sequenceBit }
        if offsetByteCount != nil { word |= DataMessageV2.offsetBit }
        if hasPriority { word |= DataMessageV2.priorityBit }
        if hasLength {
            let length = encodedByteCount + payloadByteCount
            precondition(payloadByteCount >= 0 && length <= Int(UInt16.max), "no length of a message")
            output.append(bigEndian: UInt32(word) << 16 | UInt32(length))
        } else {
            output.append(bigEndian: word)
        }
        output.append(bigEndian: tunnelID.rawValue << 16 | sessionID.rawValue)
        if let numbers { output.append(bigEndian: UInt32(numbers.ns.rawValue) << 16 | UInt32(numbers.nr.rawValue)) }
        if let offsetByteCount {
            output.append(bigEndian: UInt16(offsetByteCount))
            output.append(repeating: 0, count: offsetByteCount)
        }
    }
}
