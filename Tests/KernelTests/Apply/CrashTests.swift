import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPNetlink
import Testing

extension KernelTests {
    /// A run that ends at any point is understood by the next one, and what stands beside stays as it is.
    @Suite
    struct CrashTests {
        /// The run ends before each of its requests that change something, wherever that stands in a batch; the next one
        /// goes on. Between these it only reads, which leaves nothing behind.
        @Test func beforeEachChange() throws {
            try Crash.with { crash in
                var points = 0
                for number in Share.current.numbers {
                    guard
                        try crash.happens(
                            "before change \(number)", prepare: { $0.restart(.stopBefore, after: number) })
                    else { break }
                    points += 1
                }
                print("\(points) points before changes")
                #expect(points >= 60 / Share.current.step)
            }
        }

        /// The run ends after each of its requests that changes something; the next one goes back to what
        /// was before.
        @Test func afterEachChange() throws {
            try Crash.with { crash in
                var points = 0
                for number in Share.current.numbers {
                    guard
                        try crash.happens(
                            "after change \(number)", goesBack: true,
                            prepare: { $0.restart(.stopAfter, after: number) })
                    else { break }
                    points += 1
                }
                print("\(points) points after changes")
                #expect(points >= 60 / Share.current.step)
            }
        }

        /// The run ends before and after each time the record is written.
        @Test(arguments: [false, true])
        func aroundEachRecord(goesBack: Bool) throws {
            try Crash.with { crash in
                for end in (0..<2).flatMap({ [StoppingStore.End.beforeSave($0), .afterSave($0)] }) {
                    let hasStopped = try crash.happens("\(end)", end, goesBack: goesBack)
                    #expect(hasStopped, "\(end)")
                }
                let hasThird = try crash.happens("no third one", .beforeSave(2))
                #expect(!hasThird)
            }
        }
    }
}

/// Runs that end before they are done, over and over at one site.
private struct Crash {
    let site: ApplySite
    let scenario: CrashScenario
    let foreign: ForeignTunnel
    let store = MemoryOwnershipStore()
    /// How the site is before the change, and after it when nothing goes wrong.
    let start: SiteDump
    let goal: SiteDump

    static func with(_ body: (Self) throws -> Void) throws {
        try ApplySite.withQuickGrace { try body(Self($0)) }
    }

    private init(_ site: ApplySite) throws {
        self.site = site
        scenario = try CrashScenario(far: site.far.name)
        foreign = try ForeignTunnel(at: site)
        try site.apply(scenario.before, store)
        try CrashScenario.changeByHand(at: site)
        start = try SiteDump(site)
        try site.apply(scenario.after, store)
        goal = try SiteDump(site)
    }

    /// Makes the change from the start with something that ends it, then goes on or back with nothing in the way;
    /// whether it was ended.
    func happens(
        _ point: String, _ end: StoppingStore.End? = nil, goesBack: Bool = false,
        prepare: (NetlinkTrace) -> Void = { _ in }
    ) throws -> Bool {
        try site.apply(scenario.before, store)
        let trace = NetlinkTrace()
        prepare(trace)
        do {
            try site.apply(scenario.after, StoppingStore(store, trace, end), trace)
        } catch {
            try #require(trace.hasStopped, "\(point): \(error)")
        }
        let next = goesBack ? scenario.before : scenario.after
        try site.apply(next, store)
        let state = try SiteDump(site)
        let wanted = goesBack ? start : goal
        #expect(state == wanted, "\(point)\n\(wanted.difference(to: state))")
        #expect(try site.plan(next, store).isEmpty, "\(point)")
        #expect(try foreign.isUntouched(), "\(point)")
        return trace.hasStopped
    }
}

extension ApplySite {
    /// A site whose kernel takes fewer pauses when something is deleted, which it does many times here.
    static func withQuickGrace<Value>(_ body: (Self) throws -> Value) throws -> Value {
        let setting = "/sys/kernel/rcu_expedited"
        let before = try Kernel.readText(setting).trimmed
        try Kernel.write("1", to: setting)
        defer { try? Kernel.write(before, to: setting) }
        return try with(body)
    }
}
