internal import Glibc

/// How far a deletion has come that the kernel carries out in the background.
public struct DeletionProgress: Hashable, Sendable {
    /// What is being deleted.
    public var object: L2TPError.Object
    /// How long the wait has lasted.
    public var elapsed: Duration
    /// How long it may last.
    public var limit: Duration
    /// How many of the sessions' interfaces were still there when last counted.
    public var remainingInterfaces: Int
}

/// A bounded wait with growing pauses.
struct DeletionWait {
    let object: L2TPError.Object
    private let limit: Duration
    private let start = ContinuousClock.now
    private var pauseMilliseconds: UInt32 = 1

    /// A wait for an object with `sessionCount` sessions, from now on.
    ///
    /// The kernel removes sessions one after the other, on Linux 6.1 in about 30 ms each; without a
    /// limit of the caller's the bound is a multiple of that.
    init(object: L2TPError.Object, limit: Duration?, sessionCount: Int) {
        self.object = object
        self.limit = limit ?? .seconds(10) + .milliseconds(200) * sessionCount
    }

    /// Pauses between two looks: 1 ms at first, 100 ms at last. Throws `timedOut` past the limit.
    mutating func pause(
        remainingInterfaces: Int, _ progress: (DeletionProgress) -> Void
    ) throws(L2TPError) {
        let elapsed = ContinuousClock.now - start
        guard elapsed < limit else {
            let rest = remainingInterfaces > 0 ? ", with \(remainingInterfaces) of its interfaces" : ""
            throw L2TPError(
                .delete, object, .timedOut,
                "the kernel accepted the deletion, but it is still there after \(limit)\(rest)")
        }
        progress(
            DeletionProgress(
                object: object, elapsed: elapsed, limit: limit, remainingInterfaces: remainingInterfaces))
        usleep(pauseMilliseconds * 1000)
        pauseMilliseconds = min(pauseMilliseconds * 2, 100)
    }
}
