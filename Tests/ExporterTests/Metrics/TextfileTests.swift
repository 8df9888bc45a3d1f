import Foundation
import Netlink
import SystemPackage
import Testing

@testable import L2TPMetrics

@Suite("A text file")
struct TextfileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "l2tp-exporter-\(UUID().uuidString)")

    @Test("is a path, or standard output")
    func arguments() {
        #expect(Textfile("-") == .standardOutput)
        #expect(Textfile("./-") == .file("./-"))
        #expect(Textfile("/var/lib/l2tp.prom").pathMissedByCollector == nil)
        #expect(Textfile("-").pathMissedByCollector == nil)
        #expect(Textfile("/var/lib/l2tp.txt").pathMissedByCollector == "/var/lib/l2tp.txt")
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

    @Test("that cannot be written says so, and which folder it needs")
    func refusal() {
        let missing = #expect(throws: TextfileError.self) { try Textfile.file("/proc/none/l2tp.prom").write([]) }
        #expect(
            missing?.description
                == "cannot write /proc/none/l2tp.prom: No such file or directory (ENOENT); there is no folder /proc/none: "
                + "it ought to be that of node_exporter's --collector.textfile.directory")
        #expect(
            TextfileError("l2tp.prom", .permissionDenied).description
                == "cannot write l2tp.prom: Permission denied (EACCES); the file is replaced as a whole, for which the "
                + "folder . has to be writable")
        #expect(
            TextfileError(nil, .brokenPipe).description == "cannot write to standard output: Broken pipe (EPIPE)")
    }
}
