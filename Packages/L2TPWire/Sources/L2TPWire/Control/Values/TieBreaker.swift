/// The eight random bytes by which two ends that ask at the same time agree on one of the requests (RFC 2661 §4.4.3,
/// RFC 3931 §5.4.3 and §5.4.4, Tie Breaker).
///
/// The lower one wins: ``<(_:_:)`` compares them as a receiver does.
public struct TieBreaker: AVPValue, Comparable, ExpressibleByIntegerLiteral {
    /// The bytes as a number, the first one the most significant.
    public var number: UInt64

    /// The bytes of a number, the most significant one first.
    public init(_ number: UInt64) {
        self.number = number
    }

    /// The bytes of a number, the most significant one first.
    public init(integerLiteral number: UInt64) {
        self.init(number)
    }

    /// A new one, at random.
    public static func random() -> Self { Self(.random(in: .min ... .max)) }

    /// Whether the end that has sent the left one wins.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    /// Reads eight bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        number = try UInt64(parsing: value)
    }

    /// Length on the wire in bytes: 8.
    @inlinable
    public var encodedByteCount: Int { 8 }

    /// Appends the bytes.
    @inlinable
    public func serialize(into output: inout OutputSpan<UInt8>) { output.append(bigEndian: number) }

    /// The bytes, which mean nothing as a number.
    public var fields: [AVPField] {
        [AVPField(byteCount: 8, .bytes([UInt8](capacity: 8) { serialize(into: &$0) }))]
    }
}
