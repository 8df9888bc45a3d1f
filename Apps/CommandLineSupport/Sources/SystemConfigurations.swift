public import L2TPConfig
import Netlink
public import SystemPackage

/// Configurations in the file system.
public struct SystemConfigurations: Sendable {
    /// Longer files are none that somebody has written.
    private static let longest = 16 << 20

    /// The file system.
    public init() {}

    /// The names in a folder, sorted; nil if the path is that of a file, or `-`.
    public func names(in path: String) throws(Errno) -> [String]? {
        guard path != "-" else { return nil }
        do throws(FileError) {
            return try FileSystem.status(of: FilePath(path)).type == .directory
                ? try FileSystem.names(in: FilePath(path)) : nil
        } catch {
            throw error.errno
        }
    }

    /// A file's bytes, and whether others than its owner can read it. The path `-` means standard input.
    public func read(_ path: String) throws(Errno) -> (bytes: [UInt8], isReadableByOthers: Bool) {
        do throws(FileError) {
            guard path != "-" else {
                return (try FileDescriptor.standardInput.readAll("-", atMost: Self.longest), false)
            }
            return try FileSystem.readOnceWritten(FilePath(path), atMost: Self.longest)
        } catch {
            throw error.errno
        }
    }

    /// Reads files that configurations name.
    public var secrets: any SecretReader { SystemSecrets() }
}

/// Files with cookies in the file system.
public struct SystemSecrets: SecretReader {
    /// The file system.
    public init() {}

    /// The text of a file, and whether others than its owner can read it.
    public func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
        let path = FilePath(path)
        do throws(FileError) {
            let (bytes, isReadableByOthers) = try FileSystem.readOnceWritten(path, atMost: 4096)
            return (String(decoding: bytes, as: UTF8.self), isReadableByOthers)
        } catch {
            throw SecretError("\(error.errno) (\(error.errno.symbol))")
        }
    }
}

extension FileSystem {
    /// All bytes of a file, and whether others than its owner can read it. What is no regular file is read as `cat` does:
    /// a FIFO without a writer is not empty, but is waited for.
    fileprivate static func readOnceWritten(
        _ path: FilePath, atMost limit: Int
    ) throws(FileError) -> (bytes: [UInt8], isReadableByOthers: Bool) {
        let status = try Self.status(of: path)
        let isReadableByOthers = !status.permissions.isDisjoint(with: [.groupRead, .otherRead])
        guard status.type != .regular else { return (try read(path, atMost: limit), isReadableByOthers) }
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        } catch {
            throw FileError(.open, path, error as? Errno ?? .ioError)
        }
        defer { try? file.close() }
        return (try file.readAll(path, atMost: limit), isReadableByOthers)
    }
}

extension FileDescriptor {
    /// All that comes until the end, also if whoever has opened it does not want to wait for that.
    fileprivate func readAll(_ path: FilePath, atMost limit: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            do throws(Errno) {
                let some = try readSome(atMost: 65536)
                guard !some.isEmpty else { return bytes }
                bytes += some
            } catch {
                guard error == .resourceTemporarilyUnavailable, (try? Readiness.wait(for: [self])) != nil else {
                    throw FileError(.read, path, error)
                }
            }
            guard bytes.count <= limit else { throw FileError(.read, path, .fileTooLarge) }
        }
    }
}
