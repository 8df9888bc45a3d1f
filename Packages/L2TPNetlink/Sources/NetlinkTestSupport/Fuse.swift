internal import Synchronization

/// What ends a program's life after so many changes, as `kill -9` does: from then on nothing that it asks of its kernels is
/// carried out or answered. Several kernels, and whatever else a test counts, can share one.
public final class Fuse: Sendable {
    private let remaining: Mutex<Int>

    /// One that lets so many changes pass.
    public init(after count: Int) {
        remaining = Mutex(count)
    }

    /// Counts a change that is about to be made; false if it is not made any more.
    public func burn() -> Bool {
        remaining.withLock { remaining in
            guard remaining > 0 else {
                remaining = -1
                return false
            }
            remaining -= 1
            return true
        }
    }

    /// Whether a change has been kept from being made.
    public var isBlown: Bool { remaining.withLock { $0 < 0 } }
}
