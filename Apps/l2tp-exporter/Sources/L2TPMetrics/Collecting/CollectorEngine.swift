internal import Netlink
internal import Synchronization

/// What a ``Collector`` and its thread share.
///
/// The collector alone is held by its users: the thread ends when the collector goes.
final class CollectorEngine<Answer: Sendable>: Sendable {
    /// Waits until somebody signals, for so long at most; returns whether somebody has.
    typealias Wait = @Sendable (WakeUp, Duration) throws(NetlinkError) -> Bool

    /// Somebody who waits for the end of a walk.
    private enum Waiter {
        /// For what is made of it in a format.
        case text(ExpositionFormat, CheckedContinuation<Answer, Never>)
        /// For what could not be read, which no text is made for.
        case problem(CheckedContinuation<String?, Never>)
    }

    /// How a walk has ended, and when.
    private struct Status {
        var problem: String?
        var instant: ContinuousClock.Instant
    }

    private struct State {
        var waiters: [UInt64: Waiter] = [:]
        var lastID: UInt64 = 0
        /// Those who are about to wait, and whether they need not any more.
        var arriving: [UInt64: Bool] = [:]
        var isStopped = false
        /// How long somebody has waited in vain, which was told; nil since a walk has taken less than that.
        var knownLateness: Duration?
        /// The labels of `l2tp_up` in the last walk.
        var upLabels: [LabelSet] = []
        /// What the last walk has come to; nil before the first.
        var lastStatus: Status?
    }

    /// What cannot be read in the log if the thread cannot wait for somebody.
    private static var waitingSubject: String { "anything" }
    /// What those are told whose time is over.
    private static var lateProblem: String { "reading takes too long" }
    /// How long to leave it when that fails: mostly for want of memory.
    private static var pause: Duration { .milliseconds(500) }

    private let sources: [any MetricSource]
    private let version: String
    private let interval: Duration
    private let wakeUp: WakeUp
    private let wait: Wait
    private let report: @Sendable (CollectorEvent) -> Void
    private let makeAnswer: @Sendable ([UInt8], ExpositionFormat, Bool) -> Answer
    private let state = Mutex(State())

    init(
        _ sources: [any MetricSource], version: String, interval: Duration, wakeUp: WakeUp, wait: @escaping Wait,
        report: @escaping @Sendable (CollectorEvent) -> Void,
        makeAnswer: @escaping @Sendable ([UInt8], ExpositionFormat, Bool) -> Answer
    ) {
        self.sources = sources
        self.version = version
        self.interval = interval
        self.wakeUp = wakeUp
        self.wait = wait
        self.report = report
        self.makeAnswer = makeAnswer
    }

    // MARK: The thread

    /// Walks whenever somebody waits, until it is stopped.
    func run() {
        var log = StatusLog()
        var waitingLog = StatusLog()
        while true {
            // Before looking: who comes later makes it readable again.
            wakeUp.reset()
            let (isStopped, isWanted) = state.withLock { ($0.isStopped, !$0.waiters.isEmpty) }
            if isStopped { return }
            guard isWanted else {
                var problem: String?
                do throws(NetlinkError) {
                    if try !wait(wakeUp, interval) {
                        for source in sources { source.release() }
                    }
                } catch {
                    problem = error.description
                    // Who comes meanwhile waits as well.
                    DetachedThread.sleep(for: Self.pause)
                }
                let status = SourceStatus(Self.waitingSubject, upLabels: nil, problem: problem)
                for event in waitingLog.events([status]) { report(event) }
                continue
            }
            let start = ContinuousClock.now
            let result = WalkResult(walking: sources, version: version)
            for event in log.events(result.statuses) { report(event) }
            answer(result, after: ContinuousClock.now - start)
        }
    }

    /// Gives everybody who waits the result of a walk; a text is made once for all who want the same.
    private func answer(_ result: WalkResult, after duration: Duration) {
        let waiters = state.withLock { state in
            // What takes too long each time is told once.
            if let lateness = state.knownLateness, duration < lateness { state.knownLateness = nil }
            state.upLabels = result.upLabels
            state.lastStatus = Status(problem: result.problem, instant: .now)
            defer { state.waiters = [:] }
            return state.waiters.values.map(\.self)
        }
        var texts: [ExpositionFormat: [CheckedContinuation<Answer, Never>]] = [:]
        for waiter in waiters {
            switch waiter {
            case .text(let format, let continuation): texts[format, default: []].append(continuation)
            case .problem(let continuation): continuation.resume(returning: result.problem)
            }
        }
        for format in ExpositionFormat.allCases {
            guard let those = texts[format] else { continue }
            let answer = makeAnswer(format.text(of: result.families), format, result.isUp)
            for continuation in those { continuation.resume(returning: answer) }
        }
    }

    // MARK: Those who wait

    var waiterCount: Int { state.withLock { $0.waiters.count } }

    func scrape(_ format: ExpositionFormat, within limit: Duration?) async -> Answer {
        await result(within: limit) { .text(format, $0) }
    }

    func problem(asOfTheLast age: Duration, within limit: Duration?) async -> String? {
        if let status = state.withLock(\.lastStatus), status.instant + age > .now { return status.problem }
        return await result(within: limit) { .problem($0) }
    }

    /// Waits for what a waiter gets.
    private func result<Result: Sendable>(
        within limit: Duration?, _ waiter: (CheckedContinuation<Result, Never>) -> Waiter
    ) async -> Result {
        let id = state.withLock { state in
            state.lastID += 1
            state.arriving[state.lastID] = false
            return state.lastID
        }
        let timer = limit.map { limit in
            Task {
                // Cancelled when the answer is there.
                guard (try? await Task.sleep(for: limit)) != nil else { return }
                expire(id, after: limit)
            }
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enter(id, waiter(continuation))
            }
        } onCancel: {
            expire(id, after: nil)
        }
        timer?.cancel()
        return result
    }

    private func enter(_ id: UInt64, _ waiter: Waiter) {
        let isRefused = state.withLock { state in
            let isExpired = state.arriving.removeValue(forKey: id) ?? true
            guard !state.isStopped, !isExpired else { return true }
            state.waiters[id] = waiter
            return false
        }
        if isRefused {
            answerLate([waiter])
        } else {
            wakeUp.signal()
        }
    }

    /// Ends somebody's waiting: their time is over, or they are gone (nil).
    private func expire(_ id: UInt64, after limit: Duration?) {
        let (waiter, isNews) = state.withLock { state -> (Waiter?, Bool) in
            let waiter = state.waiters.removeValue(forKey: id)
            if state.arriving[id] != nil { state.arriving[id] = true }
            guard waiter != nil, let limit else { return (waiter, false) }
            // Somebody with little time says nothing about those who have much more.
            if let lateness = state.knownLateness, limit < lateness * 2 { return (waiter, false) }
            state.knownLateness = limit
            return (waiter, true)
        }
        if isNews, let limit { report(.late(limit)) }
        if let waiter { answerLate([waiter]) }
    }

    func stop() {
        let waiters = state.withLock { state in
            state.isStopped = true
            defer { state.waiters = [:] }
            return state.waiters.values.map(\.self)
        }
        wakeUp.signal()
        answerLate(waiters)
    }

    private func answerLate(_ waiters: [Waiter]) {
        let upLabels = state.withLock(\.upLabels)
        for waiter in waiters {
            switch waiter {
            case .text(let format, let continuation):
                let text = format.text(of: WalkResult.late(version: version, upLabels: upLabels).families)
                continuation.resume(returning: makeAnswer(text, format, false))
            case .problem(let continuation): continuation.resume(returning: Self.lateProblem)
            }
        }
    }
}
