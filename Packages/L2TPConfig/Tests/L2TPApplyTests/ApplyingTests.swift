import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import NetlinkTestSupport
import Testing

/// What applying does when nothing goes wrong.
@Suite struct ApplyingTests {
    @Test("After a plan there is what is configured, and nothing else has changed", arguments: Transition.all)
    func becomesWhatIsConfigured(transition: Transition) throws {
        let host = try transition.host()
        try host.apply(transition.after)
        let plan = try host.plan(transition.after)
        #expect(plan.isEmpty, "\(plan.changes)")
        #expect(host.record.ownership == plan.ownership)
        // A host on which nothing was before shows what is to be there.
        let fresh = try Host()
        try fresh.apply(transition.after)
        try expectLike(fresh, host, transition.after)
    }

    @Test("Applying again asks the kernel for nothing and writes nothing", arguments: Transition.all)
    func isIdempotent(transition: Transition) throws {
        let host = try transition.host()
        try host.apply(transition.after)
        host.forgetRequests()
        let saveCount = host.record.saveCount
        let plan = try host.apply(transition.after).plan
        #expect(plan.isEmpty)
        #expect(plan.unchangedCount == transition.after.tunnels.reduce(0) { $0 + 1 + $1.sessions.count })
        #expect(host.changeCount == 0)
        #expect(host.record.saveCount == saveCount)
    }

    @Test("A run without differences reads each list once")
    func readsOnce() throws {
        let host = try Host()
        try host.apply(Example.base)
        host.forgetRequests()
        try host.apply(Example.base)
        let steps = host.home.requests.map(\.step)
        for step in [Step.tunnelDump, .sessionDump, .links, .addresses] {
            #expect(steps.filter { $0 == step }.count == 1, "\(step)")
        }
        // One for each pair of addresses, and what it takes to know the interface.
        #expect(steps.filter { $0 == .route }.count == 2)
        #expect(host.blue.requests.map(\.step) == [.links, .addresses])
    }

    @Test("A re-created interface keeps what others have given it")
    func keeps() throws {
        let transition = try #require(Transition.all.first { $0.name == "re-creation of sessions" })
        let host = try transition.host()
        let before = HostState(host)
        try host.apply(transition.after)
        let after = HostState(host)
        let lan = try #require(after.sessions[SessionKey(SessionID(1), in: TunnelID(10))]?.interface)
        #expect(lan.alias == "by hand")
        #expect(lan.addresses.contains("10.0.0.1/24"))
        // With their attributes.
        let earlier = try #require(before.sessions[SessionKey(SessionID(1), in: TunnelID(10))]?.interface)
        let others = earlier.addresses.filter(Self.isOthers)
        #expect(others.count == 2)
        #expect(lan.addresses.isSuperset(of: others))
        let port = SessionKey(SessionID(5), in: TunnelID(10))
        #expect(after.sessions[port]?.interface?.macAddress == before.sessions[port]?.interface?.macAddress)
        #expect(after.sessions[port]?.interface?.macAddress != nil)
        let one = SessionKey(SessionID(11), in: TunnelID(11))
        #expect(after.sessions[one]?.interface?.name == "uno")
        #expect(after.sessions[one]?.interface?.master == "br1")
    }

    @Test func takesEverythingDown() throws {
        let host = try Host()
        let empty = HostState(host)
        try host.apply(Example.base)
        try host.apply(Configuration())
        #expect(HostState(host) == empty)
        #expect(host.record.ownership == Ownership())
    }

    @Test("What is there and not ours is a conflict, with which nothing is done")
    func conflict() throws {
        let host = try Host()
        var other = Example.base
        other["hq"].specification.peerID = TunnelID(99)
        try host.apply(other)
        host.record.ownership = Ownership()
        let before = HostState(host)
        host.forgetRequests()
        let error = try #require(host.failure(Example.base))
        #expect(error.reason == .conflict)
        #expect(error.outcome == .unchanged)
        #expect(error.path?.description == "tunnel.hq")
        #expect(error.remedy?.contains("--adopt") ?? false)
        #expect(host.changeCount == 0)
        #expect(HostState(host) == before)
        try host.apply(Example.base, adopts: true)
        #expect(try host.plan(Example.base).isEmpty)
        try host.apply(Configuration())
        #expect(host.home.tunnels.map(\.id) == [Host.foreignTunnel])
    }

    @Test("A plan that is no longer true is refused before anything is deleted")
    func outdated() throws {
        let host = try Host()
        try host.apply(Example.base)
        var applier = try Applier(host.networks, store: host.record, machineID: host.machineID)
        let plan = try applier.plan(Configuration())
        let other = MemoryOwnershipStore(host.record.ownership)
        var meddler = try Applier(host.networks, store: other, machineID: host.machineID)
        var changed = Example.base
        changed["hq", "lan"].specification.cookie = Cookie(UInt32(77))
        try meddler.apply(try meddler.plan(changed), waitingAtMost: .zero)
        let before = HostState(host)
        do throws(ApplyError) {
            try applier.apply(plan, waitingAtMost: .zero)
            Issue.record("an outdated plan was carried out")
        } catch {
            #expect(error.reason == .conflict)
            #expect(error.outcome == .unchanged)
        }
        #expect(HostState(host) == before)
    }

    @Test("The record knows everything before the first change, and no more after the last")
    func intent() throws {
        let transition = try #require(Transition.all.last)
        let host = try transition.host()
        let saveCount = host.record.saveCount
        let plan = try host.plan(transition.after)
        host.die(after: 1)
        #expect(host.failure(transition.after) != nil)
        #expect(host.record.ownership == plan.intent)
        host.die(after: nil)
        try host.apply(transition.after)
        #expect(host.record.saveCount == saveCount + 2)
        #expect(host.record.ownership == plan.ownership)
    }

    /// Expects two hosts to be alike, but for what others have changed on the second and the configuration leaves open.
    private func expectLike(_ fresh: Host, _ host: Host, _ configuration: Configuration) throws {
        let wanted = HostState(fresh).ignoringChoices(of: configuration)
        var state = HostState(host).ignoringChoices(of: configuration)
        for (key, session) in wanted.sessions {
            if let interface = state.sessions[key]?.interface {
                state.sessions[key]?.interface?.addresses = interface.addresses.filter { !Self.isOthers($0) }
            }
            state.sessions[key]?.interface?.alias = nil
            if session.interface?.master == nil { state.sessions[key]?.interface?.master = nil }
        }
        #expect(state.differences(from: wanted) == [])
    }

    /// Whether an address, as HostState tells it with its attributes, is one a transition adds by hand.
    private static func isOthers(_ address: String) -> Bool {
        ["10.9.0.1/24", "2001:db8:9::1/64", "10.2.0.9/24"].contains { address.hasPrefix($0 + " ") }
    }
}
