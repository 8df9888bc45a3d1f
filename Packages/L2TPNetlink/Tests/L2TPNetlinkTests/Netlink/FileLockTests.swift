import Foundation
import Netlink
import SystemPackage
import Testing

@Suite("A lock on a file")
struct FileLockTests {
    private let folder: TemporaryFolder
    private var path: FilePath { folder.file("lock") }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Why the lock cannot be had; nil if it was had for a moment.
    private func refusal() -> FileLock.Failure? {
        do throws(FileLock.Failure) {
            _ = try FileLock(path)
            return nil
        } catch {
            return error
        }
    }

    /// Holds the lock while `body` runs.
    private func locked(_ body: () throws -> Void) throws {
        let lock = try FileLock(path)
        try body()
        _ = consume lock
    }

    @Test("keeps others out as long as it is there, and names its holder")
    func held() throws {
        try locked {
            #expect(refusal() == .held(path, processID: getpid()))
            #expect(refusal()?.description == "cannot lock \(path): process \(getpid()) holds it")
            let text = try FileSystem.read(path)
            #expect(text == Array("\(getpid())\n".utf8))
        }
        #expect(refusal() == nil)
        try locked {}
    }

    @Test("says that it is held even if the file does not tell by whom")
    func unknownHolder() throws {
        try locked {
            let file = try FileDescriptor.open(path, .writeOnly, options: .truncate)
            try file.closeAfter { _ = try file.writeAll(Array("nobody".utf8)) }
            #expect(refusal() == .held(path, processID: nil))
            #expect(refusal()?.description == "cannot lock \(path): another process holds it")
        }
    }

    @Test("What an earlier holder left does not count")
    func stale() throws {
        try FileSystem.replace(path, by: Array("1\n and much more than that".utf8), permissions: .ownerReadWrite)
        try locked {
            let text = try FileSystem.read(path)
            #expect(text == Array("\(getpid())\n".utf8))
        }
    }

    @Test("A file that took its place can be locked: it is another lock")
    func replaced() throws {
        try locked {
            try FileSystem.remove(path)
            #expect(refusal() == nil)
        }
    }

    @Test("ends with a process that is killed")
    func killed() throws {
        // flock(1) is in util-linux: it holds the lock as long as its child runs.
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/bin/sh")
        holder.arguments = ["-c", "exec 9>>\"$0\"; flock -n 9 && echo ready; exec sleep 60", path.string]
        let output = Pipe()
        holder.standardOutput = output
        try holder.run()
        let line = output.fileHandleForReading.readData(ofLength: 6)
        #expect(line == Data("ready\n".utf8))
        #expect(refusal() == .held(path, processID: nil))
        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        #expect(refusal() == nil)
    }

    @Test("needs its folder, and follows no symbolic link")
    func impossible() throws {
        try FileManager.default.createSymbolicLink(
            atPath: path.string, withDestinationPath: folder.file("other").string)
        #expect(refusal() == .file(FileError(.open, path, .tooManySymbolicLinkLevels)))
        let missing = folder.file("none/lock")
        do throws(FileLock.Failure) {
            _ = try FileLock(missing)
            Issue.record("locked")
        } catch {
            #expect(error == .file(FileError(.open, missing, .noSuchFileOrDirectory)))
            #expect(error.description == "cannot open \(missing): No such file or directory (ENOENT)")
        }
    }
}
