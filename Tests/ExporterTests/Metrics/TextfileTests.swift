import Foundation
import L2TPMetrics
import Netlink
import SystemPackage
import Testing

@Suite("A text file")
struct TextfileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "l2tp-exporter-\(UUID().uuidString)")

    @Test("is a path, or standard output")
    func arguments() {
        #expect(Textfile("-") == .standardOutput)
        #expect(Textfile("./-") == .file("./-"))
        #expect(Textfile("/var/lib/l2tp.prom").isFoundByCollector)
        #expect(Textfile("-").isFoundByCollector)
        #expect(!Textfile("/var/lib/l2tp.txt").isFoundByCollector)
    }

    @Test("is replaced as a whole, readable by everybody, and nothing else is left")
    func replacing() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = FilePath(folder.appending(path: "l2tp.prom").path)
        let textfile = Textfile.file(path)
        try textfile.write(Array("l2tp_up 1\nlonger\n".utf8))
        let before = try FileSystem.status(of: path)
        try textfile.write(Array("l2tp_up 0\n".utf8))
        #expect(try FileSystem.read(path) == Array("l2tp_up 0\n".utf8))
        let status = try FileSystem.status(of: path)
        #expect(status.inode != before.inode)
        #expect(status.permissions == [.ownerReadWrite, .groupRead, .otherRead])
        #expect(try FileSystem.names(in: FilePath(folder.path)) == ["l2tp.prom"])
    }

    @Test("that cannot be written says so")
    func refusal() {
        let error = #expect(throws: FileError.self) { try Textfile.file("/proc/none/l2tp.prom").write([]) }
        #expect(error?.errno == .noSuchFileOrDirectory)
        #expect(error?.description.contains("/proc/none/") == true)
    }
}
