public import L2TPConfig
public import Netlink
public import SystemPackage

/// A record in a file that only its owner can read, for it holds cookies.
///
/// l2tp-apply(8) keeps one for each network namespace in `/run/l2tp`, which ends with the tunnels at a reboot. The
/// number of a namespace that is gone may become another's: what its record says is then not true of anything, and so
/// nothing counts as owned. Whoever loads and saves holds the ``ApplyLock`` meanwhile.
public struct FileOwnershipStore: OwnershipStore {
    /// The most bytes that a record can have: some hundred for each session that a kernel can have room for.
    private static let longestRecord = 256 << 20
    /// More bytes than those that stand before all objects.
    private static let longestBeginning = 256

    private enum Place {
        case file(FilePath)
        case namespace(NetworkNamespace, RunFolder)
    }

    private let place: Place

    /// The record in a file, which need not exist, nor its folder.
    public init(_ path: FilePath) {
        place = .file(path)
    }

    /// The record of a network namespace, `netns-INODE.record` with the number of the namespace's file.
    ///
    /// Whether there is such a namespace shows when the record is loaded or saved.
    ///
    /// - Parameters:
    ///   - namespace: The namespace that the tunnels are in.
    ///   - folder: Where the records are; nil stands for `/run/l2tp`.
    public init(of namespace: NetworkNamespace, in folder: FilePath? = nil) {
        place = .namespace(namespace, RunFolder(path: folder ?? RunFolder.usual))
    }

    /// What is recorded; nothing if there is no record.
    ///
    /// Throws ``ApplyError`` with reason `record` if there is one that cannot be read, or that somebody else may have
    /// written. It is never taken for an empty one: what it owned would then stay for good, and be in the way.
    public func load() throws(ApplyError) -> Ownership {
        try read { (bytes) throws(OwnershipRecordError) in
            try Ownership(record: String(decoding: bytes, as: UTF8.self))
        } ?? Ownership()
    }

    /// The ``L2TPConfig/Ownership/source`` of what is recorded; nil if there is no record.
    ///
    /// Throws ``ApplyError`` as ``load()`` does, but not for what is wrong behind the record's beginning.
    public func source() throws(ApplyError) -> ConfigurationDigest? {
        try read { (bytes) throws(OwnershipRecordError) in
            try Ownership.source(inRecord: String(decoding: bytes.prefix(Self.longestBeginning), as: UTF8.self))
        } ?? nil
    }

    /// Reads the record; nil if there is none.
    private func read<Value>(
        _ parse: ([UInt8]) throws(OwnershipRecordError) -> Value
    ) throws(ApplyError) -> Value? {
        let (folder, path) = try paths()
        guard try folder.check(), try RunFolder.check(path) else { return nil }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileSystem.read(path, atMost: Self.longestRecord)
        } catch {
            throw ApplyError(record: error)
        }
        do throws(OwnershipRecordError) {
            return try parse(bytes)
        } catch {
            throw ApplyError(
                .record, "the record \(path) cannot be read: \(error)",
                remedy: "remove it and run l2tp-apply --adopt: what is configured is then owned again, and what is "
                    + "not is left to ip-l2tp(8)")
        }
    }

    /// Replaces the record in one step: whoever reads it, also after a power failure, finds the old one or the new one.
    ///
    /// Throws ``ApplyError`` with reason `record`.
    public func save(_ ownership: Ownership) throws(ApplyError) {
        let (folder, path) = try paths()
        try folder.make()
        _ = try RunFolder.check(path)
        do throws(FileError) {
            try FileSystem.replace(path, by: Array(ownership.recorded().utf8), permissions: .ownerReadWrite)
        } catch {
            throw ApplyError(record: error)
        }
        Self.removeRemains(of: path)
    }

    /// Removes what runs that were killed while they wrote the record have left of it; nobody else writes it now.
    private static func removeRemains(of path: FilePath) {
        let folder = path.removingLastComponent()
        guard let name = path.lastComponent, let names = try? FileSystem.names(in: folder) else { return }
        for remains in names where remains.hasPrefix(".\(name).") { try? FileSystem.remove(folder.appending(remains)) }
    }

    private func paths() throws(ApplyError) -> (RunFolder, FilePath) {
        switch place {
        case .file(let path):
            let folder = path.removingLastComponent()
            return (RunFolder(path: folder.isEmpty ? FilePath(".") : folder), path)
        case .namespace(let namespace, let folder):
            return (folder, try folder.file(of: namespace, "record"))
        }
    }
}
