import Foundation
import Netlink
import SystemPackage

/// A folder for a test, which goes with all that is in it.
final class TemporaryFolder {
    let path: FilePath

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("l2tp-\(UUID().uuidString)")
        path = FilePath(url.path)
        try FileSystem.makeFolder(path, permissions: .ownerReadWriteExecute)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path.string)
    }
}
