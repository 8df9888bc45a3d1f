import L2TPApply
import L2TPConfig
import Synchronization

/// A record that cannot be written any more once the netlink requests of a run have stopped, or from a write of its own
/// on: what a run leaves that is killed.
final class StoppingStore: OwnershipStore {
    /// When the run ends.
    enum End: Hashable, Sendable {
        case beforeSave(Int)
        case afterSave(Int)
    }

    private let store: any OwnershipStore
    private let trace: NetlinkTrace
    private let end: End?
    private let saves = Mutex(0)

    /// How often it was written.
    var saveCount: Int { saves.withLock { $0 } }

    init(_ store: any OwnershipStore, _ trace: NetlinkTrace, _ end: End? = nil) {
        self.store = store
        self.trace = trace
        self.end = end
    }

    func load() throws(ApplyError) -> Ownership {
        if trace.hasStopped { throw Self.stopped }
        return try store.load()
    }

    func save(_ ownership: Ownership) throws(ApplyError) {
        let number = saves.withLock { count in
            count += 1
            return count - 1
        }
        if end == .beforeSave(number) { trace.stop() }
        if trace.hasStopped { throw Self.stopped }
        try store.save(ownership)
        guard end == .afterSave(number) else { return }
        trace.stop()
        throw Self.stopped
    }

    private static var stopped: ApplyError { ApplyError(.record, "the run has ended") }
}
