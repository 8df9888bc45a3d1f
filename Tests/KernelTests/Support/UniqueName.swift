import Glibc
import Synchronization

/// Names that no other run of the tests uses at the same time.
enum UniqueName {
    private static let counter = Atomic(0)

    static func next() -> String {
        "l2tp-test-\(getpid())-\(counter.wrappingAdd(1, ordering: .relaxed).newValue)"
    }
}
