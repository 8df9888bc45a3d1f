import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Testing

/// What somebody else has created, which is left alone.
@Suite struct ConflictTests {
    private static let configuration = Configuration(tunnels: [
        PlanningExample.tunnel(sessions: [PlanningExample.session { $0.interface.mac = .random }])
    ])

    private func plan(
        _ configuration: Configuration = configuration, on host: SimulatedHost, owned: Ownership = Ownership(),
        adopts: Bool = false
    ) -> Plan {
        Planner(adopts: adopts).plan(configuration, current: host.state, owned: owned)
    }

    /// A host on which a configuration was applied by somebody else, or by us.
    private func host(
        with configuration: Configuration = configuration, links: [Link] = []
    ) throws -> (SimulatedHost, Ownership) {
        var host = SimulatedHost()
        host.links = links
        let plan = plan(configuration, on: host)
        try host.perform(plan.stages.all)
        return (host, plan.ownership)
    }

    private func messages(_ plan: Plan) -> [String] { plan.conflicts.map(\.description) }

    @Test("What somebody else has created as it is configured is no difference, and is not owned")
    func sameButForeign() throws {
        let (host, _) = try host()
        let plan = plan(on: host)
        #expect(plan.isEmpty && plan.unchangedCount == 2 && plan.ownership == Ownership())
    }

    @Test("It is taken over if that is asked for, without a request")
    func adopted() throws {
        let (host, owned) = try host()
        let plan = plan(on: host, adopts: true)
        #expect(plan.words == ["adopt tunnel 3000", "adopt session 1000"])
        #expect(plan.stages.all.isEmpty && plan.ownership == owned)
    }

    @Test("A tunnel that somebody else has created otherwise is a conflict, or is changed if it is taken over")
    func foreignTunnel() throws {
        let (host, _) = try host()
        var configuration = Self.configuration
        configuration.tunnels[0].specification.peerID = TunnelID(1)
        #expect(
            messages(plan(configuration, on: host)) == [
                "tunnel.hq: tunnel 3000 exists and was not created by l2tp-apply; it differs in peer_tunnel_id\n"
                    + "  --adopt takes it over and changes it"
            ])
        #expect(
            plan(configuration, on: host, adopts: true).words
                == ["recreate tunnel 3000: peer_tunnel_id 4000 -> 1!", "recreate session 1000"])
    }

    @Test("A session that somebody else has created otherwise is a conflict, or is changed if it is taken over")
    func foreignSession() throws {
        let (host, _) = try host()
        var configuration = Self.configuration
        configuration.tunnels[0].sessions[0].specification.peerID = SessionID(1)
        configuration.tunnels[0].sessions[0].interface.mtu = .bytes(1300)
        #expect(
            messages(plan(configuration, on: host)) == [
                "tunnel.hq.session.lan: session 1000 in tunnel 3000 exists and was not created by l2tp-apply; it "
                    + "differs in peer_session_id, interface.mtu\n  --adopt takes it over and changes it"
            ])
        let adopting = plan(configuration, on: host, adopts: true)
        #expect(
            adopting.words == [
                "adopt tunnel 3000",
                "recreate session 1000: peer_session_id 2000 -> 1!, interface.mtu 1446 -> 1300",
            ])
        #expect(adopting.intent.sessions[PlanningExample.key()]?.specifications.count == 2)
    }

    @Test("What a stale record tells is not ours")
    func staleRecord() throws {
        var other = Self.configuration
        other.tunnels[0].specification.peerID = TunnelID(1)
        other.tunnels[0].sessions[0].specification.cookie = Cookie(UInt32(1))
        let (host, _) = try host(with: other)
        let (_, owned) = try self.host()
        #expect(plan(on: host, owned: owned).conflicts.count == 1)
        #expect(plan(Configuration(), on: host, owned: owned).isEmpty)
    }

    @Test("An owned tunnel with somebody else's session is neither deleted nor re-created")
    func foreignSessionInside() throws {
        var (host, owned) = try host()
        try host.createSession(PlanningExample.session(7, interface: "other").specification)
        let expected =
            "tunnel 3000 would have to be deleted, but its session 7 was not created by l2tp-apply and is not "
            + "configured\n  delete the session first, or leave the tunnel as it is"
        #expect(messages(plan(Configuration(), on: host, owned: owned)) == [expected])
        var configuration = Self.configuration
        configuration.tunnels[0].specification.peerID = TunnelID(1)
        #expect(messages(plan(configuration, on: host, owned: owned, adopts: true)) == [expected])
        #expect(plan(on: host, owned: owned).isEmpty)
        // Configured, but still somebody else's.
        configuration.tunnels[0].sessions.append(
            PlanningExample.session(7, name: "x", interface: "other") {
                $0.interface.mac = .random
                $0.interface.isUp = false
            })
        #expect(plan(configuration, on: host, owned: owned).conflicts.count == 1)
        #expect(plan(configuration, on: host, owned: owned, adopts: true).conflicts.isEmpty)
    }

    @Test("What needs a control connection or PPP cannot be taken over")
    func notAdoptable() throws {
        var (host, _) = try host()
        host.tunnels[TunnelID(3000)]?.protocolVersion = .v2
        #expect(
            messages(plan(on: host, adopts: true)) == [
                "tunnel.hq: tunnel 3000 cannot be taken over: it is an L2TPv2 tunnel, which needs a control connection"
            ])
        (host, _) = try self.host()
        host.sessions[PlanningExample.key()]?.session.pseudowireType = .ppp
        #expect(plan(on: host, adopts: true).conflicts.count == 1)
        (host, _) = try self.host()
        host.tunnels[TunnelID(3000)]?.local = nil
        #expect(plan(on: host, adopts: true).conflicts.count == 1)
    }

    @Test("A session of ours may live in somebody else's tunnel")
    func sessionInForeignTunnel() throws {
        var (host, _) = try host()
        try host.deleteSession(PlanningExample.key())
        let creating = plan(on: host)
        #expect(creating.words == ["create session 1000"])
        try host.perform(creating.stages.all)
        #expect(plan(on: host, owned: creating.ownership).isEmpty)
        #expect(plan(Configuration(), on: host, owned: creating.ownership).words == ["delete session 1000"])
    }

    @Test("A name that another link has is a conflict, unless that goes")
    func name() throws {
        let taken = Link(index: 1, name: "l2tp-lan", mtu: 1500, isUp: true, kind: "dummy")
        var host = SimulatedHost()
        host.links = [taken]
        let expected =
            "tunnel.hq.session.lan.interface.name: l2tp-lan is the name of another link, of kind dummy\n"
            + "  choose another name, or rename that link"
        #expect(messages(plan(on: host)) == [expected])
        var other = Self.configuration
        other.tunnels[0].sessions = [PlanningExample.session(1, name: "old")]
        let (ours, owned) = try self.host(with: other)
        #expect(plan(on: ours, owned: owned).conflicts.isEmpty)
        #expect(plan(on: ours).conflicts.count == 1)
    }

    @Test("A name has to be free where the interface is moved to")
    func nameElsewhere() throws {
        var (host, owned) = try host()
        host.namespaces["blue"] = [Link(index: 9, name: "l2tp-lan", mtu: 1500, isUp: true)]
        var configuration = Self.configuration
        configuration.tunnels[0].sessions[0].interface.namespace = "blue"
        let expected = ["l2tp-lan is the name of another link in network namespace blue"]
        #expect(plan(configuration, on: host, owned: owned).conflicts.map(\.message) == expected)
        try host.deleteTunnel(TunnelID(3000))
        #expect(plan(configuration, on: host, owned: owned).conflicts.map(\.message) == expected)
    }

    @Test("Two new interfaces cannot have one name, wherever they are moved to")
    func sameName() {
        var configuration = Self.configuration
        configuration.tunnels[0].sessions.append(PlanningExample.session(1, name: "second"))
        #expect(
            plan(configuration, on: SimulatedHost()).conflicts.first?.path?.description
                == "tunnel.hq.session.second.interface.name")
    }

    @Test("A port that somebody else's tunnel has is a conflict; one of another address is not")
    func port() throws {
        let foreign = Configuration(tunnels: [PlanningExample.tunnel(1) { $0.encapsulation = Self.ports }])
        let (host, _) = try host(with: foreign)
        #expect(
            messages(plan(on: host)) == [
                "tunnel.hq.udp_sport: port 5000 of 192.0.2.1 belongs to tunnel 1, which was not created by l2tp-apply\n"
                    + "  choose another udp_sport, or delete that tunnel"
            ])
        var configuration = Self.configuration
        configuration.tunnels[0].specification.local = KnownValue.address("192.0.2.5")
        #expect(plan(configuration, on: host).conflicts.isEmpty)
        configuration.tunnels[0].specification.local = KnownValue.address("0.0.0.0")
        #expect(plan(configuration, on: host).conflicts.count == 1)
    }

    private static let ports = TunnelEncapsulation.udp(UDPParameters(sourcePort: 5000, destinationPort: 1))

    @Test("A session id that somebody else's session has is a conflict, unless both tunnels are over UDP")
    func sessionID() throws {
        for (encapsulation, count) in [
            (TunnelEncapsulation.ip, 1), (PlanningExample.tunnel(9).specification.encapsulation, 0),
        ] {
            let foreign = Configuration(tunnels: [
                PlanningExample.tunnel(
                    1, sessions: [PlanningExample.session(1000, in: 1, interface: "other")],
                    { $0.encapsulation = encapsulation })
            ])
            let (host, _) = try host(with: foreign)
            #expect(plan(on: host).conflicts.count == count)
        }
    }

    @Test("A master that does not exist may come; one that is something else is a conflict, and so is no namespace")
    func surroundings() throws {
        var configuration = Self.configuration
        configuration.tunnels[0].sessions[0].interface.master = .bridge(KnownValue.name("br0"))
        var host = SimulatedHost()
        #expect(plan(configuration, on: host).conflicts.isEmpty)
        host.links = [Link(index: 1, name: "br0", mtu: 1500, isUp: true, kind: "vrf")]
        #expect(
            messages(plan(configuration, on: host))
                == ["tunnel.hq.session.lan.interface.bridge: br0 is no bridge, but of kind vrf"])
        configuration.tunnels[0].sessions[0].interface.namespace = "blue"
        var state = host.state
        state.namespaces["blue"] = .some(nil)
        #expect(
            messages(Planner().plan(configuration, current: state, owned: Ownership())) == [
                "tunnel.hq.session.lan.interface.netns: network namespace blue does not exist\n  ip netns add blue"
            ])
    }
}
