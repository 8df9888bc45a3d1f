internal import Netlink
internal import Synchronization

/// Hands events from the thread that finds them to the task that takes them.
final class EventChannel: Sendable {
    /// Whether the thread may go on.
    enum State: Hashable {
        /// There is room.
        case open
        /// Enough events wait.
        case full
        /// Nobody takes events any more.
        case closed
    }

    private typealias Outcome = Result<L2TPEvent?, L2TPError>

    private struct Contents {
        var events: [L2TPEvent] = []
        /// How many of the events have been taken.
        var taken = 0
        var waiters: [CheckedContinuation<Outcome, Never>] = []
        var isClosed = false
        var isFinished = false
        var failure: L2TPError?

        var count: Int { events.count - taken }

        mutating func take() -> Outcome? {
            if taken < events.count {
                defer {
                    taken += 1
                    // Also when something always waits, what has been taken is not kept.
                    if taken == events.count || taken >= L2TPEvents.limit {
                        events.removeFirst(taken)
                        taken = 0
                    }
                }
                return .success(events[taken])
            }
            guard isClosed || isFinished else { return nil }
            guard let failure else { return .success(nil) }
            self.failure = nil
            return .failure(failure)
        }
    }

    /// Wakes the thread when there is room again, and when it is to end.
    let wakeUp: WakeUp
    private let contents = Mutex(Contents())

    init(wakeUp: WakeUp) {
        self.wakeUp = wakeUp
    }

    var isOpen: Bool { state != .closed }

    /// How many events take memory.
    var heldCount: Int { contents.withLock { $0.events.count } }

    var state: State {
        contents.withLock { contents in
            contents.isClosed ? .closed : contents.count >= L2TPEvents.limit ? .full : .open
        }
    }

    /// Adds events.
    func put(_ events: [L2TPEvent]) {
        resume { $0.events += events }
    }

    /// The thread has ended, perhaps with an error.
    func finish(_ failure: L2TPError?) {
        resume { contents in
            contents.failure = failure
            contents.isFinished = true
        }
    }

    /// Nobody takes events any more; what waits is dropped.
    func close() {
        resume { contents in
            contents.isClosed = true
            (contents.events, contents.taken) = ([], 0)
        }
        wakeUp.signal()
    }

    /// The next event; nil at the end or when the task is cancelled, which closes the channel.
    func next(isolation actor: isolated (any Actor)? = #isolation) async throws(L2TPError) -> L2TPEvent? {
        if Task.isCancelled { close() }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Outcome, Never>) in
                wait(continuation)
            }
        } onCancel: {
            close()
        }
        return try outcome.get()
    }

    private func wait(_ continuation: CheckedContinuation<Outcome, Never>) {
        let (outcome, hasRoom) = contents.withLock { contents -> (Outcome?, Bool) in
            let wasFull = contents.count == L2TPEvents.limit
            let outcome = contents.take()
            if outcome == nil { contents.waiters.append(continuation) }
            return (outcome, wasFull)
        }
        if hasRoom { wakeUp.signal() }
        if let outcome { continuation.resume(returning: outcome) }
    }

    /// Changes the contents and gives to those who wait what there is for them.
    private func resume(_ change: (inout Contents) -> Void) {
        let resumptions = contents.withLock { contents -> [(CheckedContinuation<Outcome, Never>, Outcome)] in
            change(&contents)
            var resumptions: [(CheckedContinuation<Outcome, Never>, Outcome)] = []
            while let waiter = contents.waiters.first, let outcome = contents.take() {
                contents.waiters.removeFirst()
                resumptions.append((waiter, outcome))
            }
            return resumptions
        }
        for (continuation, outcome) in resumptions { continuation.resume(returning: outcome) }
    }
}
