/// A view of a control message of L2TPv2 or L2TPv3; it borrows its bytes and never copies them.
///
/// Everything is checked once, when the view is made; every accessor after that is total. There are two ways in:
/// ``init(parsing:encapsulation:)`` for a program that acts on messages and takes only those that are whole and
/// well-formed, and ``init(parsingPrefix:encapsulation:)`` for one that shows what can be read of any. The owned
/// counterpart of the header is ``ControlHeader``.
public struct ControlMessage: ~Escapable {
    /// Length of the fixed control header in bytes: 12, in L2TPv2 and L2TPv3 alike.
    @inlinable
    public static var headerByteCount: Int { 12 }

    /// The T bit, in the first byte of the header.
    @inlinable
    static var typeBit: UInt8 { 0x80 }
    /// T, L and S, which every control message has set (RFC 2661 §3.1, RFC 3931 §3.2.1).
    @inlinable
    static var requiredBits: UInt16 { 0xC800 }
    @inlinable
    static var offsetBit: UInt16 { 0x0200 }

    /// What carried the message.
    public let encapsulation: Encapsulation

    /// The message from the control header on, hence the same over UDP and over IP.
    ///
    /// Over IP the four zero bytes of the session identifier come before it and are left out. There are
    /// at least ``headerByteCount`` bytes, and none after the end that the Length field tells.
    public let bytes: Span<UInt8>

    /// The AVPs; a message without any (a zero-length body, ZLB) acknowledges others.
    public let avps: AVPList

    /// Whether bytes follow the end that the Length field tells.
    @usableFromInline let hasTrailingBytes: Bool

    /// Length of what stands before the control header: over IP the session identifier of zero.
    @inlinable @inline(__always)
    static func headerOffset(over encapsulation: Encapsulation) -> Int {
        switch encapsulation {
        case .udp: 0
        case .ip: 4
        }
    }

    /// Reads a control message that fills all of the bytes and whose AVPs are well-formed.
    ///
    /// The values of the AVPs are not looked at, but for the Message Type, which must be the first one (RFC 2661
    /// §4.4.1, RFC 3931 §5.4.1).
    ///
    /// - Parameters:
    ///   - bytes: The payload of one UDP datagram, or of one IP packet of protocol 115 without its IP header.
    ///   - encapsulation: What carried it.
    /// - Throws: ``WireError`` at the first thing that is wrong.
    @inlinable
    @_lifetime(copy bytes)
    public init(parsing bytes: Span<UInt8>, encapsulation: Encapsulation) throws(WireError) {
        try self.init(parsingPrefix: bytes, encapsulation: encapsulation)
        if !isWhole, let firstError { throw firstError }
    }

    /// Reads as much of a control message as can be read: at least its header. ``firstError`` tells what is wrong
    /// with the rest.
    ///
    /// Bytes after the end that the Length field tells are left out; of a message that is cut off, the AVPs that are
    /// there are read.
    ///
    /// - Parameters:
    ///   - bytes: The payload of one UDP datagram, or of one IP packet of protocol 115 without its IP header.
    ///   - encapsulation: What carried it.
    /// - Throws: ``WireError`` when not even the header can be read.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(parsingPrefix bytes: Span<UInt8>, encapsulation: Encapsulation) throws(WireError) {
        let start = Self.headerOffset(over: encapsulation)
        let length = try Self.statedLength(of: bytes, over: encapsulation)
        let end = min(start + length, bytes.count)
        self.encapsulation = encapsulation
        self.bytes = bytes.extracting(start..<end)
        let avpOffset = start + Self.headerByteCount
        avps = AVPList(parsingPrefix: bytes.extracting(avpOffset..<end), at: avpOffset)
        hasTrailingBytes = end < bytes.count
    }

    /// Whether nothing kept the message from being whole and well-formed.
    @inlinable @inline(__always)
    var isWhole: Bool {
        statedByteCount == bytes.count && !hasTrailingBytes && avps.isWhole && Self.beginsWithMessageType(avps)
    }

    /// What kept the message from being whole and well-formed; nil for one made by ``init(parsing:encapsulation:)``.
    public var firstError: WireError? {
        let start = Self.headerOffset(over: encapsulation)
        let end = start + bytes.count
        if bytes.count < statedByteCount { return WireError(.truncated, at: end, in: "Length") }
        if let error = avps.firstError { return error }
        if let error = Self.errorOfMessageType(of: avps, at: start + Self.headerByteCount) { return error }
        return hasTrailingBytes ? WireError(.trailingBytes, at: end, in: "Length") : nil
    }

    /// Checks the fixed header and returns what its Length field says.
    @inlinable @inline(__always)
    static func statedLength(
        of bytes: Span<UInt8>, over encapsulation: Encapsulation
    ) throws(WireError) -> Int {
        let start = headerOffset(over: encapsulation)
        guard try Message.announcesControl(bytes, over: encapsulation) else {
            throw WireError(.dataMessage, at: 0, in: encapsulation == .udp ? "T bit" : "Session ID")
        }
        guard bytes.count >= start + headerByteCount else {
            throw .truncated(at: bytes.count, in: "control message header")
        }
        let word = bytes.bigEndian(UInt16.self, at: start)
        guard word & requiredBits == requiredBits else {
            if bytes[start] & typeBit == 0 { throw WireError(.typeBitClear, at: start, in: "T bit") }
            throw WireError(.requiredBitClear, at: start, in: word & 0x4000 == 0 ? "L bit" : "S bit")
        }
        switch word & 0x000F {
        case 3: break
        case 2 where start == 0:
            guard word & offsetBit == 0 else { throw WireError(.offsetBitSet, at: start, in: "O bit") }
        default: throw WireError(.unsupportedVersion, at: start + 1, in: "Ver")
        }
        let length = Int(bytes.bigEndian(UInt16.self, at: start + 2))
        guard length >= headerByteCount else { throw WireError(.lengthTooSmall, at: start + 2, in: "Length") }
        return length
    }

    private static func errorOfMessageType(of avps: borrowing AVPList, at offset: Int) -> WireError? {
        beginsWithMessageType(avps) ? nil : WireError(.messageTypeMissing, at: offset, in: "Message Type")
    }

    /// Whether the first AVP is Message Type; also if there is none.
    ///
    /// Vendors have messages of their own, by the Vendor ID of this AVP.
    @inlinable @inline(__always)
    static func beginsWithMessageType(_ avps: borrowing AVPList) -> Bool {
        var iterator = avps.makeIterator()
        guard let first = iterator.next() else { return true }
        return isMessageType(first)
    }

    /// Whether an AVP is Message Type, the IETF's or a vendor's.
    @inlinable @inline(__always)
    static func isMessageType(_ avp: borrowing AVP) -> Bool {
        avp.type.number == 0 && !avp.isHidden && avp.bytes.count == AVP.headerByteCount + 2
    }

    /// L2TPv2 or L2TPv3.
    @inlinable @inline(__always)
    public var version: ProtocolVersion { ProtocolVersion(rawValue: bytes[1] & 0x0F) }

    /// What the Length field says: the length of header and AVPs in bytes, 12…65535.
    @inlinable @inline(__always)
    public var statedByteCount: Int { Int(bytes.bigEndian(UInt16.self, at: 2)) }

    /// The identifier by which the receiver knows the tunnel (RFC 3931: Control Connection ID); 0 as long as the sender
    /// has not been told it.
    @inlinable @inline(__always)
    public var tunnelID: TunnelID {
        version == .v2 ? TunnelID(UInt32(bytes.bigEndian(UInt16.self, at: 4))) : TunnelID(bytes.bigEndian(at: 4))
    }

    /// L2TPv2: the identifier by which the receiver knows the session, or 0 in messages about the tunnel; L2TPv3: nil.
    @inlinable @inline(__always)
    public var sessionID: SessionID? {
        version == .v2 ? SessionID(UInt32(bytes.bigEndian(UInt16.self, at: 6))) : nil
    }

    /// Ns: the number of this message.
    @inlinable @inline(__always)
    public var ns: ControlSequenceNumber { ControlSequenceNumber(bytes.bigEndian(at: 8)) }

    /// Nr: the number of the message that the sender expects next.
    @inlinable @inline(__always)
    public var nr: ControlSequenceNumber { ControlSequenceNumber(bytes.bigEndian(at: 10)) }

    /// What the message is; nil for one without AVPs, for one whose first AVP is not Message Type, and for a vendor's own
    /// (RFC 3931 §5.4.1), whose first AVP tells what it is.
    @inlinable @inline(__always)
    public var messageType: MessageType? {
        var iterator = avps.makeIterator()
        guard let first = iterator.next(), Self.isMessageType(first),
            first.type.vendorID == AttributeType.ietfVendorID
        else { return nil }
        return MessageType(rawValue: first.value.bigEndian(at: 0))
    }
}
