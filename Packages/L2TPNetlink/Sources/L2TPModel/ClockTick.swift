extension Duration {
    /// The kernel's possible clock rates in ticks a second (`CONFIG_HZ`).
    private static let clockRates: [Int64] = [100, 250, 300, 1000]

    /// Whether a kernel may report this reorder timeout after it was told `requested`: the same, or that rounded up to
    /// the tick of a clock of 100, 250, 300 or 1000 Hz.
    ///
    /// The kernel keeps `L2TP_ATTR_RECV_TIMEOUT` in ticks (`msecs_to_jiffies`, `jiffies_to_msecs`), so that with 250 Hz
    /// 7 ms come back as 8 ms. Both durations are whole milliseconds; what is finer is cut off.
    public func isClockTicks(of requested: Duration) -> Bool {
        let reported = milliseconds
        let milliseconds = requested.milliseconds
        guard milliseconds >= 0 else { return reported == milliseconds }
        return reported == milliseconds
            || Self.clockRates.contains { Self.reported(milliseconds, rate: $0) == reported }
    }

    /// What a kernel of that clock rate reports for a number of milliseconds; both conversions round up.
    private static func reported(_ milliseconds: Int64, rate: Int64) -> Int64? {
        let (product, overflow) = milliseconds.multipliedReportingOverflow(by: rate)
        guard !overflow, product <= .max - 999 else { return nil }
        let ticks = (product + 999) / 1000
        let (back, overflowBack) = ticks.multipliedReportingOverflow(by: 1000)
        guard !overflowBack, back <= .max - rate else { return nil }
        return (back + rate - 1) / rate
    }

    private var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return Int64(clamping: Int128(seconds) * 1000 + Int128(attoseconds / 1_000_000_000_000_000))
    }
}
