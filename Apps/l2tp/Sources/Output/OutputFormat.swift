import L2TPModel

/// A form in which tunnels and sessions are printed.
protocol OutputFormat {
    /// Tunnels, with the last line's end; empty if nothing is to be printed.
    func text(of tunnels: [Tunnel]) -> String
    /// Sessions, with the last line's end; empty if nothing is to be printed.
    func text(of sessions: [Session]) -> String
}

extension Session {
    /// The reorder timeout in whole milliseconds, as the kernel counts it.
    var reorderMilliseconds: UInt64 {
        let (seconds, attoseconds) = reorderTimeout.components
        return UInt64(clamping: seconds) &* 1000 &+ UInt64(clamping: attoseconds / 1_000_000_000_000_000)
    }
}
