/// Everything in an L2TPv3 data message before the payload, as a value that owns its parts.
///
/// The borrowed counterpart is ``DataMessage``. Reserved bits have no place here: they are ignored on
/// receipt and zero on sending (RFC 3931 §4.1.2.1 and §4.6).
public struct DataHeader: Hashable, Sendable {
    /// What carries the message.
    public let encapsulation: Encapsulation
    /// The identifier by which the *receiver* knows the session: when sending, the peer's.
    public let sessionID: SessionID
    /// The cookie, of 4 or 8 bytes; when sending, the one the peer expects.
    public let cookie: Cookie?
    /// The L2-specific sublayer.
    public let sublayer: L2SpecificSublayer
    /// The sequence number, or nil for a message outside the sequence (S bit clear).
    ///
    /// Only the default sublayer has room for one: setting a number without that sublayer traps.
    public var sequenceNumber: SequenceNumber? {
        didSet { checkSequenceNumber() }
    }

    /// A header.
    ///
    /// It traps on what no data message can say: a session identifier of zero over IP (that is a control
    /// message), a cookie of other than 4 or 8 bytes, a sequence number without the default sublayer.
    ///
    /// - Parameters:
    ///   - encapsulation: What carries the message.
    ///   - sessionID: The identifier by which the receiver knows the session.
    ///   - cookie: The cookie the receiver expects, or nil for none.
    ///   - sublayer: The L2-specific sublayer the receiver expects.
    ///   - sequenceNumber: The sequence number, or nil for a message outside the sequence.
    public init(
        encapsulation: Encapsulation,
        sessionID: SessionID,
        cookie: Cookie? = nil,
        sublayer: L2SpecificSublayer = .default,
        sequenceNumber: SequenceNumber? = nil
    ) {
        precondition(encapsulation == .udp || sessionID.isValid, "session identifier 0 over IP means control")
        precondition(cookie?.hasStandardLength ?? true, "a cookie on the wire has 4 or 8 bytes")
        self.encapsulation = encapsulation
        self.sessionID = sessionID
        self.cookie = cookie
        self.sublayer = sublayer
        self.sequenceNumber = sequenceNumber
        checkSequenceNumber()
    }

    /// The header of a parsed message.
    public init(_ message: borrowing DataMessage) {
        self.init(
            encapsulation: message.encapsulation,
            sessionID: message.sessionID,
            cookie: message.cookie,
            sublayer: message.format.sublayer,
            sequenceNumber: message.sequenceNumber
        )
    }

    /// What a receiver must know to read the message.
    public var format: DataFormat {
        // The initializer lets only standard lengths through.
        DataFormat(cookieLength: CookieLength(of: cookie) ?? .none, sublayer: sublayer)
    }

    /// Length of the serialized header in bytes, 4…20.
    public var encodedByteCount: Int { format.headerByteCount(over: encapsulation) }

    /// Appends the header in wire format; append the payload after it.
    ///
    /// The caller provides room for ``encodedByteCount`` bytes; without it this traps and has written nothing.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= encodedByteCount, "no room for the L2TP header")
        if encapsulation == .udp { output.append(bigEndian: DataMessage.udpWord) }
        output.append(bigEndian: sessionID.rawValue)
        if let cookie {
            for offset in 0..<cookie.byteCount { output.append(cookie[offset]) }
        }
        if sublayer == .default {
            output.append(bigEndian: sequenceNumber.map { DataMessage.sequenceBit | $0.rawValue } ?? 0)
        }
    }

    private func checkSequenceNumber() {
        precondition(sublayer == .default || sequenceNumber == nil, "no sublayer, no room for a sequence number")
    }
}
