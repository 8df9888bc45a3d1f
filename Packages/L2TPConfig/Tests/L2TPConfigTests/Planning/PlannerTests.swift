import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Testing

/// What one edit of a configuration is called, and what it does.
@Suite struct PlannerTests {
    static let base = Configuration(tunnels: [
        PlanningExample.tunnel(sessions: [
            PlanningExample.session {
                $0.specification.cookie = Cookie(UInt64(1))
                $0.interface.addresses = [KnownValue.prefix("10.0.0.1/30")]
                $0.interface.master = .bridge(KnownValue.name("br0"))
            },
            PlanningExample.session(1001, name: "voice", interface: "l2tp-voice"),
        ])
    ])

    /// A host on which the base is applied.
    func applied() throws -> (SimulatedHost, Ownership) {
        var host = SimulatedHost()
        host.links = [
            Link(index: 1, name: "br0", mtu: 1500, isUp: true, kind: "bridge"),
            Link(index: 2, name: "eth0", mtu: 1500, isUp: true),
            Link(index: 3, name: "vrf0", mtu: 1500, isUp: true, kind: "vrf"),
        ]
        host.namespaces["blue"] = []
        let plan = Planner().plan(Self.base, current: host.state, owned: Ownership())
        try host.perform(plan.stages.all)
        return (host, plan.ownership)
    }

    func edited(_ edit: (inout SessionConfiguration) -> Void) -> Configuration {
        var configuration = Self.base
        edit(&configuration.tunnels[0].sessions[0])
        return configuration
    }

    /// The changes that an edit of the first session makes, in words: `recreate session 1000 …: cookie 8 bytes -> …!`.
    private func changes(_ edit: (inout SessionConfiguration) -> Void) throws -> [String] {
        let (host, owned) = try applied()
        return Planner().plan(edited(edit), current: host.state, owned: owned).words
    }

    @Test("The first time everything is created, each tunnel before its sessions")
    func creation() {
        let plan = Planner().plan(Self.base, current: CurrentState(), owned: Ownership())
        #expect(plan.words == ["create tunnel 3000", "create session 1000", "create session 1001"])
        #expect(plan.changes.map(\.name) == ["hq", "lan", "voice"])
        #expect(plan.changes[1].path?.description == "tunnel.hq.session.lan")
        #expect(plan.unchangedCount == 0)
        #expect(plan.intent == plan.ownership)
        #expect(plan.ownership.sessions[PlanningExample.key()]?.masterName == "br0")
    }

    @Test("Nothing differs when all is there")
    func unchanged() throws {
        let (host, owned) = try applied()
        let plan = Planner().plan(Self.base, current: host.state, owned: owned)
        #expect(plan.isEmpty && plan.unchangedCount == 3)
        #expect(plan.ownership == owned && plan.intent == owned)
    }

    @Test("What the kernel cannot change needs re-creation, and is told by what forces it")
    func recreation() throws {
        #expect(
            try changes { $0.specification.peerID = SessionID(2001) }
                == ["recreate session 1000: peer_session_id 2000 -> 2001!"])
        #expect(
            try changes { $0.specification.l2SpecificSublayer = .none }
                == ["recreate session 1000: l2spec_type default -> none!, interface.mtu 1438 -> 1442"])
        #expect(
            try changes { $0.specification.interfaceName = KnownValue.name("lan0") }
                == ["recreate session 1000: interface.name l2tp-lan -> lan0!"])
    }

    @Test("Cookies are told by their length alone")
    func cookies() throws {
        #expect(
            try changes { $0.specification.cookie = Cookie(UInt64(0xfeed)) }
                == ["recreate session 1000: cookie 8 bytes -> 8 bytes (another)!"])
        #expect(
            try changes { $0.specification.peerCookie = Cookie(UInt32(0xfeed)) }
                == ["recreate session 1000: peer_cookie - -> 4 bytes!"])
        #expect(
            try changes { $0.specification.cookie = nil }
                == ["recreate session 1000: cookie 8 bytes -> -!, interface.mtu 1438 -> 1446"])
    }

    @Test("What the kernel can change is changed in place")
    func modification() throws {
        #expect(
            try changes { $0.specification.reorderTimeout = .milliseconds(1500) }
                == ["modify session 1000: reorder_timeout 0 -> 1500ms"])
        #expect(
            try changes { $0.specification.reorderTimeout = .seconds(2) }
                == ["modify session 1000: reorder_timeout 0 -> 2s"])
        #expect(try changes { $0.specification.lnsMode = true } == ["modify session 1000: lns_mode false -> true"])
        #expect(
            try changes {
                $0.specification.sendsSequenceNumbers = true
                $0.specification.requiresSequenceNumbers = true
            } == ["modify session 1000: seq none -> both"])
        let (host, owned) = try applied()
        let plan = Planner().plan(
            edited { $0.specification.reorderTimeout = .milliseconds(7) }, current: host.state, owned: owned)
        #expect(
            plan.changes.first?.steps == [
                .modifySession(
                    PlanningExample.key(), SessionModification(reorderTimeout: .milliseconds(7)),
                    previous: SessionModification(reorderTimeout: .zero))
            ])
    }

    @Test("What the kernel switches by itself is a change only if the configuration has changed")
    func kernelsSwitch() throws {
        var (host, owned) = try applied()
        #expect(
            try changes { $0.specification.sendsSequenceNumbers = true } == ["modify session 1000: seq none -> send"])
        host.sessions[PlanningExample.key()]?.session.sendsSequenceNumbers = true
        #expect(Planner().plan(Self.base, current: host.state, owned: owned).isEmpty)
        owned.sessions[PlanningExample.key()]?.specifications[0].sendsSequenceNumbers = true
        #expect(
            Planner().plan(Self.base, current: host.state, owned: owned).words
                == ["modify session 1000: seq send -> none"])
    }

    @Test("Changes of the interface alone leave the session as it is")
    func interface() throws {
        #expect(try changes { $0.interface.mtu = .bytes(1400) } == ["link session 1000: interface.mtu 1438 -> 1400"])
        #expect(try changes { $0.interface.isUp = false } == ["link session 1000: interface.up true -> false"])
        #expect(
            try changes { $0.interface.addresses = ["10.0.0.2/30", "2001:db8::1/64"].map(KnownValue.prefix) }
                == [
                    "link session 1000: interface.addresses - -> 10.0.0.2/30, interface.addresses - -> 2001:db8::1/64, "
                        + "interface.addresses 10.0.0.1/30 -> -"
                ])
        #expect(try changes { $0.interface.master = nil } == ["link session 1000: interface.bridge br0 -> -"])
        #expect(
            try changes { $0.interface.master = .vrf(KnownValue.name("vrf0")) }
                == ["link session 1000: interface.vrf br0 -> vrf0"])
        #expect(
            try changes {
                $0.interface.namespace = "blue"
                $0.interface.master = nil
            } == ["link session 1000: interface.netns - -> blue, interface.bridge br0 -> -"])
        #expect(
            try changes { $0.interface.mac = .address(MACAddress(truncating: 0x0200_0000_0001)) }
                .first?.hasSuffix("-> 02:00:00:00:00:01") == true)
        #expect(try changes { $0.interface.mac = .random }.isEmpty)
    }

    @Test("An interface that cannot be found makes re-creation necessary")
    func lostInterface() throws {
        let (host, owned) = try applied()
        var state = host.state
        state.interfaces[PlanningExample.key()] = nil
        let plan = Planner().plan(Self.base, current: state, owned: owned)
        #expect(plan.words == ["recreate session 1000: interface.name - -> l2tp-lan!"])
    }

    @Test("A tunnel that is re-created takes its sessions along")
    func tunnel() throws {
        let (host, owned) = try applied()
        var configuration = Self.base
        configuration.tunnels[0].specification.encapsulation = .udp(
            UDPParameters(sourcePort: 5000, destinationPort: 6001, ipv4Checksum: true))
        let plan = Planner().plan(configuration, current: host.state, owned: owned)
        #expect(
            plan.words == [
                "recreate tunnel 3000: udp_dport 6000 -> 6001!, udp_csum false -> true!", "recreate session 1000",
                "recreate session 1001",
            ])
        #expect(plan.changes[1].steps.count == 1)
        #expect(plan.intent.tunnels[TunnelID(3000)]?.specifications.count == 2)
        #expect(plan.intent.sessions[PlanningExample.key()]?.kept != nil)
        #expect(plan.stages.tunnelDeletions.count == 1 && plan.stages.sessionDeletions.isEmpty)
        #expect(plan.stages.sessionCreations.count == 2)
    }

    @Test("Tunnels go before sessions, and both before anything is created")
    func stages() throws {
        let (host, owned) = try applied()
        let tunnel = PlanningExample.tunnel(3001, name: "b")
        let session = try #require(Self.base.tunnels.first?.sessions.first?.specification)
        let steps: [L2TPConfig.Step] = [
            .createSession(session, InterfaceSetup()), .createTunnel(tunnel.specification),
            .deleteSession(SessionSnapshot(specification: session, interface: nil)),
            .deleteTunnel(TunnelSnapshot(specification: tunnel.specification, sessions: [])),
        ]
        #expect(Stages(steps).all == steps.reversed())
        let all = Planner().plan(Configuration(), current: host.state, owned: owned).stages
        #expect(all.tunnelDeletions.count == 1 && all.all.count == 1)
    }

    @Test("Another encapsulation or IP version is told without what follows from it")
    func encapsulation() throws {
        let (host, owned) = try applied()
        var configuration = Self.base
        configuration.tunnels[0].specification.encapsulation = .ip
        configuration.tunnels[0].specification.peer = KnownValue.address("198.51.100.8")
        #expect(
            Planner().plan(configuration, current: host.state, owned: owned).words.first
                == "recreate tunnel 3000: remote 198.51.100.7 -> 198.51.100.8!, encap udp -> ip!, "
                + "udp_sport 5000 -> -!, udp_dport 6000 -> -!")
    }

    @Test("What is no longer configured is deleted, in the order of identifiers; of nothing all is")
    func deletion() throws {
        let (host, owned) = try applied()
        var configuration = Self.base
        configuration.tunnels[0].sessions.removeLast()
        let plan = Planner().plan(configuration, current: host.state, owned: owned)
        #expect(plan.words == ["delete session 1001"])
        #expect(plan.changes.first?.name == "voice" && plan.changes.first?.path == nil)
        let down = Planner().plan(Configuration(), current: host.state, owned: owned)
        #expect(down.words == ["delete tunnel 3000", "delete session 1000", "delete session 1001"])
        #expect(down.stages.all.count == 1)
        #expect(down.ownership == Ownership() && down.intent == owned)
    }

    @Test("Sessions can exchange their names, and tunnels their ports")
    func exchange() throws {
        var (host, _) = try applied()
        let second = PlanningExample.tunnel(3001, name: "b")
        var configuration = Self.base
        configuration.tunnels.append(second)
        let plan = Planner().plan(configuration, current: host.state, owned: try applied().1)
        try host.perform(plan.stages.all)
        configuration.tunnels[0].specification.encapsulation = second.specification.encapsulation
        configuration.tunnels[1].specification.encapsulation = Self.base.tunnels[0].specification.encapsulation
        configuration.tunnels[0].sessions[0].specification.interfaceName = KnownValue.name("l2tp-voice")
        configuration.tunnels[0].sessions[1].specification.interfaceName = KnownValue.name("l2tp-lan")
        let exchange = Planner().plan(configuration, current: host.state, owned: plan.ownership)
        #expect(exchange.conflicts.isEmpty)
        try host.perform(exchange.stages.all)
        #expect(Planner().plan(configuration, current: host.state, owned: exchange.ownership).isEmpty)
    }

    @Test("A record of what is gone is no change, but is not kept")
    func staleRecord() throws {
        let (host, owned) = try applied()
        var stale = owned
        stale.tunnels[TunnelID(1)] = Ownership.OwnedTunnel(
            name: "gone", specifications: [PlanningExample.tunnel(1).specification])
        stale.sessions[PlanningExample.key(1)] = Ownership.OwnedSession(
            name: "gone", specifications: [PlanningExample.session(1).specification])
        let plan = Planner().plan(Self.base, current: host.state, owned: stale)
        #expect(plan.isEmpty && plan.ownership == owned)
    }

    @Test("An automatic MTU is compared only where the path is known and the link takes it")
    func unknownPath() throws {
        var (host, owned) = try applied()
        host.pathMTU = nil
        #expect(Planner().plan(Self.base, current: host.state, owned: owned).isEmpty)
        host.pathMTU = 100
        host.sessions[PlanningExample.key()]?.interface.link.minimumMTU = 68
        host.sessions[PlanningExample.key(1001)]?.interface.link.minimumMTU = 68
        #expect(Planner().plan(Self.base, current: host.state, owned: owned).isEmpty)
        host.pathMTU = 1492
        #expect(
            Planner().plan(Self.base, current: host.state, owned: owned).words.first
                == "link session 1000: interface.mtu 1438 -> 1430")
    }
}

extension Plan {
    /// The changes in words, with a `!` behind what forces re-creation.
    var words: [String] {
        changes.map { change in
            let object =
                switch change.object {
                case .tunnel(let id): "tunnel \(id)"
                case .session(let key): "session \(key.id)"
                }
            let attributes = change.attributes.map {
                "\($0.key) \($0.old ?? "-") -> \($0.new ?? "-")\($0.forcesRecreation ? "!" : "")"
            }
            return "\(change.action) \(object)" + (attributes.isEmpty ? "" : ": ")
                + attributes.joined(separator: ", ")
        }
    }
}
