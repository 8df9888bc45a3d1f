import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

/// Whatever request fails: all is as it was, or all is as it is to be.
@Suite struct RollbackTests {
    private static let faults: [Fault] = [
        .refuse(.noMemory), .misreport(.noBufferSpace), .drop, .refuse(.resourceBusy), .overflow,
        .refuse(.operationNotSupportedByDevice), .misreport(.noSuchProcess),
    ]

    @Test(
        "Each request fails once, in several ways", arguments: Transition.all, FakeKernel.Release.allCases)
    func eachRequest(transition: Transition, release: FakeKernel.Release) throws {
        let original = try transition.host(release)
        let before = HostState(original)
        let changed = Host(copying: original)
        try changed.apply(transition.after)
        let after = HostState(changed).ignoringChoices(of: transition.after)
        var rolledBackCount = 0
        for isHome in [true, false] {
            let count = (isHome ? changed.home : changed.blue).requests.count
            for index in 0..<(count + 2) {
                let host = Host(copying: original)
                let fault = Self.faults[(index + (release == .linux6_1 ? 3 : 0)) % Self.faults.count]
                if index.isMultiple(of: 3) { host.beSlow() }
                (isHome ? host.home : host.blue).inject(fault, atRequestAfter: index)
                let place = "\(fault) at request \(index) \(isHome ? "home" : "in blue")"
                guard let error = host.failure(transition.after) else {
                    let state = HostState(host).ignoringChoices(of: transition.after)
                    #expect(state.differences(from: after) == [], "\(place): done")
                    continue
                }
                if error.outcome == .rolledBack { rolledBackCount += 1 }
                try expectUnchanged(host, before, original, transition, "\(place): \(error)")
                if case .partial(let lines) = error.outcome { Issue.record("\(place): \(error), \(lines)") }
            }
        }
        #expect(rolledBackCount > 0)
    }

    @Test("A save of the record fails, or only seems to", arguments: Transition.all, [false, true])
    func eachSave(transition: Transition, isCarriedOut: Bool) throws {
        let original = try transition.host()
        let before = HostState(original)
        let changed = Host(copying: original)
        try changed.apply(transition.after)
        for count in 0..<changed.record.saveCount {
            let host = Host(copying: original)
            host.record.fail(after: count, isCarriedOut: isCarriedOut)
            let error = try #require(host.failure(transition.after))
            #expect(error.reason == .record)
            #expect(error.outcome == (host.changeCount == 0 ? .unchanged : .rolledBack))
            try expectUnchanged(host, before, original, transition, "save \(count)")
        }
    }

    @Test("Whenever it is ended from outside, all is as it was", arguments: Transition.all)
    func cancellation(transition: Transition) throws {
        let original = try transition.host()
        let before = HostState(original)
        var count = 0
        while true {
            let host = Host(copying: original)
            var asked = 0
            let error = host.failure(transition.after) {
                asked += 1
                return asked > count
            }
            guard let error else { break }
            #expect(error.reason == .interrupted)
            #expect(error.outcome == .rolledBack || error.outcome == .unchanged)
            try expectUnchanged(host, before, original, transition, "question \(count)")
            count += 1
        }
        #expect(count > 0)
    }

    @Test("The namespace that an interface is to be moved to has the name already")
    func nameTaken() throws {
        let host = try Host()
        let before = HostState(host)
        host.blue.behavior.namesElsewhere = []
        host.home.behavior.namesElsewhere = ["far"]
        let error = try #require(host.failure(Example.base))
        #expect(error.outcome == .rolledBack)
        #expect(error.path?.description == "tunnel.hq.session.far")
        #expect(HostState(host) == before)
        #expect(host.record.ownership == Ownership())
    }

    private func expectUnchanged(
        _ host: Host, _ before: HostState, _ original: Host, _ transition: Transition, _ comment: String
    ) throws {
        host.home.removeFaults()
        host.blue.removeFaults()
        #expect(HostState(host).differences(from: before) == [], "\(comment)")
        #expect(host.record.ownership == original.record.ownership, "\(comment)")
        let plan = try host.plan(transition.before)
        #expect(plan.isEmpty, "\(comment): \(plan.changes) \(plan.conflicts)")
    }
}
