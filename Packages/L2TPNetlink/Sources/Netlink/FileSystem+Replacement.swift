internal import Glibc
public import SystemPackage

extension FileSystem {
    /// Puts a file with other bytes in the place of one, which need not be there: who opens the name finds the old bytes
    /// or the new ones, and nothing else, also after a power failure.
    ///
    /// The bytes go to a new file in the same folder, named `.NAME.` and 16 hexadecimal digits, which is written to
    /// the disk and then renamed. A process that is killed meanwhile may leave that behind. A symbolic link of that name
    /// is replaced itself.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - bytes: What it is to hold.
    ///   - permissions: Its permissions, exactly, whatever the umask is. Nobody can open it with wider ones before.
    /// - Throws: ``FileError`` with operation `open`, `write` or `replace`. The old file is there then; only after a
    ///   failure to write the folder to the disk (operation `write` with the folder's path) it is the new one.
    public static func replace(
        _ path: FilePath, by bytes: [UInt8], permissions: FilePermissions
    ) throws(FileError) {
        guard let name = path.lastComponent else { throw FileError(.replace, path, .invalidArgument) }
        let parent = path.removingLastComponent()
        let folder = parent.isEmpty ? FilePath(".") : parent
        let (temporary, file) = try openNew(beside: name, in: folder)
        do throws(FileError) {
            defer { try? file.close() }
            try fill(file, temporary, bytes, permissions)
        } catch {
            try? remove(temporary)
            throw error
        }
        do throws(FileError) {
            try rename(temporary, to: path)
        } catch {
            try? remove(temporary)
            throw error
        }
        try synchronize(folder)
    }

    /// A new file that only its owner can open, under a name that nothing has.
    private static func openNew(
        beside name: FilePath.Component, in folder: FilePath
    ) throws(FileError) -> (FilePath, FileDescriptor) {
        for _ in 0..<16 {
            let number = String(UInt64.random(in: .min ... .max), radix: 16)
            let padding = String(repeating: "0", count: 16 - number.count)
            let path = folder.appending(".\(name).\(padding)\(number)")
            do throws(FileError) {
                let file = try FileError.wrap(.open, path) {
                    try FileDescriptor.open(
                        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow],
                        permissions: .ownerReadWrite)
                }
                return (path, file)
            } catch  where error.errno == .fileExists {
                continue
            }
        }
        throw FileError(.open, folder.appending(name), .fileExists)
    }

    private static func fill(
        _ file: FileDescriptor, _ path: FilePath, _ bytes: [UInt8], _ permissions: FilePermissions
    ) throws(FileError) {
        _ = try FileError.wrap(.write, path) { try file.writeAll(bytes) }
        try FileError.check(.write, path, fchmod(file.rawValue, permissions.rawValue), errno)
        try FileError.check(.write, path, fsync(file.rawValue), errno)
    }

    /// Writes the names of a folder to the disk.
    private static func synchronize(_ folder: FilePath) throws(FileError) {
        let file = try FileError.wrap(.write, folder) {
            try FileDescriptor.open(folder, .readOnly, options: [.closeOnExec, .directory])
        }
        defer { try? file.close() }
        try FileError.check(.write, folder, fsync(file.rawValue), errno)
    }
}
