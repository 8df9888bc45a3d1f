/// How long Prometheus waits for a scrape, as it tells in `X-Prometheus-Scrape-Timeout-Seconds`.
enum ScrapeTimeout {
    /// The name of the header.
    static let headerName = "X-Prometheus-Scrape-Timeout-Seconds"
    /// What is left for the way back, and for compressing, of all but short times.
    static let margin = Duration.milliseconds(500)
    /// No scrape is given up before this: what a client cannot wait for is its own affair.
    static let shortest = Duration.milliseconds(100)
    /// Nobody is let wait longer than this.
    static let longest = Duration.seconds(60)

    /// The time that answering may take: what the client waits less ``margin``, but at least half of it, and
    /// between ``shortest`` and ``longest``.
    ///
    /// - Parameter header: Seconds as a decimal number.
    /// - Returns: The time, from the request's arrival on; nil if there is no header, or no positive number in it.
    static func duration(_ header: String?) -> Duration? {
        guard let header, let seconds = Double(header), seconds.isFinite, seconds > 0 else { return nil }
        let patience = Duration.seconds(min(seconds, 3600))
        return min(max(patience - margin, patience / 2, shortest), longest)
    }

    /// What is left of that time, at least ``shortest``.
    ///
    /// - Parameters:
    ///   - limit: The time, as ``duration(_:)`` has it.
    ///   - elapsed: How long ago the request has arrived.
    /// - Returns: What is left.
    static func remainder(of limit: Duration, after elapsed: Duration) -> Duration {
        max(limit - elapsed, min(shortest, limit))
    }
}
