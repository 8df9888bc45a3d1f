import L2TPApply
import Netlink
import SystemPackage
import Testing

/// A record of what is owned, in a file.
struct RecordFile: Sendable {
    let path: FilePath
    let store: FileOwnershipStore

    init(_ path: FilePath) {
        self.path = path
        store = FileOwnershipStore(path)
    }

    /// A record that nothing else uses.
    static func make() -> Self { Self(FilePath("/run/l2tp/\(UniqueName.next()).record")) }

    /// The record that `l2tp-apply` keeps of a namespace.
    static func ofProgram(in namespace: TestNamespace) throws -> Self {
        let number = try SystemCalls.inNamespace(namespace.path) { try SystemCalls.namespaceNumber() }
        return Self(FilePath("/run/l2tp/netns-\(number).record"))
    }

    func remove() {
        SystemCalls.removeFile(path.string)
    }

    /// What tells the file from one that takes its place or that was written to.
    func identity() throws -> String {
        let status = try path.stat()
        return "\(status.inode) \(status.size) \(status.st_mtim)"
    }
}
