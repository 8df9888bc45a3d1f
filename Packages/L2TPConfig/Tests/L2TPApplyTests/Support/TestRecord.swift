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
        var loadCount = 0
        var fuse: Fuse?
        /// Which save from now on fails; nil if none.
        var failure: Int?
        /// Whether that one is carried out all the same.
        var isCarriedOut = false
        /// Whether all saves fail.
        var isReadOnly = false
    }

    private let state = Mutex(State())

    /// What is recorded.
    var ownership: Ownership {
        get { state.withLock { $0.ownership } }
        set { state.withLock { $0.ownership = newValue } }
    }

    /// How often it was saved.
    var saveCount: Int { state.withLock { $0.saveCount } }

    /// How often it was loaded.
    var loadCount: Int { state.withLock { $0.loadCount } }

    /// What ends all saving.
    var fuse: Fuse? {
        get { state.withLock { $0.fuse } }
        set { state.withLock { $0.fuse = newValue } }
    }

    /// Whether every save fails.
    var isReadOnly: Bool {
        get { state.withLock { $0.isReadOnly } }
        set { state.withLock { $0.isReadOnly = newValue } }
    }

    /// Lets a save fail, after so many that succeed; `isCarriedOut` if only its end is told to have failed.
    func fail(after count: Int, isCarriedOut: Bool = false) {
        state.withLock { state in
            state.failure = count
            state.isCarriedOut = isCarriedOut
        }
    }

    func load() throws(ApplyError) -> Ownership {
        if fuse?.isBlown ?? false { throw ApplyError(.record, "dead") }
        return state.withLock { state in
            state.loadCount += 1
            return state.ownership
        }
    }

    func save(_ ownership: Ownership) throws(ApplyError) {
        try state.withLock { (state) throws(ApplyError) in
            if let fuse = state.fuse, !fuse.burn() { throw ApplyError(.record, "dead") }
            let failure = ApplyError(.record, errno: .noSpace, "cannot write the record")
            if state.isReadOnly { throw failure }
            let isFailing = state.failure == 0
            state.failure = state.failure.flatMap { $0 > 0 ? $0 - 1 : nil }
            if isFailing, !state.isCarriedOut { throw failure }
            // As a file would have it.
            guard let read = try? Ownership(record: ownership.recorded()) else {
                throw ApplyError(.record, "what was written cannot be read")
            }
            state.ownership = read
            state.saveCount += 1
            if isFailing { throw failure }
        }
    }
}
