import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

/// What sets up one end of a tunnel.
enum Maker: String, Hashable, Sendable {
    /// `L2TPClient` in this process.
    case client
    /// Our command `l2tp`.
    case command
    /// iproute2's `ip l2tp`.
    case ip

    /// Creates a tunnel with one session, then gives `ip` further lines.
    func create(
        _ tunnel: TunnelSpecification, _ session: SessionSpecification, in namespace: TestNamespace,
        then lines: [String]
    ) throws {
        let creation = [tunnel.commandWords, session.commandWords].map { $0.joined(separator: " ") }
        switch self {
        case .client:
            var client = try namespace.client()
            try client.createTunnel(tunnel)
            try client.createSession(session)
            try Shell.ip(lines, in: namespace)
        case .command:
            let batch = creation.joined(separator: "\n")
            try Shell.require([Shell.l2tp, "-n", namespace.name, "--batch", "-"], input: batch)
            try Shell.ip(lines, in: namespace)
        case .ip:
            try Shell.ip(creation.map { "l2tp \($0)" } + lines, in: namespace)
        }
    }
}

/// Both ends of a tunnel in a pair of sites, with one session whose interfaces are up.
struct Pseudowire {
    let pair: SitePair

    /// The address of a session's interface, the same in all tests.
    static func address(_ side: Side) -> String { side == .left ? "10.42.1.1" : "10.42.1.2" }

    /// Makes both ends.
    init(
        in pair: SitePair, _ cell: Cell, left: Maker = .client, right: Maker = .client,
        adjust: (Side, inout TunnelSpecification, inout SessionSpecification) -> Void = { _, _, _ in }
    ) throws {
        self.pair = pair
        for (side, maker) in [(Side.left, left), (.right, right)] {
            var tunnel = cell.tunnel(side)
            var session = try cell.session(side)
            adjust(side, &tunnel, &session)
            try maker.create(
                tunnel, session, in: pair[side],
                then: [
                    "link set \(Cell.interface) up",
                    "address add \(Self.address(side))/30 dev \(Cell.interface)",
                ])
        }
    }

    /// Deletes both ends.
    func remove() throws {
        for side in Side.allCases { try pair[side].deleteAllTunnels() }
    }

    /// One echo request from the left side with that many bytes of data.
    func ping(size: Int, wait seconds: Double = 2) throws -> Outcome {
        try Shell.run(
            ["ping", "-n", "-q", "-c", "1", "-W", "\(seconds)", "-s", "\(size)", Self.address(.right)], in: pair.left)
    }

    /// The session of one side as the kernel reports it.
    func session(_ side: Side) throws -> Session {
        var client = try pair[side].client()
        return try #require(try client.session(Cell.sessionID(side), in: Cell.tunnelID(side)))
    }
}
