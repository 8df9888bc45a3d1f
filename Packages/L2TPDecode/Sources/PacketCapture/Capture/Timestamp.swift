/// When a packet was captured.
public struct Timestamp: Hashable, Sendable, CustomStringConvertible {
    /// Nanoseconds since 1970-01-01T00:00:00 UTC, leap seconds not counted.
    public var nanoseconds: Int64
    /// How many decimal digits of the second the capture distinguishes, 0 to 9: 6 for microseconds.
    public var fractionDigits: Int

    /// A time.
    ///
    /// - Parameters:
    ///   - nanoseconds: Since 1970-01-01T00:00:00 UTC.
    ///   - fractionDigits: Decimal digits of the second that count; taken to the nearest of 0 to 9.
    public init(nanoseconds: Int64, fractionDigits: Int = 9) {
        self.nanoseconds = nanoseconds
        self.fractionDigits = min(max(fractionDigits, 0), 9)
    }

    /// Seconds since 1970 with as many decimals as the capture distinguishes: `1700000000.000123`.
    public var description: String {
        let magnitude = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        let (seconds, rest) = magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        guard fractionDigits > 0 else { return "\(sign)\(seconds)" }
        // A digit before the fraction keeps its leading zeros.
        let digits = String(1_000_000_000 + rest).dropFirst().prefix(fractionDigits)
        return "\(sign)\(seconds).\(digits)"
    }
}
