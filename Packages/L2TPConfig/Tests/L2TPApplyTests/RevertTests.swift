import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

/// Taking back what was carried out, as a trial that nobody confirms does.
@Suite struct RevertTests {
    @Test(
        "Everything becomes what it was, and so does the record", arguments: Transition.all,
        FakeKernel.Release.allCases)
    func becomesWhatItWas(transition: Transition, release: FakeKernel.Release) throws {
        let host = try transition.host(release)
        let before = HostState(host)
        let ownership = host.record.ownership
        let applied = try host.apply(transition.after)
        #expect(HostState(host) != before)
        host.beSlow()
        try host.revert(applied)
        #expect(HostState(host).differences(from: before) == [])
        #expect(host.record.ownership == ownership)
        #expect(try host.plan(transition.before).isEmpty)
    }

    @Test("A run that changed nothing takes nothing back")
    func nothing() throws {
        let host = try Host()
        try host.apply(Example.base)
        let applied = try host.apply(Example.base)
        host.forgetRequests()
        let saveCount = host.record.saveCount
        try host.revert(applied)
        #expect(host.changeCount == 0)
        #expect(host.record.saveCount == saveCount)
    }

    @Test("What others have changed meanwhile stays")
    func meanwhile() throws {
        let host = try Host()
        try host.apply(Example.base)
        var after = Example.base
        after["hq", "lan"].interface.mtu = .bytes(1300)
        let applied = try host.apply(after)
        let link = try #require(host.home.links.first { $0.name == "lan" })
        host.home.addAddress(Example.address("10.66.0.1"), prefixBitCount: 24, to: link.index)
        host.home.changeLink("lan") { $0.alias = "meanwhile" }
        try host.revert(applied)
        let lan = HostState(host).sessions[SessionKey(SessionID(1), in: TunnelID(10))]?.interface
        #expect(lan?.alias == "meanwhile")
        #expect(lan?.addresses.contains("10.66.0.1/24") ?? false)
        #expect(try host.plan(Example.base).isEmpty)
    }

    @Test("If it cannot be recorded, nothing is taken back")
    func record() throws {
        let host = try Host()
        let applied = try host.apply(Example.base)
        let state = HostState(host)
        host.record.fail(after: 0)
        do throws(ApplyError) {
            try host.revert(applied)
            Issue.record("it was taken back without a record")
        } catch {
            #expect(error.reason == .record)
            #expect(error.outcome == .unchanged)
        }
        #expect(HostState(host) == state)
    }

    @Test("Ended anywhere, it is made good by the next run", arguments: Transition.all)
    func crash(transition: Transition) throws {
        let original = try transition.host()
        let applied = try original.apply(transition.after)
        var count = 0
        while count < 500 {
            let host = Host(copying: original)
            host.die(after: count)
            var isDone = true
            do throws(ApplyError) { try host.revert(applied) } catch { isDone = false }
            host.die(after: nil)
            try host.apply(transition.before)
            let plan = try host.plan(transition.before)
            #expect(plan.isEmpty, "after \(count) changes: \(plan.changes) \(plan.conflicts)")
            #expect(host.home.tunnels.contains { $0.id == Host.foreignTunnel })
            if isDone { return }
            count += 1
        }
        Issue.record("it never ends")
    }
}
