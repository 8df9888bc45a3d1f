import Foundation
import Netlink
import SystemPackage

/// A folder that goes with the test that has it.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "l2tp-exporter-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    subscript(_ name: String) -> String { "\(path)/\(name)" }

    /// Puts a file in the place of another, as editors do.
    func write(_ name: String, _ text: String) throws {
        try FileSystem.replace(FilePath(self[name]), by: Array(text.utf8), permissions: .ownerReadWrite)
    }

    func remove(_ name: String) throws {
        try FileSystem.remove(FilePath(self[name]))
    }
}
