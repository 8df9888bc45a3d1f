import L2TPModel
import SystemPackage

/// A form in which tunnels and sessions are printed.
protocol OutputFormat {
    /// Tunnels, with the last line's end; empty if nothing is to be printed.
    func text(of tunnels: [Tunnel]) -> String
    /// Sessions, with the last line's end; empty if nothing is to be printed.
    func text(of sessions: [Session]) -> String
    /// Writes what ``text(of:)`` is for sessions, in pieces of whole characters.
    func write(_ sessions: [Session], to sink: (ArraySlice<UInt8>) throws(Errno) -> Void) throws(Errno)
}

extension OutputFormat {
    /// How many bytes are worth a call of the kernel: as many as a pipe holds.
    static var pieceByteCount: Int { 65536 }
}

extension Session {
    /// The reorder timeout in whole milliseconds, as the kernel counts it.
    var reorderMilliseconds: UInt64 {
        let (seconds, attoseconds) = reorderTimeout.components
        return UInt64(clamping: seconds) &* 1000 &+ UInt64(clamping: attoseconds / 1_000_000_000_000_000)
    }
}
