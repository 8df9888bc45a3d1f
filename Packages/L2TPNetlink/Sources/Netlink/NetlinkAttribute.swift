/// The number of an attribute within its message; the kernel field is `nla_type` without its flags.
public struct NetlinkAttributeType: RawRepresentable, Hashable, Sendable {
    /// The number in host byte order, 0…16383.
    public var rawValue: UInt16

    /// Wraps a number.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Wraps a constant of a kernel header.
    ///
    /// - Precondition: The constant is one of the kernel's, which lie in 0…16383.
    public init(_ constant: Int) {
        precondition((0...0x3fff).contains(constant), "no netlink attribute has the number \(constant)")
        rawValue = UInt16(constant)
    }
}

/// A view of one attribute; it borrows its bytes.
public struct NetlinkAttribute: ~Escapable {
    /// The attribute's number.
    public let type: NetlinkAttributeType
    /// The value's bytes, without padding.
    public let value: Span<UInt8>

    @inlinable
    @_lifetime(copy value)
    init(type: NetlinkAttributeType, value: Span<UInt8>) {
        self.type = type
        self.value = value
    }

    /// The value as a number in host byte order. Throws `EBADMSG` if its length is not that of `Number`.
    @inlinable
    public func number<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Number.Type = Number.self
    ) throws(NetlinkError) -> Number {
        guard value.count == MemoryLayout<Number>.size else {
            throw .wrongLength(of: type, value.count, insteadOf: MemoryLayout<Number>.size)
        }
        return unsafe value.withUnsafeBytes { unsafe $0.loadUnaligned(as: Number.self) }
    }

    /// The value as a number whose first byte is the most significant, for addresses. Throws `EBADMSG`
    /// if its length is not that of `Number`.
    @inlinable
    public func bigEndianNumber<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Number.Type = Number.self
    ) throws(NetlinkError) -> Number {
        Number(bigEndian: try number())
    }

    /// The value as text up to its terminating zero byte or its end; malformed UTF-8 is repaired.
    public var text: String {
        unsafe value.withUnsafeBufferPointer { bytes in
            let count = unsafe bytes.firstIndex(of: 0) ?? bytes.count
            return unsafe String(decoding: UnsafeBufferPointer(rebasing: bytes[..<count]), as: UTF8.self)
        }
    }

    /// The attributes nested in the value.
    @inlinable
    public var nested: NetlinkAttributeReader {
        @_lifetime(copy self)
        get { NetlinkAttributeReader(value) }
    }
}

/// Walks attributes; stops with an error at the first that is malformed.
///
/// It judges as `mnl_attr_ok` does, without a call of libmnl for each: a list of thousands of objects has a hundred
/// thousand attributes.
public struct NetlinkAttributeReader: ~Escapable {
    @usableFromInline let bytes: Span<UInt8>
    @usableFromInline var offset = 0

    /// A reader at the start of a run of attributes.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
    }

    /// The next attribute, nil at the end. The corresponding C functions are `mnl_attr_ok`,
    /// `mnl_attr_get_type` and `mnl_attr_next`.
    @inlinable
    @_lifetime(copy self)
    public mutating func next() throws(NetlinkError) -> NetlinkAttribute? {
        let left = bytes.count - offset
        guard left > 0 else { return nil }
        guard left >= Self.headerByteCount else { throw .attribute(longerThan: left, at: offset) }
        // `nla_len` and `nla_type`, which need not be aligned.
        let (byteCount, type) = unsafe bytes.withUnsafeBytes { bytes in
            unsafe (
                Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)),
                bytes.loadUnaligned(fromByteOffset: offset + 2, as: UInt16.self)
            )
        }
        guard byteCount >= Self.headerByteCount, byteCount <= left else {
            throw .attribute(longerThan: left, at: offset)
        }
        // Without the flags `NLA_F_NESTED` and `NLA_F_NET_BYTEORDER`.
        let attribute = NetlinkAttribute(
            type: NetlinkAttributeType(rawValue: type & 0x3fff),
            value: bytes.extracting(offset + Self.headerByteCount..<offset + byteCount))
        offset += min((byteCount + 3) & ~3, left)
        return attribute
    }

    /// Length of an attribute's header in bytes (`NLA_HDRLEN`).
    @usableFromInline static var headerByteCount: Int { 4 }
}

/// Texts are made apart from the readers, which stay small enough to be copied into their callers.
extension NetlinkError {
    @usableFromInline @inline(never)
    static func wrongLength(of type: NetlinkAttributeType, _ count: Int, insteadOf wanted: Int) -> Self {
        .malformed("attribute \(type.rawValue) has \(count) bytes instead of \(wanted)")
    }

    @usableFromInline @inline(never)
    static func attribute(longerThan byteCount: Int, at offset: Int) -> Self {
        .malformed("attribute longer than the \(byteCount) bytes left", at: offset)
    }
}
