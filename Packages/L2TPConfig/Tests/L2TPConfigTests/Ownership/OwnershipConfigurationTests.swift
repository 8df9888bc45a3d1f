import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import L2TPWireTestSupport
import Testing

/// The configuration that a record gives back, and when it is said to be that of a text.
@Suite struct OwnershipConfigurationTests {
    private static let (first, second) = (ConfigurationDigest(high: 1, low: 2), ConfigurationDigest(high: 1, low: 3))

    private static let base = Configuration(tunnels: [
        PlanningExample.tunnel(sessions: [
            PlanningExample.session(1001, name: "data", interface: "l2tp-data"), PlanningExample.session(),
        ]),
        PlanningExample.tunnel(2999, name: "lab"),
    ])

    /// A host on which the base is applied as that of a text, and the record.
    private func applied() throws -> (SimulatedHost, Ownership) {
        var host = SimulatedHost()
        let plan = Planner().plan(Self.base, current: host.state, owned: Ownership(), source: Self.first)
        try host.perform(plan.stages.all)
        #expect(plan.ownership.source == Self.first)
        #expect(plan.intent.source == nil)
        return (host, plan.ownership)
    }

    @Test("What was planned from nothing is given back, also from the record's text", arguments: 0..<300)
    func roundTrip(number: Int) throws {
        var random = RandomPlanning(SeededGenerator(seed: UInt64(number)))
        var configuration = random.configuration()
        configuration.tunnels.sort { $0.name < $1.name }
        for index in configuration.tunnels.indices { configuration.tunnels[index].sessions.sort { $0.name < $1.name } }
        let plan = Planner().plan(
            configuration, current: SimulatedHost().state, owned: Ownership(), source: Self.first)
        #expect(plan.ownership.configuration == configuration)
        #expect(plan.ownership.source == Self.first)
        #expect(try Ownership(record: plan.ownership.recorded()).configuration == configuration)
    }

    @Test("Names of all kinds are given back, whatever their order")
    func oddNames() throws {
        var generator = SeededGenerator(for: "configurations from records with odd names")
        let parameters = RandomConfiguration(
            endpoints: [
                RandomConfiguration.Endpoints(
                    local: KnownValue.address("192.0.2.1"), remote: KnownValue.address("192.0.2.2"))
            ], places: [.init(), .init(namespace: "α β")], hasOddNames: true)
        for _ in 0..<300 {
            let configuration = parameters.next(using: &generator)
            let plan = Planner().plan(
                configuration, current: SimulatedHost().state, owned: Ownership(), source: Self.first)
            #expect(plan.ownership.source == Self.first)
            let read = try Ownership(record: plan.ownership.recorded())
            #expect(read == plan.ownership)
            #expect(read.configuration == configuration)
        }
    }

    @Test("Nothing is all of the empty configuration")
    func empty() {
        #expect(Ownership().configuration == Configuration())
    }

    @Test("What is not all of a configuration is none")
    func incomplete() throws {
        let (_, owned) = try applied()
        #expect(owned.configuration == Self.base)
        func changed(_ change: (inout Ownership) -> Void) -> Configuration? {
            var ownership = owned
            change(&ownership)
            return ownership.configuration
        }
        #expect(changed { $0.sessions[PlanningExample.key()]?.interface = nil } == nil)
        #expect(changed { $0.sessions[PlanningExample.key()]?.specifications = [] } == nil)
        #expect(
            changed { $0.sessions[PlanningExample.key()]?.specifications += [PlanningExample.session().specification] }
                == nil)
        #expect(changed { $0.tunnels[TunnelID(3000)]?.specifications = [] } == nil)
        // The other tunnel makes their number the same.
        #expect(changed { $0.tunnels[TunnelID(3000)] = nil } == nil)
    }

    @Test("A plan without changes and with the right record leaves it as it is; any other text is noted")
    func unchanged() throws {
        let (host, owned) = try applied()
        let same = Planner().plan(Self.base, current: host.state, owned: owned, source: Self.first)
        #expect(same.isEmpty && same.ownership == owned && same.intent == owned)
        let other = Planner().plan(Self.base, current: host.state, owned: owned, source: Self.second)
        #expect(other.isEmpty && other.ownership.source == Self.second && other.intent == other.ownership)
        let unknown = Planner().plan(Self.base, current: host.state, owned: owned)
        #expect(unknown.isEmpty && unknown.ownership.source == nil && unknown.intent == unknown.ownership)
    }

    @Test("While a plan is carried out, no text is known to be what there is")
    func edit() throws {
        let (host, owned) = try applied()
        var edited = Self.base
        edited.tunnels[0].sessions[0].interface.mtu = .bytes(1300)
        let plan = Planner().plan(edited, current: host.state, owned: owned, source: Self.second)
        #expect(!plan.isEmpty && plan.ownership.source == Self.second && plan.intent.source == nil)
        #expect(plan.ownership.configuration == edited)
    }

    @Test("With an object of somebody else's the text is read anew each time")
    func foreign() throws {
        var (host, owned) = try applied()
        // The record owns it no longer, for it is not what was recorded.
        owned.sessions[PlanningExample.key()] = nil
        for source in [Self.first, Self.second] {
            let plan = Planner().plan(Self.base, current: host.state, owned: owned, source: source)
            #expect(plan.isEmpty && plan.ownership.source == nil)
        }
        (host, owned) = try applied()
        owned.tunnels[TunnelID(2999)]?.specifications[0].peerID = TunnelID(1)
        let plan = Planner().plan(Self.base, current: host.state, owned: owned, source: Self.first)
        #expect(plan.isEmpty && plan.ownership.source == nil)
    }

    @Test("A session of ours in somebody else's tunnel is not all of a configuration")
    func foreignTunnel() throws {
        var (host, owned) = try applied()
        owned.tunnels[TunnelID(3000)] = nil
        owned.source = nil
        let plan = Planner().plan(Self.base, current: host.state, owned: owned, source: Self.first)
        #expect(plan.isEmpty && plan.ownership.source == nil && plan.ownership.configuration == nil)
    }

    @Test("What order the names are in decides nothing but whether the text is read again")
    func order() throws {
        let (host, owned) = try applied()
        var reversed = Self.base
        reversed.tunnels.reverse()
        let plan = Planner().plan(reversed, current: host.state, owned: owned, source: Self.second)
        #expect(plan.isEmpty && plan.ownership.source == nil)
    }
}
