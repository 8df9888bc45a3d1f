public import L2TPConfig
internal import Netlink
public import SystemPackage
/// Stub.
public struct FileOwnershipStore: OwnershipStore {
    let path: FilePath
    /// Stub.
    public init(_ path: FilePath) { self.path = path }
    /// Stub.
    public func load() throws(ApplyError) -> Ownership {
        do throws(FileError) {
            let bytes = try FileSystem.read(path, atMost: 100_000_000)
            return (try? Ownership(record: String(decoding: bytes, as: UTF8.self))) ?? Ownership()
        } catch {
            if error.errno == .noSuchFileOrDirectory { return Ownership() }
            throw ApplyError(.record, "\(error)") }
    }
    /// Stub.
    public func save(_ ownership: Ownership) throws(ApplyError) {
        do throws(FileError) {
            try FileSystem.makeFolder(path.removingLastComponent(), permissions: .ownerReadWriteExecute)
            try FileSystem.replace(path, by: Array(ownership.recorded().utf8), permissions: .ownerReadWrite)
        } catch { throw ApplyError(.record, "\(error)") }
    }
}
