import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl

/// All that two namespaces can differ in after the same commands: tunnels, sessions and interfaces, without
/// counters and interface numbers.
struct KernelState: Hashable, Sendable, CustomStringConvertible {
    var tunnels: [Tunnel]
    var sessions: [Session]
    /// The MTU of every interface, which also shows the sublayer that the kernel does not report.
    var mtus: [String: UInt32]

    init(of namespace: TestNamespace) throws {
        var client = try namespace.client()
        tunnels = try client.tunnels()
        for index in tunnels.indices { tunnels[index].statistics = Statistics() }
        sessions = try client.sessions()
        for index in sessions.indices { sessions[index].statistics = Statistics() }
        mtus = try namespace.links().mapValues(\.mtu)
    }

    /// The objects alone: `1 2 1/10 2/20` are two tunnels with a session each.
    var objects: String {
        (tunnels.map { "\($0.id)" } + sessions.map { "\($0.tunnelID)/\($0.id)" }).joined(separator: " ")
    }

    var description: String {
        let lines = tunnels.map { "\($0)" } + sessions.map { "\($0)" } + mtus.map { "\($0) mtu \($1)" }.sorted()
        return lines.joined(separator: "\n")
    }
}
