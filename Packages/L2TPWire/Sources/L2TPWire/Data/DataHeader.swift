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
    /// - Precondition: To be set to a number, ``sublayer`` is the default one, which alone has room for it.
    public var sequenceNumber: SequenceNumber? {
        didSet {
            precondition(sublayer == .default || sequenceNumber == nil, "no sublayer, no room for a sequence number")
        }
    }

    /// What no data message can say.
    public enum ValidationError: Error, Hashable, Sendable, CustomStringConvertible {
        /// Session identifier 0 over IP, where it marks a control message (RFC 3931 §4.1.1.2).
        case reservedSessionID
        /// A cookie of `byteCount` bytes instead of 4 or 8; Linux may report one (``Cookie/init(reported:)``).
        case cookieLength(byteCount: Int)
        /// A sequence number without the default L2-specific sublayer, which alone has room for it.
        case sequenceNumberWithoutSublayer

        /// One line: what is wrong, and what would be right.
        public var description: String {
            switch self {
            case .reservedSessionID: "session identifier 0 means a control message over IP; use 1…4294967295"
            case .cookieLength(let byteCount): "a cookie of \(byteCount) bytes cannot be sent; it needs 4 or 8"
            case .sequenceNumberWithoutSublayer: "a sequence number needs the default L2-specific sublayer"
            }
        }
    }

    /// A header.
    ///
    /// - Parameters:
    ///   - encapsulation: What carries the message.
    ///   - sessionID: The identifier by which the receiver knows the session.
    ///   - cookie: The cookie the receiver expects, or nil for none.
    ///   - sublayer: The L2-specific sublayer the receiver expects.
    ///   - sequenceNumber: The sequence number, or nil for a message outside the sequence.
    /// - Throws: ``ValidationError`` for values that no data message can carry.
    public init(
        encapsulation: Encapsulation,
        sessionID: SessionID,
        cookie: Cookie? = nil,
        sublayer: L2SpecificSublayer = .default,
        sequenceNumber: SequenceNumber? = nil
    ) throws(ValidationError) {
        guard encapsulation == .udp || sessionID.isValid else { throw .reservedSessionID }
        if let cookie, !cookie.hasStandardLength { throw .cookieLength(byteCount: cookie.byteCount) }
        guard sublayer == .default || sequenceNumber == nil else { throw .sequenceNumberWithoutSublayer }
        self.encapsulation = encapsulation
        self.sessionID = sessionID
        self.cookie = cookie
        self.sublayer = sublayer
        self.sequenceNumber = sequenceNumber
    }

    /// The header of a parsed message, whose parts always go together.
    public init(_ message: borrowing DataMessage) {
        encapsulation = message.encapsulation
        sessionID = message.sessionID
        cookie = message.cookie
        sublayer = message.format.sublayer
        sequenceNumber = message.sequenceNumber
    }

    /// What a receiver must know to read the message.
    @inlinable
    public var format: DataFormat {
        // Both initializers let only standard lengths through.
        DataFormat(cookieLength: CookieLength(of: cookie) ?? .none, sublayer: sublayer)
    }

    /// Length of the serialized header in bytes, 4…20.
    @inlinable
    public var encodedByteCount: Int { format.headerByteCount(over: encapsulation) }

    /// Appends the header in wire format; append the payload after it.
    ///
    /// - Precondition: `output` has room for ``encodedByteCount`` bytes.
    /// - Parameter output: Where to append.
    @inlinable
    public func serialize(into output: inout OutputSpan<UInt8>) {
        switch encapsulation {
        case .udp: output.append(bigEndian: UInt64(DataMessage.udpWord) << 32 | UInt64(sessionID.rawValue))
        case .ip: output.append(bigEndian: sessionID.rawValue)
        }
        cookie?.serialize(into: &output)
        if case .default = sublayer {
            output.append(bigEndian: sequenceNumber.map { DataMessage.sequenceBit | $0.rawValue } ?? 0)
        }
    }
}
