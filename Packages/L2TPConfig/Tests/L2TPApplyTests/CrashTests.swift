import L2TPApply
import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import L2TPWireTestSupport
import NetlinkTestSupport
import SystemPackage
import Testing

/// A run that ends anywhere, as by `kill -9`, is made good by the next.
@Suite struct CrashTests {
    /// The most changes of a transition, so that no test goes on for ever.
    private static let most = 500
    /// A host on which nothing was applied.
    private static let untouched = Result { HostState(try Host()) }

    @Test(
        "After every change and every save of the record", arguments: Transition.all, FakeKernel.Release.allCases)
    func everywhere(transition: Transition, release: FakeKernel.Release) throws {
        let original = try transition.host(release)
        let changed = Host(copying: original)
        try changed.apply(transition.after)
        let after = HostState(changed).ignoringChoices(of: transition.after)
        let port = SessionKey(SessionID(5), in: TunnelID(10))
        let address = HostState(original).sessions[port]?.interface?.macAddress
        for count in 0..<Self.most {
            let host = Host(copying: original)
            host.die(after: count)
            let isDone = host.failure(transition.after) == nil
            host.die(after: nil)
            let back = Host(copying: host)
            try host.apply(transition.after)
            let state = HostState(host)
            #expect(
                state.ignoringChoices(of: transition.after).differences(from: after) == [], "after \(count) changes")
            if let address, let there = state.sessions[port]?.interface { #expect(there.macAddress == address) }
            try expectSettled(host, transition.after, "after \(count) changes")
            // Also if it is not what was to be any more.
            try back.apply(transition.before)
            try expectSettled(back, transition.before, "back after \(count) changes")
            if isDone { return }
        }
        Issue.record("it never ends")
    }

    @Test("While a failed run is being undone", arguments: Transition.all)
    func whileUndoing(transition: Transition) throws {
        let original = try transition.host()
        let changed = Host(copying: original)
        try changed.apply(transition.after)
        let changeCount = changed.home.changeRequests.count
        let after = HostState(changed).ignoringChoices(of: transition.after)
        var generator = SeededGenerator(for: "crashes while undoing")
        for _ in 0..<40 {
            let host = Host(copying: original)
            let failing = Int.random(in: 0..<max(changeCount, 1), using: &generator)
            let dying = failing + Int.random(in: 0..<20, using: &generator)
            let steps = changed.home.changeRequests.map(\.step)
            let earlier = steps[..<failing].filter { $0 == steps[failing] }.count
            host.home.inject(.refuse(.noMemory), at: steps[failing], after: earlier)
            host.die(after: dying)
            _ = host.failure(transition.after)
            host.die(after: nil)
            host.home.removeFaults()
            try host.apply(transition.after)
            let comment = "failed at \(failing), died after \(dying)"
            #expect(
                HostState(host).ignoringChoices(of: transition.after).differences(from: after) == [], "\(comment)")
            try expectSettled(host, transition.after, comment)
        }
    }

    @Test("Random transitions, ended anywhere", arguments: 0..<50)
    func random(number: Int) throws {
        var generator = SeededGenerator(seed: UInt64(number) &* 0x9e37_79b9 &+ 12345)
        let drawing = RandomTransition.drawing
        let (before, after) = RandomTransition.pair(drawing, &generator)
        let original = try Host(Bool.random(using: &generator) ? .linux6_1 : .linux6_12)
        try original.apply(before)
        try expectSettled(original, before, "before")
        let fresh = try Host()
        try fresh.apply(after)
        let wanted = HostState(fresh).ignoringChoices(of: after)
        let changed = Host(copying: original)
        try changed.apply(after)
        #expect(HostState(changed).ignoringChoices(of: after).differences(from: wanted) == [])
        try expectSettled(changed, after, "at once")
        let changeCount = changed.changeCount + 2
        for _ in 0..<6 {
            let count = Int.random(in: 0...changeCount, using: &generator)
            let host = Host(copying: original)
            host.die(after: count)
            _ = host.failure(after)
            host.die(after: nil)
            if Bool.random(using: &generator) {
                // Twice, and the second time on the way to something else.
                host.die(after: Int.random(in: 0...changeCount, using: &generator))
                _ = host.failure(Bool.random(using: &generator) ? before : after)
                host.die(after: nil)
            }
            if Bool.random(using: &generator) { host.beSlow() }
            try host.apply(after)
            #expect(
                HostState(host).ignoringChoices(of: after).differences(from: wanted) == [], "after \(count) changes")
            try expectSettled(host, after, "after \(count) changes")
        }
    }

    /// Expects that there is what is configured, that the record says so, and that what is not ours is untouched.
    private func expectSettled(_ host: Host, _ configuration: Configuration, _ comment: String) throws {
        let plan = try host.plan(configuration)
        #expect(plan.isEmpty, "\(comment): \(plan.changes) \(plan.conflicts)")
        #expect(host.record.ownership == plan.ownership, "\(comment)")
        let (state, foreign) = (HostState(host), try Self.untouched.get())
        #expect(state.links == foreign.links, "\(comment)")
        #expect(state.tunnels.filter { $0.id == Host.foreignTunnel } == foreign.tunnels, "\(comment)")
        for (key, session) in foreign.sessions { #expect(state.sessions[key] == session, "\(comment)") }
        let ours = Set(configuration.tunnels.flatMap(\.sessions).map(\.specification.key))
        #expect(Set(state.sessions.keys) == ours.union(foreign.sessions.keys), "\(comment)")
        #expect(state.tunnels.count == configuration.tunnels.count + 1, "\(comment)")
    }
}
