import L2TPApply
import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import NetlinkTestSupport
import SystemPackage
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

    /// A host with an interface that was made by hand and taken over: its configured address and another of the network are
    /// of scope link and deprecated, and there is one of a DHCP client.
    private static func adopted() throws -> Host {
        let host = try Host()
        try host.apply(Example.base)
        host.record.ownership = Ownership()
        let index = try #require(host.home.links.first { $0.name == "lan" }).index
        host.home.removeAddress(KnownValue.address("10.0.0.1"))
        let special = AddressAttributes(scope: .link, lifetime: AddressLifetime(preferred: 0))
        for text in ["10.0.0.1", "10.0.0.77"] {
            host.home.addAddress(KnownValue.address(text), prefixBitCount: 24, to: index, attributes: special)
        }
        host.home.addAddress(
            KnownValue.address("10.8.0.5"), prefixBitCount: 24, to: index,
            attributes: AddressAttributes(lifetime: AddressLifetime(valid: 600, preferred: 300)))
        try host.apply(Example.base, adopts: true)
        return host
    }

    @Test("Configured addresses keep attributes that somebody else gave them, without which Linux refuses others")
    func keepsAttributes() throws {
        let host = try Self.adopted()
        let index = try #require(host.home.links.first { $0.name == "lan" }).index
        let lan = SessionKey(SessionID(1), in: TunnelID(10))
        let before = try #require(HostState(host).sessions[lan]?.interface).addresses
        #expect(before.count == 4)
        // What the kernel makes by itself is not given again.
        host.home.addAddress(
            KnownValue.address("2001:db8:8::1"), prefixBitCount: 64, to: index, isAutomatic: true,
            attributes: AddressAttributes(
                lifetime: AddressLifetime(valid: 600, preferred: 300), flags: .managesTemporaryAddresses))
        let other = Example.base { $0["hq", "lan"].specification.cookie = Cookie(UInt32(9)) }
        for configuration in [other, Example.base] {
            try host.apply(configuration)
            #expect(HostState(host).sessions[lan]?.interface?.addresses == before)
            #expect(try host.plan(configuration).isEmpty)
        }
        // Also when it is taken back, and when a run was killed at any point.
        let state = HostState(host)
        host.home.fail(.addressAdd, with: .noMemory)
        #expect(host.failure(other)?.outcome == .rolledBack)
        #expect(HostState(host).differences(from: state) == [])
        for count in 0..<20 {
            let copy = Host(copying: host)
            copy.die(after: count)
            _ = copy.failure(other)
            copy.die(after: nil)
            try copy.apply(other)
            #expect(HostState(copy).sessions[lan]?.interface?.addresses == before, "\(count)")
        }
    }

    @Test("What is taken back gives addresses their attributes again that have others now")
    func restoresAttributes() throws {
        let host = try Self.adopted()
        let state = HostState(host)
        let index = try #require(host.home.links.first { $0.name == "lan" }).index
        let more = Example.base { $0["hq", "lan"].interface.addresses.append(KnownValue.prefix("10.7.0.1/24")) }
        host.home.fail(.addressAdd, with: .noMemory)
        var isAltered = false
        do throws(ApplyError) {
            try host.apply(
                more,
                progress: { progress in
                    guard progress.activity == .undoing, !isAltered else { return }
                    isAltered = true
                    for text in ["10.0.0.1", "10.0.0.77"] {
                        host.home.removeAddress(KnownValue.address(text))
                        host.home.addAddress(KnownValue.address(text), prefixBitCount: 24, to: index)
                    }
                })
        } catch {
            #expect(error.outcome == .rolledBack)
        }
        #expect(isAltered)
        #expect(HostState(host).differences(from: state) == [])
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
