import Netlink
import Synchronization
import SystemPackage

@testable import L2TPMetrics

/// A source that takes as long as a test wants it to, and counts its walks.
final class SlowSource: MetricSource {
    private struct State {
        var count = 0
        var releaseCount = 0
        var isOpen: Bool
        var problem: String?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    private let gate: WakeUp

    init(isOpen: Bool = false) throws {
        state = Mutex(State(isOpen: isOpen))
        gate = try WakeUp()
        if isOpen { gate.signal() }
    }

    var count: Int { state.withLock(\.count) }

    var problem: String? {
        get { state.withLock(\.problem) }
        set { state.withLock { $0.problem = newValue } }
    }

    /// Lets all walks come to their end, from now on.
    func open() {
        gate.signal()
    }

    /// Holds the following walks up.
    func close() {
        gate.reset()
    }

    /// Waits until a walk has begun that is not the first `count`.
    func waitForWalk(after count: Int = 0) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.count <= count else { return true }
                state.waiters.append(continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// How often it was asked to let go.
    var releaseCount: Int { state.withLock(\.releaseCount) }

    func release() {
        state.withLock { $0.releaseCount += 1 }
    }

    func collect(in walk: Walk) -> MetricCollection {
        let (count, problem, waiters) = state.withLock { state in
            state.count += 1
            defer { state.waiters = [] }
            return (state.count, state.problem, state.waiters)
        }
        for waiter in waiters { waiter.resume() }
        _ = try? Readiness.wait(for: [gate.fileDescriptor])
        return MetricCollection(
            problem == nil ? [MetricFamily(.tunnels, [MetricSample(.integer(UInt64(count)))])] : [],
            statuses: [SourceStatus("tunnels", upLabels: LabelSet(), problem: problem)])
    }
}
