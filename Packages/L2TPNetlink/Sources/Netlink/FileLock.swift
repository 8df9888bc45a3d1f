internal import Glibc
public import SystemPackage

/// A lock that one process holds at a time, and which ends with it at the latest (flock(2)).
///
/// It is advisory: it keeps out only who asks for it too. The file stays when the lock ends, for another process may
/// have opened it already; it holds the process identifier of the last holder in decimal, for messages.
public struct FileLock: ~Copyable {
    /// Why a lock could not be had.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Another holds it; its process identifier, nil if the file does not tell.
        case held(FilePath, processID: Int32?)
        /// The file cannot be opened, locked or written.
        case file(FileError)

        /// `cannot lock /run/l2tp-apply.lock: process 1234 holds it`.
        public var description: String {
            switch self {
            case .held(let path, let processID?): "cannot lock \(path): process \(processID) holds it"
            case .held(let path, nil): "cannot lock \(path): another process holds it"
            case .file(let error): error.description
            }
        }
    }

    private let file: FileDescriptor

    /// Takes a lock without waiting for it.
    ///
    /// - Parameters:
    ///   - path: The file, which is made if it is not there; its folder has to be there. A symbolic link is refused.
    ///   - permissions: The permissions of a new file, as far as the umask leaves them.
    /// - Throws: ``Failure``.
    public init(
        _ path: FilePath, permissions: FilePermissions = FilePermissions(rawValue: 0o644)
    ) throws(Failure) {
        file = try Self.lockedFile(path, permissions)
    }

    deinit {
        // Closing ends the lock, for nobody else has the open file.
        try? file.close()
    }

    private enum Attempt {
        case taken(FileDescriptor)
        case held(processID: Int32?)
        /// The name belongs to another file meanwhile.
        case outdated
    }

    private static func lockedFile(
        _ path: FilePath, _ permissions: FilePermissions
    ) throws(Failure) -> FileDescriptor {
        for _ in 0..<16 {
            let attempt: Attempt
            do throws(FileError) {
                attempt = try Self.attempt(path, permissions)
            } catch {
                throw .file(error)
            }
            switch attempt {
            case .taken(let file): return file
            case .held(let processID): throw .held(path, processID: processID)
            case .outdated: continue
            }
        }
        throw .file(FileError(.lock, path, .resourceTemporarilyUnavailable))
    }

    private static func attempt(_ path: FilePath, _ permissions: FilePermissions) throws(FileError) -> Attempt {
        let file = try FileError.wrap(.open, path) {
            try FileDescriptor.open(
                path, .readWrite, options: [.create, .closeOnExec, .noFollow, .nonBlocking], permissions: permissions)
        }
        do throws(FileError) {
            let attempt = try lock(file, path)
            if case .taken = attempt { return attempt }
            try? file.close()
            return attempt
        } catch {
            try? file.close()
            throw error
        }
    }

    private static func lock(_ file: FileDescriptor, _ path: FilePath) throws(FileError) -> Attempt {
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            guard code == EWOULDBLOCK else { throw FileError(.lock, path, Errno(rawValue: code)) }
            return .held(processID: processID(in: file))
        }
        // Whoever removes the file and makes another would lock that one.
        let locked = try FileError.wrap(.look, path) { FileIdentity(try file.stat()) }
        guard let named = try? path.stat(), FileIdentity(named) == locked else { return .outdated }
        _ = try FileError.wrap(.write, path) {
            try file.resize(to: 0)
            return try file.writeAll(toAbsoluteOffset: 0, Array("\(getpid())\n".utf8))
        }
        return .taken(file)
    }

    /// The process identifier in a file; nil if it holds none.
    private static func processID(in file: FileDescriptor) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = try? unsafe bytes.withUnsafeMutableBytes { buffer in
            try unsafe file.read(fromAbsoluteOffset: 0, into: buffer)
        }
        guard let count else { return nil }
        let line = bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }
        return Int32(String(decoding: line, as: UTF8.self)).flatMap { $0 > 0 ? $0 : nil }
    }
}
