import Foundation
import Netlink
import SystemPackage
import Testing

@Suite("Files and folders")
struct FileSystemTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func fileFailure(_ body: () throws(FileError) -> Void) -> FileError? {
        do throws(FileError) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test("A file is replaced as a whole, with exactly the permissions asked for", arguments: [0o600, 0o644, 0o666])
    func replace(_ mode: mode_t) throws {
        let path = folder.file("state.toml")
        let permissions = FilePermissions(rawValue: mode)
        try FileSystem.replace(path, by: Array("one".utf8), permissions: permissions)
        #expect(try FileSystem.status(of: path).permissions == permissions)
        let first = FileIdentity(try FileSystem.status(of: path))
        // Who has it open goes on reading the old bytes.
        let reader = try FileDescriptor.open(path, .readOnly)
        defer { try? reader.close() }
        let long = [UInt8](repeating: 7, count: 300_000)
        try FileSystem.replace(path, by: long, permissions: permissions)
        #expect(try FileSystem.read(path) == long)
        #expect(FileIdentity(try FileSystem.status(of: path)) != first)
        #expect(FileIdentity(try reader.stat()) == first)
        try FileSystem.replace(path, by: [], permissions: permissions)
        #expect(try FileSystem.read(path) == [])
        #expect(try FileSystem.names(in: folder.path) == ["state.toml"])
    }

    @Test("A FIFO gets another name, whose old file is gone, or stays as it is")
    func rename() throws {
        try FileSystem.makeFIFO(folder.file("new"), permissions: .ownerReadWrite)
        try FileSystem.replace(folder.file("old"), by: [1], permissions: .ownerReadWrite)
        try FileSystem.rename(folder.file("new"), to: folder.file("old"))
        #expect(try FileSystem.names(in: folder.path) == ["old"])
        #expect(try FileSystem.status(of: folder.file("old")).type == .fifo)
        let missing = fileFailure { () throws(FileError) in
            try FileSystem.rename(folder.file("new"), to: folder.file("old"))
        }
        #expect(missing == FileError(.replace, folder.file("old"), .noSuchFileOrDirectory))
        #expect(try FileSystem.names(in: folder.path) == ["old"])
    }

    @Test("Where a file cannot be replaced, the old one stays and nothing else is left")
    func replacementFails() throws {
        try FileSystem.makeFolder(folder.file("taken"), permissions: .ownerReadWriteExecute)
        let taken = fileFailure { () throws(FileError) in
            try FileSystem.replace(folder.file("taken"), by: [1], permissions: .ownerReadWrite)
        }
        #expect(taken == FileError(.replace, folder.file("taken"), .isDirectory))
        #expect(try FileSystem.names(in: folder.path) == ["taken"])
        let missing = fileFailure { () throws(FileError) in
            try FileSystem.replace(folder.file("none/state"), by: [1], permissions: .ownerReadWrite)
        }
        #expect(missing?.operation == .open && missing?.errno == .noSuchFileOrDirectory)
        let nameless = fileFailure { () throws(FileError) in
            try FileSystem.replace("/", by: [1], permissions: .ownerReadWrite)
        }
        #expect(nameless == FileError(.replace, "/", .invalidArgument))
        #expect(nameless?.description == "cannot replace /: Invalid argument (EINVAL)")
    }

    @Test("A symbolic link is replaced itself")
    func symbolicLink() throws {
        try FileSystem.replace(folder.file("target"), by: [1], permissions: .ownerReadWrite)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link").string, withDestinationPath: folder.file("target").string)
        #expect(try FileSystem.status(of: folder.file("link")).type == .regular)
        #expect(try FileSystem.status(of: folder.file("link"), followsSymbolicLink: false).type == .symbolicLink)
        try FileSystem.replace(folder.file("link"), by: [2], permissions: .ownerReadWrite)
        #expect(try FileSystem.status(of: folder.file("link"), followsSymbolicLink: false).type == .regular)
        #expect(try FileSystem.read(folder.file("target")) == [1])
    }

    @Test("A file that is longer than allowed is not read")
    func limit() throws {
        let path = folder.file("long")
        try FileSystem.replace(path, by: [UInt8](repeating: 0, count: 100), permissions: .ownerReadWrite)
        #expect(try FileSystem.read(path, atMost: 100).count == 100)
        let error = fileFailure { () throws(FileError) in _ = try FileSystem.read(path, atMost: 99) }
        #expect(error == FileError(.read, path, Errno(rawValue: EFBIG)))
        #expect(fileFailure { () throws(FileError) in _ = try FileSystem.read(folder.path) }?.errno == .isDirectory)
    }

    @Test("A FIFO is made and removed, and reading it holds nobody up")
    func fifo() throws {
        let path = folder.file("events")
        try FileSystem.makeFIFO(path, permissions: FilePermissions(rawValue: 0o622))
        let status = try FileSystem.status(of: path)
        #expect(status.type == .fifo && status.permissions.rawValue == 0o622)
        #expect(status.userID.rawValue == geteuid())
        #expect(try FileSystem.read(path) == [])
        let again = fileFailure { () throws(FileError) in
            try FileSystem.makeFIFO(path, permissions: .ownerReadWrite)
        }
        #expect(again == FileError(.make, path, .fileExists))
        try FileSystem.remove(path)
        let gone = fileFailure { () throws(FileError) in try FileSystem.remove(path) }
        #expect(gone == FileError(.remove, path, .noSuchFileOrDirectory))
        let look = fileFailure { () throws(FileError) in _ = try FileSystem.status(of: path) }
        #expect(look == FileError(.look, path, .noSuchFileOrDirectory))
    }

    @Test("Folders are made with those above them, and left alone where they are")
    func folders() throws {
        let path = folder.file("a/b/c")
        try FileSystem.makeFolder(path, permissions: FilePermissions(rawValue: 0o750))
        #expect(try FileSystem.status(of: path).permissions.rawValue == 0o750)
        #expect(try FileSystem.status(of: folder.file("a")).permissions.rawValue == 0o755)
        try FileSystem.makeFolder(path, permissions: FilePermissions(rawValue: 0o700))
        #expect(try FileSystem.status(of: path).permissions.rawValue == 0o750)
        try FileSystem.replace(folder.file("file"), by: [], permissions: .ownerReadWrite)
        for name in ["file", "file/below"] {
            let error = fileFailure { () throws(FileError) in
                try FileSystem.makeFolder(folder.file(name), permissions: .ownerReadWriteExecute)
            }
            #expect(error == FileError(.make, folder.file(name), .notDirectory))
        }
        let empty = fileFailure { () throws(FileError) in try FileSystem.makeFolder("", permissions: .ownerReadWrite) }
        #expect(empty?.errno == .noSuchFileOrDirectory)
    }

    @Test("Permissions are set exactly, whatever the umask is", arguments: [0o000, 0o600, 0o666, 0o777])
    func permissions(_ mode: mode_t) throws {
        let path = folder.file("file")
        let permissions = FilePermissions(rawValue: mode)
        try FileSystem.replace(path, by: [], permissions: .ownerReadWrite)
        try FileSystem.setPermissions(permissions, of: path)
        #expect(try FileSystem.status(of: path).permissions == permissions)
        let missing = fileFailure { () throws(FileError) in
            try FileSystem.setPermissions(permissions, of: folder.file("none"))
        }
        #expect(missing == FileError(.change, folder.file("none"), .noSuchFileOrDirectory))
    }

    @Test("The names in a folder are sorted")
    func names() throws {
        for name in ["b", "a", ".hidden", "größe"] {
            try FileSystem.replace(folder.file(name), by: [], permissions: .ownerReadWrite)
        }
        #expect(try FileSystem.names(in: folder.path) == [".hidden", "a", "b", "größe"])
        for (name, errno) in [("none", Errno.noSuchFileOrDirectory), ("a", .notDirectory)] {
            let error = fileFailure { () throws(FileError) in _ = try FileSystem.names(in: folder.file(name)) }
            #expect(error == FileError(.list, folder.file(name), errno))
        }
    }
}
