internal import Glibc

/// A bounded wait with growing pauses.
struct DeletionWait {
    let object: L2TPError.Object
    private let limit: Duration
    private var start = ContinuousClock.now
    private var pauseMilliseconds: UInt32 = 1

    /// A wait for an object with `sessionCount` sessions.
    ///
    /// The kernel removes sessions one after the other, on Linux 6.1 in about 30 ms each; without a
    /// limit of the caller's the bound is a multiple of that.
    init(object: L2TPError.Object, limit: Duration?, sessionCount: Int) {
        self.object = object
        self.limit = limit ?? .seconds(10) + .milliseconds(200) * sessionCount
    }

    /// Whether nothing is to be waited for.
    var isForbidden: Bool { limit <= .zero }

    /// Lets the time run from now on.
    mutating func begin() {
        start = .now
    }

    /// Tells how far the deletion is.
    func report(remainingInterfaces: Int, _ progress: (DeletionProgress) -> Void) {
        progress(
            DeletionProgress(
                object: object, elapsed: ContinuousClock.now - start, limit: limit,
                remainingInterfaces: remainingInterfaces))
    }

    /// Pauses between two looks: 1 ms at first, 100 ms at last. Throws `timedOut` past the limit.
    mutating func pause(
        isPresent: Bool, remainingInterfaces: Int, _ progress: (DeletionProgress) -> Void
    ) throws(L2TPError) {
        let elapsed = ContinuousClock.now - start
        guard elapsed < limit else {
            let rest = isPresent ? "it is still there" : "\(remainingInterfaces) of its interfaces are still there"
            throw L2TPError(
                .delete, object, .timedOut, "the kernel accepted the deletion, but \(rest) after \(limit)")
        }
        report(remainingInterfaces: remainingInterfaces, progress)
        usleep(pauseMilliseconds * 1000)
        pauseMilliseconds = min(pauseMilliseconds * 2, 100)
    }
}
