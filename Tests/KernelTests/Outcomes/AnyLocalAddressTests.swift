import L2TPModel
import L2TPNetlink
import L2TPWire
import SystemPackage
import Testing

extension KernelTests {
    /// Tunnels whose local address is left to the kernel: 0.0.0.0 and ::.
    @Suite(.sitePair)
    struct AnyLocalAddressTests {
        static let carriers = CookieMismatchTests.carriers

        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        /// Routing chooses the address when the tunnel is created, and the tunnel keeps and reports it.
        @Test(arguments: carriers)
        func carriesFrames(_ cell: Cell) throws {
            let wire = try Pseudowire(in: pair, cell) { side, tunnel, _ in
                if side == .left { tunnel.local = .any(cell.ipVersion) }
            }
            var client = try pair.left.client()
            let tunnel = try #require(try client.tunnel(Cell.tunnelID(.left)))
            #expect(tunnel.local == SitePair.address(.left, cell.ipVersion))
            #expect(tunnel.peer == SitePair.address(.right, cell.ipVersion))
            let outcome = try wire.ping(size: 56)
            #expect(outcome.succeeded, "\(outcome)")
            try wire.remove()
        }

        /// The port is taken on every address then, and the error says by whom.
        @Test(arguments: IPVersion.allCases)
        func takesThePortOfEveryAddress(_ version: IPVersion) throws {
            var client = try pair.left.client()
            var first = TunnelSpecification.udp(1, version)
            first.local = .any(version)
            try client.createTunnel(first)
            var second = TunnelSpecification.udp(2, version)
            second.encapsulation = first.encapsulation
            let error = #expect(throws: L2TPError.self) { try client.createTunnel(second) }
            #expect(error?.reason == .portTaken)
            #expect(error?.errno == .addressInUse)
            #expect(error?.explanation.contains("is taken by tunnel 1") == true)
        }

        @Test(arguments: carriers)
        func needsARoute(_ cell: Cell) throws {
            var tunnel = cell.tunnel(.left)
            tunnel.local = .any(cell.ipVersion)
            tunnel.peer = try #require(IPAddress(cell.ipVersion == .v4 ? "198.51.100.7" : "2001:db8:ffff::7"))
            var client = try pair.left.client()
            let error = #expect(throws: L2TPError.self) { try client.createTunnel(tunnel) }
            #expect(error?.reason == .noRoute)
            #expect(error?.errno == .networkUnreachable)
        }
    }
}
