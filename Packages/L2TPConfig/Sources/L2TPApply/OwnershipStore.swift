public import L2TPConfig

/// Where it is recorded what was created by applying a configuration.
public protocol OwnershipStore: Sendable {
    /// What is recorded; nothing if there is no record.
    ///
    /// Throws ``ApplyError`` with reason `record` if there is one that cannot be read.
    func load() throws(ApplyError) -> Ownership

    /// The ``L2TPConfig/Ownership/source`` of what is recorded: ``load()`` gives it too, but may take longer.
    ///
    /// Throws ``ApplyError`` with reason `record`, if what would have to be read for it cannot be.
    func source() throws(ApplyError) -> ConfigurationDigest?

    /// Replaces the record: when the call returns it is on disk, and until then the old one is.
    ///
    /// Throws ``ApplyError`` with reason `record`.
    func save(_ ownership: Ownership) throws(ApplyError)
}

extension OwnershipStore {
    /// The source of what ``load()`` gives.
    public func source() throws(ApplyError) -> ConfigurationDigest? { try load().source }
}
