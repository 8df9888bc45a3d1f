/// A view of an L2TPv3 data message; it borrows its bytes and never copies them.
///
/// Lengths are checked once, by the initializer; every accessor after that is total. The owned
/// counterpart is ``DataHeader``. RFC 3931 §4.1.1.1 (over IP) and §4.1.2.1 (over UDP) have the layout.
public struct DataMessage: ~Escapable {
    /// The S bit of the default L2-specific sublayer: the sequence number counts.
    @inlinable
    static var sequenceBit: UInt32 { 0x4000_0000 }
    /// The first word over UDP: T bit clear, version 3, reserved bits zero.
    @inlinable
    static var udpWord: UInt32 { 0x0003_0000 }

    /// What carried the message.
    public let encapsulation: Encapsulation
    /// How cookie and sublayer were read.
    public let format: DataFormat
    /// The whole message; it is at least as long as the header.
    @usableFromInline let bytes: Span<UInt8>

    /// Checks that a data message is complete up to its payload, which may be empty.
    ///
    /// Use this where the format is known beforehand, and ``Message`` where the session is found by the
    /// identifier in the message.
    ///
    /// - Parameters:
    ///   - bytes: The payload of one UDP datagram, or of one IP packet of protocol 115 without its IP header.
    ///   - encapsulation: What carried it.
    ///   - format: The session's format for messages in this direction.
    /// - Throws: ``WireError`` when the header is truncated, not of L2TPv3, or of a control message.
    @inlinable
    @_lifetime(copy bytes)
    public init(
        parsing bytes: Span<UInt8>,
        encapsulation: Encapsulation,
        format: DataFormat
    ) throws(WireError) {
        let undecoded = try UndecodedDataMessage(parsing: bytes, encapsulation: encapsulation)
        self = try undecoded.decoded(as: format)
    }

    /// The caller has checked everything up to the session identifier.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    init(checked bytes: Span<UInt8>, encapsulation: Encapsulation, format: DataFormat) throws(WireError) {
        let cookieEnd =
            UndecodedDataMessage.headerByteCount(over: encapsulation) + format.cookieLength.byteCount
        guard bytes.count >= cookieEnd else { throw .truncated(at: bytes.count, in: "Cookie") }
        guard bytes.count >= cookieEnd + format.sublayer.byteCount else {
            throw .truncated(at: bytes.count, in: "L2-Specific Sublayer")
        }
        self.encapsulation = encapsulation
        self.format = format
        self.bytes = bytes
    }

    @inlinable @inline(__always)
    var cookieOffset: Int { UndecodedDataMessage.headerByteCount(over: encapsulation) }

    /// The identifier by which the receiver knows the session; never 0 over IP.
    @inlinable @inline(__always)
    public var sessionID: SessionID { SessionID(rawValue: bytes.bigEndian(at: cookieOffset - 4)) }

    /// The cookie in the message, or nil when the format has none.
    ///
    /// Compare it with the one the session expects before trusting the payload (RFC 3931 §8.2).
    @inlinable @inline(__always)
    public var cookie: Cookie? {
        switch format.cookieLength {
        case .none: nil
        case .four: Cookie(bytes.bigEndian(UInt32.self, at: cookieOffset))
        case .eight: Cookie(bytes.bigEndian(UInt64.self, at: cookieOffset))
        }
    }

    /// The four bytes of the default L2-specific sublayer in host byte order, reserved bits included, or
    /// nil when the format has no sublayer.
    ///
    /// Bit 30 (0x40000000) is the S bit, the low 24 bits are the sequence number (RFC 3931 §4.6).
    @inlinable @inline(__always)
    public var sublayerWord: UInt32? {
        switch format.sublayer {
        case .none: nil
        case .default: bytes.bigEndian(at: cookieOffset + format.cookieLength.byteCount)
        }
    }

    /// The sequence number, or nil when the S bit is clear or there is no sublayer.
    @inlinable @inline(__always)
    public var sequenceNumber: SequenceNumber? {
        guard let word = sublayerWord, word & Self.sequenceBit != 0 else { return nil }
        return SequenceNumber(truncating: word)
    }

    /// What the session carries: of an Ethernet pseudowire the frame without its check sequence (RFC 4719).
    @inlinable @inline(__always)
    public var payload: Span<UInt8> {
        @_lifetime(copy self)
        get { bytes.extracting(droppingFirst: format.headerByteCount(over: encapsulation)) }
    }
}
