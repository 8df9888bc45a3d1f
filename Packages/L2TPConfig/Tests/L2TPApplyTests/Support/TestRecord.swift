import L2TPApply
import L2TPConfig
import NetlinkTestSupport
import Synchronization
import SystemPackage

/// A record in memory that counts how often it is saved, and can fail.
final class TestRecord: OwnershipStore {
    private struct State {
        var ownership = Ownership()
        var saveCount = 0
        var fuse: Fuse?
        /// Which save from now on fails; nil if none.
        var failure: Int?
    }

    private let state = Mutex(State())

    /// What is recorded.
    var ownership: Ownership {
        get { state.withLock { $0.ownership } }
        set { state.withLock { $0.ownership = newValue } }
    }

    /// How often it was saved.
    var saveCount: Int { state.withLock { $0.saveCount } }

    /// What ends all saving.
    var fuse: Fuse? {
        get { state.withLock { $0.fuse } }
        set { state.withLock { $0.fuse = newValue } }
    }

    /// Lets a save fail, after so many that succeed.
    func fail(after count: Int) {
        state.withLock { $0.failure = count }
    }

    func load() throws(ApplyError) -> Ownership {
        if fuse?.isBlown ?? false { throw ApplyError(.record, "dead") }
        return ownership
    }

    func save(_ ownership: Ownership) throws(ApplyError) {
        try state.withLock { (state) throws(ApplyError) in
            if let fuse = state.fuse, !fuse.burn() { throw ApplyError(.record, "dead") }
            if let count = state.failure {
                state.failure = count > 0 ? count - 1 : nil
                if count == 0 { throw ApplyError(.record, errno: .noSpace, "cannot write the record") }
            }
            // As a file would have it.
            guard let read = try? Ownership(record: ownership.recorded()) else {
                throw ApplyError(.record, "what was written cannot be read")
            }
            state.ownership = read
            state.saveCount += 1
        }
    }
}
