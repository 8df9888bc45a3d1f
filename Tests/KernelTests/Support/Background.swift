import Foundation
import Glibc
import Synchronization

/// Work on a thread of its own, step by step.
final class Background: Sendable {
    private let mayGoOn = Atomic(true)
    private let stepCount = Atomic(0)
    private let hasEnded = Atomic(false)
    private let failure = Mutex<(any Error)?>(nil)
    private let end = DispatchSemaphore(value: 0)

    /// Counts a step; whether there is to be another one. The work calls it after every step.
    func goesOn() -> Bool {
        stepCount.add(1, ordering: .relaxed)
        return mayGoOn.load(ordering: .relaxed)
    }

    /// Lets the work go at least a step further, so that both threads have their turns on one processor too.
    func awaitStep() {
        let before = stepCount.load(ordering: .relaxed)
        while stepCount.load(ordering: .relaxed) == before, !hasEnded.load(ordering: .relaxed) { sched_yield() }
    }

    /// Does `work` on a thread of its own while `body` runs, then asks it to stop and waits for it.
    ///
    /// The error of `work` counts if `body` has none.
    static func run<Value>(
        _ work: @escaping @Sendable (Background) throws -> Void, during body: (Background) throws -> Value
    ) throws -> Value {
        let background = Background()
        Thread.detachNewThread {
            do {
                try work(background)
            } catch {
                background.failure.withLock { $0 = error }
            }
            background.hasEnded.store(true, ordering: .relaxed)
            background.end.signal()
        }
        let outcome = Result { try body(background) }
        background.mayGoOn.store(false, ordering: .relaxed)
        background.end.wait()
        let value = try outcome.get()
        if let failure = background.failure.withLock({ $0 }) { throw failure }
        return value
    }
}
