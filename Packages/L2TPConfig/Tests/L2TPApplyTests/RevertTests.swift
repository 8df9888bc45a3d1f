import L2TPApply
import L2TPConfig
import L2TPConfigTestSupport
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
        host.home.addAddress(KnownValue.address("10.66.0.1"), prefixBitCount: 24, to: link.index)
        host.home.changeLink("lan") { $0.alias = "meanwhile" }
        try host.revert(applied)
        let lan = HostState(host).sessions[SessionKey(SessionID(1), in: TunnelID(10))]?.interface
        #expect(lan?.alias == "meanwhile")
        #expect(lan?.addresses.contains("10.66.0.1/24") ?? false)
        #expect(try host.plan(Example.base).isEmpty)
    }

    @Test("If it cannot be recorded, all is taken back nevertheless, and the record told of", arguments: Transition.all)
    func record(transition: Transition) throws {
        let host = try transition.host()
        let before = HostState(host)
        let applied = try host.apply(transition.after)
        host.record.isReadOnly = true
        do throws(ApplyError) {
            try host.revert(applied)
            Issue.record("nobody tells that it is not recorded")
        } catch {
            #expect(error.reason == .record)
            #expect(error.outcome == .rolledBack)
        }
        #expect(HostState(host).differences(from: before) == [])
    }

    @Test("A record that cannot be written for a moment is right in the end", arguments: Transition.all)
    func recordAtFirst(transition: Transition) throws {
        let host = try transition.host()
        let before = HostState(host)
        let ownership = host.record.ownership
        let applied = try host.apply(transition.after)
        // Where it says already all that may be there, the first save is the last.
        guard applied.plan.intent != host.record.ownership else { return }
        host.record.fail(after: 0)
        try host.revert(applied)
        #expect(HostState(host).differences(from: before) == [])
        #expect(host.record.ownership == ownership)
    }

    @Test("What is not taken back is told, and that the record does not tell it")
    func recordOfWhatStands() throws {
        let host = try Host()
        let applied = try host.apply(Example.base)
        host.record.isReadOnly = true
        host.home.fail(.tunnelDelete, with: .resourceBusy, times: 100)
        do throws(ApplyError) {
            // What the record lacks: it was lost meanwhile.
            host.record.ownership = Ownership()
            try host.revert(applied)
            Issue.record("it was taken back")
        } catch {
            guard case .partial(let lines) = error.outcome else {
                Issue.record("\(error.outcome)")
                return
            }
            #expect(lines.last == "the record does not tell all that stands: cannot write the record")
        }
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
