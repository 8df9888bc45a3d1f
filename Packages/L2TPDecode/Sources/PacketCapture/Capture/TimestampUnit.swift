/// What a capture counts its time in.
struct TimestampUnit: Hashable {
    /// The value of the pcapng option `if_tsresol`: a negative power of 10, or of 2 where the highest bit is set.
    var resolution: UInt8
    /// Whole seconds to be added to each time (pcapng option `if_tsoffset`).
    var offset: Int64 = 0

    static let microseconds = Self(resolution: 6)
    static let nanoseconds = Self(resolution: 9)

    private static let powersOfTen: [UInt64] = (0..<20).map { exponent in
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }

    /// How many decimal digits of the second make a difference; beyond nanoseconds none are kept.
    var fractionDigits: Int {
        let exponent = Int(resolution & 0x7f)
        // log10(2) is a little above 3/10.
        return min(resolution & 0x80 == 0 ? exponent : (exponent * 302 + 999) / 1000, 9)
    }

    /// The time of a number of units; nil if 64 bits of nanoseconds cannot hold it (before 1677, after 2262).
    func timestamp(ticks: UInt64) -> Timestamp? {
        let exponent = Int(resolution & 0x7f)
        var nanoseconds: UInt64
        var seconds = offset
        if resolution & 0x80 != 0 {
            let whole = exponent < 64 ? ticks >> UInt64(exponent) : 0
            let fraction = exponent < 64 ? ticks & (1 << UInt64(exponent) &- 1) : ticks
            // Shifting all bits out is as good as zero.
            nanoseconds = UInt64(truncatingIfNeeded: (UInt128(fraction) * 1_000_000_000) >> UInt128(exponent))
            let (sum, overflow) = seconds.addingReportingOverflow(Int64(clamping: whole))
            guard !overflow else { return nil }
            seconds = sum
        } else if exponent <= 9 {
            let (product, overflow) = ticks.multipliedReportingOverflow(by: Self.powersOfTen[9 - exponent])
            guard !overflow else { return nil }
            nanoseconds = product
        } else {
            nanoseconds = exponent - 9 < 20 ? ticks / Self.powersOfTen[exponent - 9] : 0
        }
        guard let fraction = Int64(exactly: nanoseconds) else { return nil }
        let (whole, wholeOverflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (total, totalOverflow) = whole.addingReportingOverflow(fraction)
        guard !wholeOverflow, !totalOverflow else { return nil }
        return Timestamp(nanoseconds: total, fractionDigits: fractionDigits)
    }
}
