internal import Netlink
internal import Synchronization

/// What a ``Collector`` and its thread share.
///
/// The collector alone is held by its users: the thread ends when the collector goes.
final class CollectorEngine<Answer: Sendable>: Sendable {
    /// Somebody who waits for the end of a walk.
    private struct Waiter {
        var format: ExpositionFormat
        var continuation: CheckedContinuation<Answer, Never>
    }

    private struct State {
        var waiters: [UInt64: Waiter] = [:]
        var lastID: UInt64 = 0
        /// Those who are about to wait, and whether they need not any more.
        var arriving: [UInt64: Bool] = [:]
        var isStopped = false
        /// Whether it was told that walks take too long, and none has come to its end since.
        var isKnownToBeLate = false
        /// The labels of `l2tp_up` in the last walk.
        var upLabels: [LabelSet] = []
    }

    private let sources: [any MetricSource]
    private let version: String
    private let interval: Duration
    private let wakeUp: WakeUp
    private let report: @Sendable (CollectorEvent) -> Void
    private let makeAnswer: @Sendable ([UInt8], ExpositionFormat, Bool) -> Answer
    private let state = Mutex(State())

    init(
        _ sources: [any MetricSource], version: String, interval: Duration, wakeUp: WakeUp,
        report: @escaping @Sendable (CollectorEvent) -> Void,
        makeAnswer: @escaping @Sendable ([UInt8], ExpositionFormat, Bool) -> Answer
    ) {
        self.sources = sources
        self.version = version
        self.interval = interval
        self.wakeUp = wakeUp
        self.report = report
        self.makeAnswer = makeAnswer
    }

    // MARK: The thread

    /// Walks whenever somebody waits, until it is stopped.
    func run() {
        var log = StatusLog()
        while true {
            // Before looking: who comes later makes it readable again.
            wakeUp.reset()
            let (isStopped, isWanted) = state.withLock { ($0.isStopped, !$0.waiters.isEmpty) }
            if isStopped { return }
            guard isWanted else {
                do throws(NetlinkError) {
                    if try Readiness.wait(for: [wakeUp.fileDescriptor], atMost: interval) == [false] {
                        for source in sources { source.release() }
                    }
                } catch {
                    report(.failed(subject: "anything", problem: error.description))
                    return stop()
                }
                continue
            }
            let result = WalkResult(walking: sources, version: version)
            for event in log.events(result.statuses) { report(event) }
            answer(result)
        }
    }

    /// Gives everybody who waits the result of a walk; a text is made once for all who want the same.
    private func answer(_ result: WalkResult) {
        let waiters = state.withLock { state in
            state.isKnownToBeLate = false
            state.upLabels = result.upLabels
            defer { state.waiters = [:] }
            return state.waiters.values.map(\.self)
        }
        for format in ExpositionFormat.allCases {
            let those = waiters.filter { $0.format == format }
            guard !those.isEmpty else { continue }
            let answer = makeAnswer(format.text(of: result.families), format, result.isUp)
            for waiter in those { waiter.continuation.resume(returning: answer) }
        }
    }

    // MARK: Those who wait

    var waiterCount: Int { state.withLock { $0.waiters.count } }

    func scrape(_ format: ExpositionFormat, within limit: Duration?) async -> Answer {
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
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                wait(id, Waiter(format: format, continuation: continuation))
            }
        } onCancel: {
            expire(id, after: nil)
        }
        timer?.cancel()
        return answer
    }

    private func wait(_ id: UInt64, _ waiter: Waiter) {
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
            let isNews = waiter != nil && limit != nil && !state.isKnownToBeLate
            if isNews { state.isKnownToBeLate = true }
            return (waiter, isNews)
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
            let text = waiter.format.text(of: WalkResult.late(version: version, upLabels: upLabels).families)
            waiter.continuation.resume(returning: makeAnswer(text, waiter.format, false))
        }
    }
}
