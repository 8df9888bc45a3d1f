/// A session's cookie: bytes that guard against misdirected and blindly injected data messages.
///
/// RFC 3931 (§4.1, and §5.4.4, Assigned Cookie) knows cookies of 4 and 8 bytes. A session has two: the one we
/// *send* (kernel attribute `L2TP_ATTR_COOKIE`) and the one we *expect* from the peer (`L2TP_ATTR_PEER_COOKIE`).
/// Bytes are kept in wire order, which is also the order of the hexadecimal text.
///
/// Comparison takes the same time wherever the first difference lies.
public struct Cookie: Sendable, Hashable, CustomStringConvertible {
    /// The bytes in wire order, the first one most significant; unused low bytes are zero.
    @usableFromInline let storage: UInt64
    /// Number of bytes on the wire: 4 or 8, or 1…8 for a cookie only reported by a kernel.
    public let byteCount: Int

    /// Why a text or a sequence of bytes is no cookie.
    public enum ParseError: Error, Hashable, Sendable {
        /// The text has `count` characters instead of 8 or 16.
        case length(count: Int)
        /// The character at `offset` (counted from 0) is not a hexadecimal digit.
        case notHexadecimal(offset: Int)
        /// `count` bytes instead of 4 or 8.
        case byteCount(count: Int)
    }

    /// A cookie of four bytes.
    ///
    /// - Parameter number: The bytes as a number, the most significant byte first on the wire.
    @inlinable
    public init(_ number: UInt32) {
        storage = UInt64(number) << 32
        byteCount = 4
    }

    /// A cookie of eight bytes.
    ///
    /// - Parameter number: The bytes as a number, the most significant byte first on the wire.
    @inlinable
    public init(_ number: UInt64) {
        storage = number
        byteCount = 8
    }

    /// A cookie from 8 or 16 hexadecimal digits of either case, in wire order, without `0x`.
    public init(hexadecimal text: some StringProtocol) throws(ParseError) {
        // Bytes of one type, which the compiler knows: a configuration has thousands of cookies.
        let digits = Array(text.utf8)
        guard digits.count == 8 || digits.count == 16 else { throw .length(count: digits.count) }
        var number: UInt64 = 0
        for (offset, digit) in digits.enumerated() {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): number = number << 4 | UInt64(digit - UInt8(ascii: "A") + 10)
            default: throw .notHexadecimal(offset: offset)
            }
        }
        byteCount = digits.count / 2
        storage = byteCount == 4 ? number << 32 : number
    }

    /// A cookie from 4 or 8 bytes in wire order.
    @inlinable
    public init(_ bytes: Span<UInt8>) throws(ParseError) {
        guard bytes.count == 4 || bytes.count == 8 else { throw .byteCount(count: bytes.count) }
        self.init(unchecked: bytes)
    }

    /// A cookie as a kernel reports it: Linux accepts any length from 1 to 8 bytes, so listing what
    /// another program made must be able to show it.
    ///
    /// Returns nil for 0 and for more than 8 bytes.
    @inlinable
    public init?(reported bytes: Span<UInt8>) {
        guard (1...8).contains(bytes.count) else { return nil }
        self.init(unchecked: bytes)
    }

    @inlinable
    init(unchecked bytes: Span<UInt8>) {
        var number: UInt64 = 0
        for index in bytes.indices { number = number << 8 | UInt64(bytes[index]) }
        storage = number << (8 * UInt64(8 - bytes.count))
        byteCount = bytes.count
    }

    /// Whether RFC 3931 knows the length: 4 or 8 bytes.
    @inlinable
    public var hasStandardLength: Bool { byteCount == 4 || byteCount == 8 }

    /// The byte at `offset` in wire order.
    ///
    /// - Precondition: `offset` lies in `0..<byteCount`.
    @inlinable
    public subscript(offset: Int) -> UInt8 {
        precondition((0..<byteCount).contains(offset), "cookie byte offset out of range")
        return UInt8(truncatingIfNeeded: storage >> (8 * UInt64(7 - offset)))
    }

    /// Appends the bytes in wire order.
    ///
    /// The caller has checked that there is room.
    @inlinable @inline(__always)
    func serialize(into output: inout OutputSpan<UInt8>) {
        switch byteCount {
        case 4: output.append(bigEndian: UInt32(truncatingIfNeeded: storage >> 32))
        case 8: output.append(bigEndian: storage)
        default: for offset in 0..<byteCount { output.append(self[offset]) }
        }
    }

    /// Lower-case hexadecimal digits in wire order, two a byte.
    public var hexadecimal: String {
        var text = ""
        text.reserveCapacity(2 * byteCount)
        for offset in 0..<byteCount {
            let byte = self[offset]
            if byte < 16 { text.append("0") }
            text.append(String(byte, radix: 16))
        }
        return text
    }

    /// The length alone. A cookie is a secret: print ``hexadecimal`` where it is asked for.
    public var description: String { "cookie of \(byteCount) bytes" }

    /// Equal in length and in every byte; the time taken does not depend on which bytes differ.
    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        (left.storage ^ right.storage) | UInt64(truncatingIfNeeded: left.byteCount ^ right.byteCount) == 0
    }
}
