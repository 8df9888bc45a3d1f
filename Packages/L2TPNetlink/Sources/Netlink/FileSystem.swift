internal import Glibc
public import SystemPackage

/// What a program does to files and folders of its own, with errors that name the path.
public enum FileSystem {
    /// All bytes of a file.
    ///
    /// - Parameters:
    ///   - path: The file. A FIFO or device does not hold the caller up: it is read as far as it has something.
    ///   - limit: The most bytes that are allowed.
    /// - Returns: The bytes.
    /// - Throws: ``FileError`` with operation `open` or `read`; `EFBIG` if the file is longer.
    public static func read(_ path: FilePath, atMost limit: Int = 16 << 20) throws(FileError) -> [UInt8] {
        let file = try FileError.wrap(.open, path) {
            try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
        }
        defer { try? file.close() }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = try FileError.wrap(.read, path) {
                try unsafe chunk.withUnsafeMutableBytes { buffer in try unsafe file.read(into: buffer) }
            }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw FileError(.read, path, Errno(rawValue: EFBIG)) }
        }
    }

    /// Removes the name of a file, a FIFO or a symbolic link, not a folder. The C function is `unlink`.
    ///
    /// Throws ``FileError`` with operation `remove`; `ENOENT` if there is none.
    public static func remove(_ path: FilePath) throws(FileError) {
        let code = unsafe path.withPlatformString { name in unsafe unlink(name) == 0 ? 0 : errno }
        try FileError.check(.remove, path, code == 0 ? 0 : -1, code)
    }

    /// Gives a file another name, at which nothing is missing in between if it was another's. The C function is `rename`.
    ///
    /// - Parameters:
    ///   - path: The file, FIFO or symbolic link.
    ///   - newPath: Its name from now on, in the same file system; what has it loses it.
    /// - Throws: ``FileError`` with operation `replace` and the new name.
    public static func rename(_ path: FilePath, to newPath: FilePath) throws(FileError) {
        let code = unsafe path.withPlatformString { old in
            unsafe newPath.withPlatformString { new in unsafe Glibc.rename(old, new) == 0 ? 0 : errno }
        }
        try FileError.check(.replace, newPath, code == 0 ? 0 : -1, code)
    }

    /// Makes a FIFO with exactly these permissions, whatever the umask is. The C function is `mkfifo`.
    ///
    /// Throws ``FileError`` with operation `make`; `EEXIST` if the name is taken, by whatever.
    public static func makeFIFO(_ path: FilePath, permissions: FilePermissions) throws(FileError) {
        let code = unsafe path.withPlatformString { name in
            unsafe mkfifo(name, permissions.rawValue) == 0 && chmod(name, permissions.rawValue) == 0 ? 0 : errno
        }
        try FileError.check(.make, path, code == 0 ? 0 : -1, code)
    }

    /// Makes a folder with exactly these permissions, and those above it that are missing with the usual ones, as
    /// `mkdir -p` does. One that is there is left as it is.
    ///
    /// Throws ``FileError`` with operation `make`; `ENOTDIR` if the name is taken by something else.
    public static func makeFolder(_ path: FilePath, permissions: FilePermissions) throws(FileError) {
        var code = make(folder: path, permissions)
        if code == ENOENT {
            let parent = path.removingLastComponent()
            guard !parent.isEmpty, parent != path else { throw FileError(.make, path, .noSuchFileOrDirectory) }
            try makeFolder(parent, permissions: FilePermissions(rawValue: 0o755))
            code = make(folder: path, permissions)
        }
        if code == EEXIST {
            guard try status(of: path).type == .directory else { throw FileError(.make, path, .notDirectory) }
            code = 0
        }
        try FileError.check(.make, path, code == 0 ? 0 : -1, code)
    }

    private static func make(folder path: FilePath, _ permissions: FilePermissions) -> CInt {
        unsafe path.withPlatformString { name in
            unsafe mkdir(name, permissions.rawValue) == 0 && chmod(name, permissions.rawValue) == 0 ? 0 : errno
        }
    }

    /// The names in a folder but for `.` and `..`, sorted.
    ///
    /// Throws ``FileError`` with operation `list`; `ENOENT` if there is no such folder.
    public static func names(in folder: FilePath) throws(FileError) -> [String] {
        switch SystemFiles.names(in: folder) {
        case .success(let names): return names
        case .failure(let errno): throw FileError(.list, folder, errno)
        }
    }

    /// What a file is: its type, permissions, owner and size. The C functions are `stat` and `lstat`.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - followsSymbolicLink: Whether it is what a symbolic link leads to, or the link itself.
    /// - Returns: The kernel's `struct stat`.
    /// - Throws: ``FileError`` with operation `look`; `ENOENT` if there is none.
    public static func status(of path: FilePath, followsSymbolicLink: Bool = true) throws(FileError) -> Stat {
        try FileError.wrap(.look, path) { try path.stat(followTargetSymlink: followsSymbolicLink) }
    }
}
