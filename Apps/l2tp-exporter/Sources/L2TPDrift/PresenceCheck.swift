internal import L2TPConfig
internal import L2TPModel
internal import L2TPWire

/// Whether what is configured is there: with all that cannot be changed as it is configured, which is what l2tp-apply(8)
/// compares before it creates something anew. What it changes in place, as sequence numbers, does not count, nor the
/// L2-specific sublayer, which the kernel does not tell.
struct PresenceCheck {
    private let tunnels: [TunnelID: Tunnel]
    private let sessions: [Session]

    /// - Parameters:
    ///   - tunnels: All tunnels.
    ///   - sessions: All sessions, by ascending identifiers.
    init(_ tunnels: [Tunnel], _ sessions: [Session]) {
        self.tunnels = Dictionary(tunnels.map { ($0.id, $0) }) { first, _ in first }
        self.sessions = sessions
    }

    /// Whether a tunnel is there.
    func isPresent(_ tunnel: TunnelConfiguration) -> Bool {
        tunnels[tunnel.specification.id]?.fulfils(tunnel.specification) ?? false
    }

    /// Whether a session is there, in a tunnel that is.
    func isPresent(_ session: SessionConfiguration) -> Bool {
        let key = session.specification.key
        var (low, high) = (0, sessions.count)
        while low < high {
            let middle = (low + high) / 2
            if sessions[middle].key < key { low = middle + 1 } else { high = middle }
        }
        while low < sessions.count, sessions[low].key == key {
            if sessions[low].mayHaveBeenCreated(from: session.specification) { return true }
            low += 1
        }
        return false
    }
}
