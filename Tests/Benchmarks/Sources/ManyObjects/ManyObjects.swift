import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink

/// What the benchmarks measure of the library: one verb on many sessions, as a process of its own.
///
///     ManyObjects VERB SESSIONS TUNNELS
///
/// Session *n* is in tunnel *n* mod TUNNELS + 1, as in the commands that `measure` gives to ip.
@main
enum ManyObjects {
    static func main() throws {
        let words = CommandLine.arguments
        guard words.count == 4, let sessionCount = UInt32(words[2]), let tunnelCount = UInt32(words[3]), tunnelCount > 0
        else { fatalError("usage: ManyObjects VERB SESSIONS TUNNELS") }
        let keys = (0..<sessionCount).map { SessionKey(SessionID($0 + 1), in: TunnelID(($0 + 1) % tunnelCount + 1)) }
        let tunnels = (1...tunnelCount).map { TunnelID($0) }
        var client = try L2TPClient(.kernel())
        switch words[1] {
        case "create":
            succeed(client.createTunnels(try tunnels.map(specification)))
            succeed(client.createSessions(try keys.map(specification)))
        case "create-one-by-one":
            for tunnel in tunnels { try client.createTunnel(try specification(tunnel)) }
            for key in keys { try client.createSession(try specification(key)) }
        case "delete":
            succeed(client.deleteSessions(keys))
        case "delete-one-by-one":
            for key in keys { try client.deleteSession(key.id, in: key.tunnelID) }
        case "delete-tunnels":
            succeed(client.deleteTunnels(tunnels))
        case "list":
            guard try client.sessions().count == keys.count else { fatalError("the list is not complete") }
        case "read":
            guard try client.sessions(keys).allSatisfy({ $0 != nil }) else { fatalError("a session is missing") }
        case "list-again":
            try printMedian { guard try client.sessions().count == keys.count else { fatalError("incomplete list") } }
        case "refresh-again":
            try printMedian { _ = try client.sessions(refreshing: keys) }
        default:
            fatalError("unknown verb \(words[1])")
        }
    }

    /// Prints the median time of 11 calls in seconds: what a program pays that is running already.
    private static func printMedian(_ body: () throws -> Void) throws {
        let times = try (1...11).map { _ in try ContinuousClock().measure(body) }.sorted()
        print(times[times.count / 2] / .seconds(1))
    }

    private static func succeed(_ outcomes: [L2TPError?]) {
        for case let error? in outcomes { fatalError(error.description) }
    }

    private static func specification(_ id: TunnelID) throws -> TunnelSpecification {
        guard let local = IPAddress("192.0.2.1"), let peer = IPAddress("192.0.2.2") else { fatalError("no address") }
        let ports = UDPParameters(sourcePort: UInt16(5000 + id.rawValue), destinationPort: 5000)
        return TunnelSpecification(id: id, peerID: id, local: local, peer: peer, encapsulation: .udp(ports))
    }

    private static func specification(_ key: SessionKey) throws -> SessionSpecification {
        SessionSpecification(
            tunnelID: key.tunnelID, id: key.id, peerID: key.id, interfaceName: try InterfaceName("pw\(key.id)"))
    }
}
