internal import CLibmnl

/// The number of an attribute within its message; the kernel field is `nla_type` without its flags.
public struct NetlinkAttributeType: RawRepresentable, Hashable, Sendable {
    /// The number in host byte order, 0…16383.
    public var rawValue: UInt16

    /// Wraps a number.
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
            throw .malformed(
                "attribute \(type.rawValue) has \(value.count) bytes instead of \(MemoryLayout<Number>.size)")
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
        var count = 0
        while count < value.count, value[count] != 0 { count += 1 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for index in 0..<count { bytes.append(value[index]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The attributes nested in the value.
    public var nested: NetlinkAttributeReader {
        @_lifetime(copy self)
        get { NetlinkAttributeReader(value) }
    }
}

/// Walks attributes; stops with an error at the first that is malformed.
public struct NetlinkAttributeReader: ~Escapable {
    private var rest: Span<UInt8>
    private var offset = 0

    /// A reader at the start of a run of attributes.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) {
        rest = bytes
    }

    /// The next attribute, nil at the end. The corresponding C functions are `mnl_attr_ok`,
    /// `mnl_attr_get_type` and `mnl_attr_next`.
    @_lifetime(copy self)
    public mutating func next() throws(NetlinkError) -> NetlinkAttribute? {
        guard !rest.isEmpty else { return nil }
        guard let (type, byteCount) = Self.header(of: rest) else {
            throw .malformed("attribute longer than the \(rest.count) bytes left", at: offset)
        }
        let attribute = NetlinkAttribute(type: type, value: rest.extracting(4..<byteCount))
        let aligned = min((byteCount + 3) & ~3, rest.count)
        rest = rest.extracting(droppingFirst: aligned)
        offset += aligned
        return attribute
    }

    private static func header(of bytes: Span<UInt8>) -> (NetlinkAttributeType, byteCount: Int)? {
        unsafe bytes.withUnsafeBytes { bytes -> (NetlinkAttributeType, byteCount: Int)? in
            guard bytes.count >= MemoryLayout<nlattr>.size,
                let count = CInt(exactly: bytes.count),
                // A copy, for the bytes need not be aligned; libmnl looks at nothing else.
                case var raw = unsafe bytes.loadUnaligned(as: nlattr.self),
                unsafe mnl_attr_ok(&raw, count)
            else { return nil }
            let type = unsafe mnl_attr_get_type(&raw)
            return unsafe (NetlinkAttributeType(rawValue: type), Int(mnl_attr_get_len(&raw)))
        }
    }
}
