internal import CLibmnl

/// A view of one netlink message; it borrows its bytes.
public struct NetlinkMessage: ~Escapable {
    /// The fixed header.
    public let header: NetlinkMessageHeader
    /// Everything behind the fixed header.
    public let payload: Span<UInt8>

    @_lifetime(copy payload)
    init(header: NetlinkMessageHeader, payload: Span<UInt8>) {
        self.header = header
        self.payload = payload
    }

    /// The attributes behind a protocol's own header of `headerByteCount` bytes (4 for generic
    /// netlink, which is `GENL_HDRLEN`).
    ///
    /// Throws `EBADMSG` if the message is shorter than that.
    @_lifetime(copy self)
    public func attributes(after headerByteCount: Int) throws(NetlinkError) -> NetlinkAttributeReader {
        guard payload.count >= headerByteCount else {
            throw .malformed("message of \(payload.count) bytes lacks its header of \(headerByteCount)")
        }
        return NetlinkAttributeReader(payload.extracting(droppingFirst: headerByteCount))
    }
}

extension NetlinkMessage {
    /// The number in host byte order at a byte offset into the payload, for the fields of a protocol's
    /// own header.
    ///
    /// Throws `EBADMSG` if the message is too short.
    public func number<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Number.Type = Number.self, at offset: Int
    ) throws(NetlinkError) -> Number {
        guard offset >= 0, payload.count >= MemoryLayout<Number>.size,
            offset <= payload.count - MemoryLayout<Number>.size
        else {
            throw .malformed("message of \(payload.count) bytes has no field at byte \(offset)")
        }
        return unsafe payload.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
    }
}

/// Walks the messages of a datagram; stops with an error at the first that is malformed.
public struct NetlinkMessageReader: ~Escapable {
    private var rest: Span<UInt8>
    private var offset = 0

    /// A reader at the start of a datagram.
    @_lifetime(copy datagram)
    public init(_ datagram: Span<UInt8>) {
        rest = datagram
    }

    /// The next message, nil at the end. The corresponding C functions are `mnl_nlmsg_ok` and
    /// `mnl_nlmsg_next`.
    @_lifetime(copy self)
    public mutating func next() throws(NetlinkError) -> NetlinkMessage? {
        guard !rest.isEmpty else { return nil }
        guard let header = Self.header(of: rest) else {
            throw .malformed("netlink message longer than its datagram of \(offset + rest.count) bytes", at: offset)
        }
        let payload = rest.extracting(NetlinkMessageHeader.encodedByteCount..<header.byteCount)
        let aligned = min((header.byteCount + 3) & ~3, rest.count)
        rest = rest.extracting(droppingFirst: aligned)
        offset += aligned
        return NetlinkMessage(header: header, payload: payload)
    }

    private static func header(of bytes: Span<UInt8>) -> NetlinkMessageHeader? {
        unsafe bytes.withUnsafeBytes { bytes -> NetlinkMessageHeader? in
            guard bytes.count >= NetlinkMessageHeader.encodedByteCount,
                let count = CInt(exactly: bytes.count),
                // A copy, for the bytes need not be aligned; libmnl looks at nothing else.
                case var raw = unsafe bytes.loadUnaligned(as: nlmsghdr.self),
                unsafe mnl_nlmsg_ok(&raw, count)
            else { return nil }
            // Before libmnl 1.0.5 `mnl_nlmsg_ok` takes lengths from 2^31 for negative ones, which pass.
            guard raw.nlmsg_len <= bytes.count else { return nil }
            return NetlinkMessageHeader(
                byteCount: Int(raw.nlmsg_len),
                type: NetlinkMessageType(rawValue: raw.nlmsg_type),
                flags: NetlinkMessageFlags(rawValue: raw.nlmsg_flags),
                sequence: raw.nlmsg_seq,
                portID: raw.nlmsg_pid)
        }
    }
}
