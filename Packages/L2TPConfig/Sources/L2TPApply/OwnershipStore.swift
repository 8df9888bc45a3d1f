public import L2TPConfig

/// Where it is recorded what was created by applying a configuration.
public protocol OwnershipStore: Sendable {
    /// What is recorded; nothing if there is no record.
    ///
    /// Throws ``ApplyError`` with reason `record` if there is one that cannot be read.
    func load() throws(ApplyError) -> Ownership

    /// Replaces the record: when the call returns it is on disk, and until then the old one is.
    ///
    /// Throws ``ApplyError`` with reason `record`.
    func save(_ ownership: Ownership) throws(ApplyError)
}
