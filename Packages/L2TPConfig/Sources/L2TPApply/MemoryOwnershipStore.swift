public import L2TPConfig
internal import Synchronization

/// A record in memory, for programs that look after their tunnels as long as they run, and for tests.
public final class MemoryOwnershipStore: OwnershipStore {
    private let ownership: Mutex<Ownership>

    /// A record of an ownership.
    public init(_ ownership: Ownership = Ownership()) {
        self.ownership = Mutex(ownership)
    }

    /// What is recorded.
    public func load() -> Ownership { ownership.withLock { $0 } }

    /// Replaces the record.
    public func save(_ ownership: Ownership) {
        self.ownership.withLock { $0 = ownership }
    }
}
