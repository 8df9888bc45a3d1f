public import Netlink

/// Answers scrapes, from walks on a thread of its own.
///
/// What blocks in the kernel blocks that thread and nobody else. A scrape that comes while a walk is under way gets
/// that walk's result, so that any number at a time costs the kernel one walk, and the memory one text for each format. A
/// scrape is answered within its time, be the kernel as slow as it may. Between walks the thread sleeps.
///
/// `Answer` is what a text becomes, once for all who get it: its bytes, or whatever else is made of them only once.
public final class Collector<Answer: Sendable>: Sendable {
    private let engine: CollectorEngine<Answer>

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - sources: What is read, in that order.
    ///   - version: The exporter's version, for `l2tp_exporter_build_info`.
    ///   - interval: How long to sleep before the sources are asked to release what must not be held.
    ///   - report: Gets what is to be logged, on any thread.
    ///   - answer: Makes an answer of a text, its format, and whether everything that `l2tp_up` tells of could be read.
    /// - Throws: ``NetlinkError`` with operation `wait` if there can be no further thread or descriptor.
    public convenience init(
        _ sources: [any MetricSource], version: String, releasingEvery interval: Duration = .seconds(30),
        report: @escaping @Sendable (CollectorEvent) -> Void,
        answer: @escaping @Sendable (_ text: [UInt8], _ format: ExpositionFormat, _ isUp: Bool) -> Answer
    ) throws(NetlinkError) {
        try self.init(
            sources, version: version, releasingEvery: interval,
            waiting: { wakeUp, limit throws(NetlinkError) in
                try Readiness.wait(for: [wakeUp.fileDescriptor], atMost: limit) != [false]
            }, report: report, answer: answer)
    }

    /// Starts the thread, which waits for scrapes by a function.
    init(
        _ sources: [any MetricSource], version: String, releasingEvery interval: Duration,
        waiting: @escaping CollectorEngine<Answer>.Wait, report: @escaping @Sendable (CollectorEvent) -> Void,
        answer: @escaping @Sendable (_ text: [UInt8], _ format: ExpositionFormat, _ isUp: Bool) -> Answer
    ) throws(NetlinkError) {
        let engine = CollectorEngine(
            sources, version: version, interval: interval, wakeUp: try WakeUp(), wait: waiting, report: report,
            makeAnswer: answer)
        try DetachedThread.start { engine.run() }
        self.engine = engine
    }

    deinit {
        engine.stop()
    }

    /// How many scrapes wait for the end of a walk.
    var waiterCount: Int { engine.waiterCount }

    /// The metrics as they are now, as a text.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - limit: The longest to wait for it; nil waits as long as it takes. When that is over, when the task is
    ///     cancelled, and after ``stop()``, the text says `l2tp_up 0` and nothing of tunnels and sessions.
    /// - Returns: What is made of the text.
    public func scrape(_ format: ExpositionFormat, within limit: Duration?) async -> Answer {
        await engine.scrape(format, within: limit)
    }

    /// Why not everything can be read that `l2tp_up` tells of. Makes no text, and reads only if nobody has done so lately.
    ///
    /// - Parameters:
    ///   - age: A walk that has ended less than so long ago counts.
    ///   - limit: The longest to wait for another one; nil waits as long as it takes. When that is over, when the task
    ///     is cancelled, and after ``stop()``, that is the answer.
    /// - Returns: What cannot be read and why, in one line; nil if everything can.
    public func problem(asOfTheLast age: Duration, within limit: Duration?) async -> String? {
        await engine.problem(asOfTheLast: age, within: limit)
    }

    /// Ends the thread after the walk that is under way, and answers who waits at once.
    public func stop() {
        engine.stop()
    }
}

extension Collector where Answer == [UInt8] {
    /// Starts the thread of a collector that answers with the texts themselves; see
    /// ``init(_:version:releasingEvery:report:answer:)``.
    public convenience init(
        _ sources: [any MetricSource], version: String, releasingEvery interval: Duration = .seconds(30),
        report: @escaping @Sendable (CollectorEvent) -> Void
    ) throws(NetlinkError) {
        try self.init(sources, version: version, releasingEvery: interval, report: report) { text, _, _ in text }
    }
}
