import L2TPModel
import L2TPNetlink
import LinkControl
import NetlinkTestSupport

/// Everything of a fake kernel that an operation may change.
struct KernelSnapshot: Equatable {
    var tunnels: [Tunnel]
    var sessions: [Session]
    var links: [Link]
    var addresses: [InterfaceAddress]

    init(_ kernel: FakeKernel) {
        (tunnels, sessions) = (kernel.tunnels, kernel.sessions)
        (links, addresses) = (kernel.links, kernel.addresses)
    }

    /// What there is of one object: a tunnel with its sessions, or a session, and their interfaces.
    func part(of object: L2TPError.Object) -> Part {
        let sessions = sessions.filter { Self.covers(object, $0) }
        let names = Set(sessions.compactMap(\.interfaceName))
        return Part(
            tunnels: tunnels.filter { Self.covers(object, $0) }, sessions: sessions,
            links: names.intersection(links.map(\.name)))
    }

    /// What there is besides some objects, with interfaces by name: their numbers follow the order of creation.
    func rest(besides objects: [L2TPError.Object]) -> Part {
        let covered = sessions.filter { session in objects.contains { Self.covers($0, session) } }
        return Part(
            tunnels: tunnels.filter { tunnel in !objects.contains { Self.covers($0, tunnel) } },
            sessions: sessions.filter { !covered.contains($0) },
            links: Set(links.map(\.name)).subtracting(covered.compactMap(\.interfaceName)))
    }

    private static func covers(_ object: L2TPError.Object, _ tunnel: Tunnel) -> Bool {
        object == .tunnel(tunnel.id)
    }

    private static func covers(_ object: L2TPError.Object, _ session: Session) -> Bool {
        object == .tunnel(session.tunnelID) || object == .session(session.id, in: session.tunnelID)
    }

    struct Part: Equatable {
        var tunnels: [Tunnel]
        var sessions: [Session]
        var links: Set<String>
    }
}
