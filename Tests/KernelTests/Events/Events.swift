import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink

/// Events in short, for comparison: `+1` is a created tunnel, `+1/31 pw` a created session, `-1 [31 32]` a tunnel
/// deleted with its sessions, `~1/31` a changed session.
extension L2TPEvent {
    var short: String {
        switch kind {
        case .tunnelCreated(let tunnel): "+\(tunnel.id)"
        case .tunnelModified(_, let tunnel): "~\(tunnel.id)"
        case .tunnelDeleted(let tunnel, let sessions):
            "-\(tunnel.id) [\(sessions.map(\.id.description).joined(separator: " "))]"
        case .sessionCreated(let session): "+\(session.tunnelID)/\(session.id) \(session.interfaceName ?? "")"
        case .sessionModified(_, let session): "~\(session.tunnelID)/\(session.id)"
        case .sessionDeleted(let session): "-\(session.tunnelID)/\(session.id) \(session.interfaceName ?? "")"
        case .overrun: "overrun"
        case .unattributed: "?"
        }
    }
}

extension TestNamespace {
    /// A monitor of the namespace that compares only when something was lost, unless told otherwise.
    func monitor(comparingEvery interval: Duration = .seconds(600)) throws(L2TPError) -> L2TPMonitor<NetlinkSocket> {
        try L2TPMonitor(.kernel(in: networkNamespace), comparingEvery: interval)
    }
}

extension L2TPMonitor where Transport == NetlinkSocket {
    /// Events until there are that many, for half a minute at most; and none after them for a tenth of a second.
    mutating func events(_ count: Int) throws(L2TPError) -> [L2TPEvent] {
        var events: [L2TPEvent] = []
        let end = ContinuousClock.now + .seconds(30)
        // Also on a machine that stands still: there are some looks all the same.
        var looks = 0
        while events.count < count, looks < 20 || ContinuousClock.now < end {
            events += try next(within: max(end - ContinuousClock.now, .milliseconds(10)))
            looks += 1
        }
        return try events + next(within: .milliseconds(100))
    }
}
