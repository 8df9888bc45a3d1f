import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Testing

@Suite struct OwnershipMatchingTests {
    private let host: SimulatedHost
    private let owned: Ownership

    init() throws {
        var host = SimulatedHost()
        let plan = Planner().plan(
            Configuration(tunnels: [PlanningExample.tunnel(sessions: [PlanningExample.session()])]),
            current: host.state, owned: Ownership())
        try host.perform(plan.stages.all)
        self.host = host
        owned = plan.ownership
    }

    private func tunnel(_ change: (inout Tunnel) -> Void) throws -> Tunnel {
        var tunnel = try #require(host.tunnels[TunnelID(3000)])
        change(&tunnel)
        return tunnel
    }

    private func session(_ change: (inout Session) -> Void) throws -> Session {
        var session = try #require(host.sessions[PlanningExample.key()]?.session)
        change(&session)
        return session
    }

    @Test("What was created is owned; what has other immutable attributes under the same identifiers is not")
    func tunnels() throws {
        #expect(owned.owns(try tunnel { _ in }))
        #expect(!owned.owns(try tunnel { $0.id = TunnelID(1) }))
        #expect(!owned.owns(try tunnel { $0.peerID = TunnelID(1) }))
        #expect(!owned.owns(try tunnel { $0.encapsulation = .ip }))
        #expect(!owned.owns(try tunnel { $0.local = nil }))
        #expect(!owned.owns(try tunnel { $0.peer = KnownValue.address("192.0.2.99") }))
        #expect(!owned.owns(try tunnel { $0.protocolVersion = .v2 }))
    }

    @Test("A local wildcard is whatever address the kernel has chosen")
    func wildcard() throws {
        var owned = owned
        owned.tunnels[TunnelID(3000)]?.specifications[0].local = KnownValue.address("0.0.0.0")
        #expect(owned.owns(try tunnel { _ in }))
        owned.tunnels[TunnelID(3000)]?.specifications[0].local = KnownValue.address("::")
        #expect(!owned.owns(try tunnel { _ in }))
    }

    @Test("Checksums of the other IP version do not matter")
    func checksums() throws {
        func change(_ tunnel: inout Tunnel, _ change: (inout UDPParameters) -> Void) {
            guard var udp = tunnel.encapsulation.udp else { return }
            change(&udp)
            tunnel.encapsulation = .udp(udp)
        }
        #expect(owned.owns(try tunnel { change(&$0) { $0.ipv6TransmitChecksum.toggle() } }))
        #expect(!owned.owns(try tunnel { change(&$0) { $0.ipv4Checksum.toggle() } }))
    }

    @Test("A session is owned whatever the kernel can change in it")
    func sessions() throws {
        #expect(
            owned.owns(
                try session {
                    $0.lnsMode.toggle()
                    $0.sendsSequenceNumbers.toggle()
                    $0.requiresSequenceNumbers.toggle()
                    $0.reorderTimeout = .seconds(1)
                }))
        #expect(!owned.owns(try session { $0.cookie = Cookie(UInt32(1)) }))
        #expect(!owned.owns(try session { $0.peerCookie = Cookie(UInt32(1)) }))
        #expect(!owned.owns(try session { $0.peerID = SessionID(1) }))
        #expect(!owned.owns(try session { $0.interfaceName = "other" }))
        #expect(!owned.owns(try session { $0.tunnelID = TunnelID(1) }))
    }

    @Test("The first specification that fits tells the sublayer")
    func specification() throws {
        var owned = owned
        var other = PlanningExample.session().specification
        other.l2SpecificSublayer = .none
        owned.sessions[PlanningExample.key()]?.specifications = [other, PlanningExample.session().specification]
        #expect(owned.specification(of: try session { _ in })?.l2SpecificSublayer == L2SpecificSublayer.none)
        other.cookie = Cookie(UInt32(1))
        owned.sessions[PlanningExample.key()]?.specifications[0] = other
        #expect(owned.specification(of: try session { _ in })?.l2SpecificSublayer == .default)
    }
}
