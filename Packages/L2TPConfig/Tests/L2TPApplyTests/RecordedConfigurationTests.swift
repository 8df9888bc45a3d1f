import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import Testing

/// What the record tells of the text that was applied.
@Suite struct RecordedConfigurationTests {
    private static let (first, second) = (ConfigurationDigest(high: 1, low: 2), ConfigurationDigest(high: 1, low: 3))

    private func applier(_ host: Host) throws(ApplyError) -> Applier<FakeTransport> {
        try Applier(host.networks, store: host.record, machineID: host.machineID)
    }

    /// Applies the configuration of a text.
    @discardableResult
    private func apply(
        _ configuration: Configuration, _ source: ConfigurationDigest, on host: Host
    ) throws(ApplyError) -> AppliedPlan {
        var applier = try applier(host)
        return try applier.apply(try applier.plan(configuration, source: source), waitingAtMost: .zero)
    }

    private func recorded(_ source: ConfigurationDigest, on host: Host) throws -> Configuration? {
        var applier = try applier(host)
        return try applier.recordedConfiguration(of: source)
    }

    @Test("The configuration of a text is given back for that text alone")
    func givenBack() throws {
        let host = try Host()
        #expect(try recorded(Self.first, on: host) == nil)
        try apply(Example.base, Self.first, on: host)
        #expect(try recorded(Self.first, on: host) == Example.base)
        #expect(try recorded(Self.second, on: host) == nil)
        // Without changes, but with another text.
        try apply(Example.base, Self.second, on: host)
        #expect(try recorded(Self.first, on: host) == nil)
        #expect(try recorded(Self.second, on: host) == Example.base)
        // Of a text that is not told nothing is known.
        try host.apply(Example.base)
        #expect(try recorded(Self.second, on: host) == nil)
    }

    @Test("A run with what is recorded reads the record once, and writes nothing")
    func once() throws {
        let host = try Host()
        try apply(Example.base, Self.first, on: host)
        host.forgetRequests()
        let (loadCount, saveCount) = (host.record.loadCount, host.record.saveCount)
        var applier = try applier(host)
        let configuration = try #require(try applier.recordedConfiguration(of: Self.first))
        let plan = try applier.plan(configuration, source: Self.first)
        #expect(plan.isEmpty)
        try applier.apply(plan, waitingAtMost: .zero)
        #expect(host.record.loadCount == loadCount + 1)
        #expect(host.record.saveCount == saveCount)
        #expect(host.changeCount == 0)
    }

    @Test("A plan never uses a record from before a save")
    func notOutdated() throws {
        let host = try Host()
        var applier = try applier(host)
        let plan = try applier.plan(Example.base, source: Self.first)
        #expect(try applier.recordedConfiguration(of: Self.first) == nil)
        let applied = try applier.apply(plan, waitingAtMost: .zero)
        #expect(try applier.plan(Example.base, source: Self.first).isEmpty)

        #expect(try applier.recordedConfiguration(of: Self.first) == Example.base)
        try applier.revert(applied)
        let again = try applier.plan(Example.base, source: Self.first)
        #expect(again.changes.count == plan.changes.count && again.conflicts.isEmpty)

        // Nor one from before the last plan, when others may have saved.
        #expect(try applier.recordedConfiguration(of: Self.first) == nil)
        _ = try applier.plan(Example.base)
        try host.apply(Example.base)
        let last = try applier.plan(Example.base)
        #expect(last.isEmpty && last.ownership == host.record.ownership)
    }

    @Test("What is taken back is again that of the text before", arguments: Transition.all)
    func reverted(transition: Transition) throws {
        let host = try transition.host()
        try apply(transition.before, Self.first, on: host)
        let applied = try apply(transition.after, Self.second, on: host)
        #expect(try recorded(Self.second, on: host) == transition.after.inOrder)
        var applier = try applier(host)
        try applier.revert(applied)
        #expect(try recorded(Self.second, on: host) == nil)
        #expect(try recorded(Self.first, on: host) == transition.before.inOrder)
    }

    @Test("Whatever the point at which a run ends: what is given back is what is there", arguments: Transition.all)
    func killed(transition: Transition) throws {
        let original = try transition.host()
        try apply(transition.before, Self.first, on: original)
        var unknownCount = 0
        for count in 0..<500 {
            let host = Host(copying: original)
            host.die(after: count)
            let isDone = (try? apply(transition.after, Self.second, on: host)) != nil
            host.die(after: nil)
            let (before, after) = (try recorded(Self.first, on: host), try recorded(Self.second, on: host))
            #expect(before == nil || after == nil)
            if let before {
                #expect(before == transition.before.inOrder)
                #expect(try host.plan(before).isEmpty, "after \(count) changes")
            } else if let after {
                #expect(after == transition.after.inOrder)
                #expect(try host.plan(after).isEmpty, "after \(count) changes")
            } else {
                unknownCount += 1
            }
            if isDone { break }
        }
        #expect(unknownCount > 0)
    }
}

extension Configuration {
    /// The same as a loader gives it: in the order of names.
    fileprivate var inOrder: Configuration {
        var configuration = self
        configuration.tunnels.sort { $0.name < $1.name }
        for index in configuration.tunnels.indices { configuration.tunnels[index].sessions.sort { $0.name < $1.name } }
        return configuration
    }
}
