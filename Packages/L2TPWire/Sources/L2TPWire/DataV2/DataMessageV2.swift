/// A view of a data message of L2TPv2; it borrows its bytes and never copies them (RFC 2661 §3.1).
///
/// Which of the header's fields are there is said by its bits, so nothing need be known of the session. Lengths are
/// checked once; every accessor after that is total. The owned counterpart is ``DataHeaderV2``.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |T|L|x|x|S|x|O|P|x|x|x|x|  Ver  |          Length (opt)         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           Tunnel ID           |           Session ID          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |             Ns (opt)          |             Nr (opt)          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      Offset Size (opt)        |    Offset pad… (opt)
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public struct DataMessageV2: ~Escapable {
    @inlinable
    static var lengthBit: UInt16 { 0x4000 }
    @inlinable
    static var sequenceBit: UInt16 { 0x0800 }
    @inlinable
    static var offsetBit: UInt16 { 0x0200 }
    @inlinable
    static var priorityBit: UInt16 { 0x0100 }

    /// The message up to the end that the Length field tells, if it has one.
    @usableFromInline let bytes: Span<UInt8>
    /// The first word: bits and version.
    @usableFromInline let word: UInt16
    /// Where the payload begins.
    @usableFromInline let payloadOffset: Int

    /// Whether bytes follow the end that the Length field tells.
    @usableFromInline let hasTrailingBytes: Bool

    /// Reads a data message that fills all of the bytes.
    ///
    /// - Parameter bytes: The payload of one UDP datagram.
    /// - Throws: ``WireError`` when the header is truncated, not of L2TPv2, or of a control message, or when a Length
    ///   field says anything but the number of bytes.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(parsing bytes: Span<UInt8>) throws(WireError) {
        try self.init(parsingPrefix: bytes)
        if hasTrailingBytes || statedByteCount ?? self.bytes.count > self.bytes.count, let firstError {
            throw firstError
        }
    }

    /// Reads as much of a data message as can be read: at least its header. ``firstError`` tells what is wrong with
    /// the rest.
    ///
    /// - Parameter bytes: The payload of one UDP datagram.
    /// - Throws: ``WireError`` when not even the header can be read.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(parsingPrefix bytes: Span<UInt8>) throws(WireError) {
        guard try !Message.announcesControl(bytes, over: .udp) else {
            throw WireError(.controlMessage, at: 0, in: "T bit")
        }
        guard bytes.count >= 2 else { throw .truncated(at: bytes.count, in: "Ver") }
        let word = bytes.bigEndian(UInt16.self, at: 0)
        guard word & 0x000F == 2 else { throw WireError(.unsupportedVersion, at: 1, in: "Ver") }

        let fixedEnd = DataHeaderV2.byteCount(
            length: word & Self.lengthBit != 0, numbers: word & Self.sequenceBit != 0,
            offset: word & Self.offsetBit != 0)
        guard bytes.count >= fixedEnd else { throw .truncated(at: bytes.count, in: "data message header") }
        var payloadOffset = fixedEnd
        if word & Self.offsetBit != 0 { payloadOffset += Int(bytes.bigEndian(UInt16.self, at: fixedEnd - 2)) }
        guard payloadOffset <= bytes.count else { throw .truncated(at: bytes.count, in: "Offset pad") }

        var end = bytes.count
        if word & Self.lengthBit != 0 {
            let length = Int(bytes.bigEndian(UInt16.self, at: 2))
            guard length >= payloadOffset else { throw WireError(.lengthTooSmall, at: 2, in: "Length") }
            end = min(length, bytes.count)
        }
        self.bytes = bytes.extracting(first: end)
        self.word = word
        self.payloadOffset = payloadOffset
        hasTrailingBytes = end < bytes.count
    }

    /// What kept the message from being whole; nil for one made by ``init(parsing:)``.
    public var firstError: WireError? {
        guard let statedByteCount else { return nil }
        if bytes.count < statedByteCount { return WireError(.truncated, at: bytes.count, in: "Length") }
        return hasTrailingBytes ? WireError(.trailingBytes, at: bytes.count, in: "Length") : nil
    }

    /// Where the Tunnel ID lies.
    @inlinable @inline(__always)
    var identifierOffset: Int { word & Self.lengthBit != 0 ? 4 : 2 }

    /// What the Length field says, the length of the whole message in bytes; nil when the L bit is clear.
    @inlinable @inline(__always)
    public var statedByteCount: Int? {
        word & Self.lengthBit != 0 ? Int(bytes.bigEndian(UInt16.self, at: 2)) : nil
    }

    /// The identifier by which the receiver knows the tunnel, 0…65535.
    @inlinable @inline(__always)
    public var tunnelID: TunnelID { TunnelID(UInt32(bytes.bigEndian(UInt16.self, at: identifierOffset))) }

    /// The identifier by which the receiver knows the session, 0…65535.
    @inlinable @inline(__always)
    public var sessionID: SessionID { SessionID(UInt32(bytes.bigEndian(UInt16.self, at: identifierOffset + 2))) }

    /// Ns: the number of this message; nil when the S bit is clear.
    @inlinable @inline(__always)
    public var ns: ControlSequenceNumber? {
        word & Self.sequenceBit != 0 ? ControlSequenceNumber(bytes.bigEndian(at: identifierOffset + 4)) : nil
    }

    /// Nr, which has no meaning in a data message and is to be ignored; nil when the S bit is clear.
    @inlinable @inline(__always)
    public var nr: ControlSequenceNumber? {
        word & Self.sequenceBit != 0 ? ControlSequenceNumber(bytes.bigEndian(at: identifierOffset + 6)) : nil
    }

    /// The P bit: the message is to be preferred over others in local queues.
    @inlinable @inline(__always)
    public var hasPriority: Bool { word & Self.priorityBit != 0 }

    /// How many bytes of padding stand between the header and the payload; nil when the O bit is clear.
    @inlinable @inline(__always)
    public var offsetByteCount: Int? {
        guard word & Self.offsetBit != 0 else { return nil }
        return Int(bytes.bigEndian(UInt16.self, at: identifierOffset + (word & Self.sequenceBit != 0 ? 8 : 4)))
    }

    /// Length of everything before the payload in bytes, padding included.
    @inlinable
    public var headerByteCount: Int { payloadOffset }

    /// The PPP frame, from its address field or protocol field on, without flags and check sequence.
    @inlinable @inline(__always)
    public var payload: Span<UInt8> {
        @_lifetime(copy self)
        get { bytes.extracting(droppingFirst: payloadOffset) }
    }
}
