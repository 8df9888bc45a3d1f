import Netlink
import Synchronization
import SystemPackage
import Testing

@testable import L2TPMetrics

@Suite("The collector", .timeLimit(.minutes(5)))
struct CollectorTests {
    private let source: SlowSource
    private let events = Recorder<CollectorEvent>()

    init() throws {
        source = try SlowSource()
    }

    private func collector() throws -> Collector<[UInt8]> {
        try Collector([source], version: "1.0") { [events] in events.add($0) }
    }

    @Test("answers in the format that is asked for")
    func formats() async throws {
        source.open()
        let collector = try collector()
        let text = try Series(await collector.scrape(.text004, within: nil))
        #expect(text["l2tp_up"] == "1")
        #expect(text["l2tp_tunnels"] == "1")
        #expect(try #require(Double(text["l2tp_scrape_duration_seconds"] ?? "")) >= 0)
        let openMetrics = await collector.scrape(.openMetrics100, within: .seconds(30))
        #expect(String(decoding: openMetrics, as: UTF8.self).hasSuffix("\nl2tp_tunnels 2\n# EOF\n"))
    }

    @Test("shares a walk among all that come while it is under way")
    func sharing() async throws {
        let collector = try collector()
        try await withThrowingTaskGroup(of: Series.self) { group in
            group.addTask { try Series(await collector.scrape(.text004, within: nil)) }
            await source.waitForWalk()
            for index in 0..<50 {
                let format: ExpositionFormat = index.isMultiple(of: 2) ? .text004 : .openMetrics100
                group.addTask { try Series(await collector.scrape(format, within: nil)) }
            }
            while collector.waiterCount < 51 { try await Task.sleep(for: .milliseconds(1)) }
            source.open()
            for try await series in group { #expect(series["l2tp_tunnels"] == "1") }
        }
        #expect(source.count == 1)
        #expect(collector.waiterCount == 0)
    }

    @Test("walks anew for who comes after a walk")
    func freshness() async throws {
        source.open()
        let collector = try collector()
        for index in 1...100 {
            #expect(try Series(await collector.scrape(.text004, within: nil))["l2tp_tunnels"] == String(index))
        }
        #expect(source.count == 100)
    }

    @Test("loses no wake-up: thousands of scrapes from many tasks are all answered")
    func wakeUps() async throws {
        source.open()
        let collector = try collector()
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    var answered = 0
                    for _ in 0..<200 {
                        answered += await collector.scrape(.text004, within: nil).isEmpty ? 0 : 1
                    }
                    return answered
                }
            }
            #expect(await group.reduce(0, +) == 3200)
        }
        #expect(events.elements == [])
    }

    /// A scrape for which a walk takes too long; returns a time at which that walk was under way.
    @discardableResult
    private func lateScrape(
        _ collector: Collector<[UInt8]>, _ limit: Duration
    ) async throws -> ContinuousClock.Instant {
        let count = source.count
        source.close()
        async let text = collector.scrape(.text004, within: limit)
        await source.waitForWalk(after: count)
        let walking = ContinuousClock.now
        #expect(
            try Series(await text).values == ["l2tp_up": "0", #"l2tp_exporter_build_info{version="1.0"}"#: "1"])
        return walking
    }

    /// A scrape that gets the walk that is held up, until a time.
    private func scrapeHeldUp(_ collector: Collector<[UInt8]>, until time: ContinuousClock.Instant) async throws {
        async let text = collector.scrape(.text004, within: nil)
        // Else the walk could end before the scrape comes, which would have one of its own.
        while collector.waiterCount == 0 { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(until: time, clock: .continuous)
        source.open()
        #expect(try Series(await text)["l2tp_up"] == "1")
    }

    @Test("answers in time what takes too long, says so once, and goes on")
    func deadline() async throws {
        let collector = try collector()
        let limit = Duration.seconds(2)
        // Walks that take too long each time, though they come to their end.
        for _ in 0..<2 {
            let walking = try await lateScrape(collector, limit)
            // The walk began after the scrape, whose time is over earlier.
            try await scrapeHeldUp(collector, until: walking + limit)
            #expect(events.elements == [.late(limit)])
        }
        // After one that does not, it is news again.
        #expect(try Series(await collector.scrape(.text004, within: nil))["l2tp_up"] == "1")
        try await lateScrape(collector, limit)
        #expect(events.elements == [.late(limit), .late(limit)])
        source.open()
    }

    @Test("says that walks take too long for those with much time, though somebody had little")
    func lateness() async throws {
        let collector = try collector()
        for milliseconds in [20, 25, 5, 200, 399, 400] {
            _ = await collector.scrape(.text004, within: .milliseconds(milliseconds))
        }
        #expect(
            events.elements == [.late(.milliseconds(20)), .late(.milliseconds(200)), .late(.milliseconds(400))])
        source.open()
    }

    @Test("answers at once who has no time at all, and who is cancelled")
    func noTime() async throws {
        let collector = try collector()
        #expect(try Series(await collector.scrape(.text004, within: .zero))["l2tp_up"] == "0")
        let task = Task { await collector.scrape(.text004, within: nil) }
        await source.waitForWalk()
        task.cancel()
        #expect(try Series(await task.value)["l2tp_up"] == "0")
        let early = Task {
            while !Task.isCancelled { await Task.yield() }
            return await collector.scrape(.text004, within: nil)
        }
        early.cancel()
        #expect(try Series(await early.value)["l2tp_up"] == "0")
        source.open()
    }

    @Test("answers everybody when it is stopped, and from then on")
    func stopping() async throws {
        let collector = try collector()
        async let waiting = collector.scrape(.text004, within: nil)
        await source.waitForWalk()
        collector.stop()
        #expect(try Series(await waiting)["l2tp_up"] == "0")
        #expect(try Series(await collector.scrape(.text004, within: nil))["l2tp_up"] == "0")
        source.open()
        #expect(source.count == 1)
    }

    @Test("logs a problem once, another one again, and its end")
    func log() async throws {
        source.open()
        let collector = try collector()
        for problem in [nil, "a", "a", "b", nil, nil, "a"] {
            source.problem = problem
            let series = try Series(await collector.scrape(.text004, within: nil))
            #expect(series["l2tp_up"] == (problem == nil ? "1" : "0"))
        }
        #expect(
            events.elements == [
                .failed(subject: "tunnels", problem: "a"), .failed(subject: "tunnels", problem: "b"),
                .recovered(subject: "tunnels"), .failed(subject: "tunnels", problem: "a"),
            ])
        #expect(events.elements.map(\.description)[0] == "cannot read tunnels: a")
    }

    @Test("asks the sources between walks to let go of what they hold, and goes on")
    func release() async throws {
        source.open()
        let collector = try Collector([source], version: "1.0", releasingEvery: .milliseconds(1)) { _ in }
        while source.releaseCount < 3 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(source.count == 0)
        #expect(try Series(await collector.scrape(.text004, within: nil))["l2tp_up"] == "1")
    }

    @Test("tells whether a scrape would be up without a text, and without a walk if one has just ended")
    func readiness() async throws {
        source.open()
        let texts = Recorder<ExpositionFormat>()
        let collector = try Collector([source], version: "1.0", report: { _ in }) { text, format, _ in
            texts.add(format)
            return text
        }
        let (long, none) = (Duration.seconds(3600), Duration.zero)
        #expect(await collector.problem(asOfTheLast: long, within: nil) == nil)
        #expect(source.count == 1)
        for _ in 0..<10 { #expect(await collector.problem(asOfTheLast: long, within: nil) == nil) }
        #expect(source.count == 1)
        source.problem = "x"
        #expect(await collector.problem(asOfTheLast: none, within: nil) != nil)
        #expect(source.count == 2)
        #expect(texts.elements.isEmpty)
        // What a scrape has found counts as well.
        source.problem = nil
        _ = await collector.scrape(.text004, within: nil)
        #expect(await collector.problem(asOfTheLast: long, within: nil) == nil)
        #expect(source.count == 3)
        // Together with a scrape it is one walk.
        source.close()
        async let first = collector.problem(asOfTheLast: none, within: nil)
        async let second = collector.scrape(.text004, within: nil)
        while collector.waiterCount < 2 { try await Task.sleep(for: .milliseconds(1)) }
        source.open()
        _ = await second
        #expect(await first == nil)
        #expect(source.count <= 5)
    }

    @Test("is not up if a walk takes too long, or it is stopped")
    func notReady() async throws {
        let collector = try collector()
        #expect(await collector.problem(asOfTheLast: .seconds(1), within: .milliseconds(20)) != nil)
        collector.stop()
        #expect(await collector.problem(asOfTheLast: .seconds(1), within: nil) != nil)
        source.open()
    }

    @Test("goes on when its thread cannot wait for a time, and says so once")
    func failingWait() async throws {
        source.open()
        let failures = Recorder<Int>()
        let collector = try Collector(
            [source], version: "1.0", releasingEvery: .seconds(30),
            waiting: { wakeUp, limit throws(NetlinkError) in
                if failures.elements.count < 2 {
                    failures.add(1)
                    throw NetlinkError(.wait, .noMemory)
                }
                return try Readiness.wait(for: [wakeUp.fileDescriptor], atMost: limit) != [false]
            }, report: { [events] in events.add($0) }, answer: { text, _, _ in text })
        while failures.elements.count < 2 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(try Series(await collector.scrape(.text004, within: .seconds(30)))["l2tp_up"] == "1")
        #expect(try Series(await collector.scrape(.text004, within: .seconds(30)))["l2tp_up"] == "1")
        // A third wait that comes to its end.
        while events.elements.count < 2 { _ = await collector.scrape(.text004, within: .seconds(30)) }
        #expect(
            events.elements == [
                .failed(
                    subject: "anything", problem: "cannot wait for the kernel: Cannot allocate memory (ENOMEM)"),
                .recovered(subject: "anything"),
            ])
    }

    @Test("ends its thread when nobody holds it, and lets go of the sources")
    func end() async throws {
        source.open()
        weak var weakSource: SlowSource?
        do {
            let source = try SlowSource(isOpen: true)
            weakSource = source
            let collector = try Collector([source], version: "1.0") { _ in }
            #expect(try Series(await collector.scrape(.text004, within: nil))["l2tp_up"] == "1")
        }
        for _ in 0..<1000 where weakSource != nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(weakSource == nil)
    }
}
