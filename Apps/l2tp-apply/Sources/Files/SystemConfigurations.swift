import L2TPConfig
import Netlink
import SystemPackage

/// Configurations in the file system.
struct SystemConfigurations: ConfigurationSource {
    /// Longer files are none that somebody has written.
    private static let longest = 16 << 20

    func names(in path: String) throws(Errno) -> [String]? {
        guard path != "-" else { return nil }
        do throws(FileError) {
            return try FileSystem.status(of: FilePath(path)).type == .directory
                ? try FileSystem.names(in: FilePath(path)) : nil
        } catch {
            throw error.errno
        }
    }

    func read(_ path: String) throws(Errno) -> (bytes: [UInt8], isReadableByOthers: Bool) {
        do throws(FileError) {
            guard path != "-" else { return (try FileSystem.readStandardInput(atMost: Self.longest), false) }
            let bytes = try FileSystem.read(FilePath(path), atMost: Self.longest)
            return (bytes, try FileSystem.isReadableByOthers(FilePath(path)))
        } catch {
            throw error.errno
        }
    }

    var secrets: any SecretReader { SystemSecrets() }
}

/// Files with cookies in the file system.
struct SystemSecrets: SecretReader {
    func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
        let path = FilePath(path)
        do throws(FileError) {
            let bytes = try FileSystem.read(path, atMost: 4096)
            return (String(decoding: bytes, as: UTF8.self), try FileSystem.isReadableByOthers(path))
        } catch {
            throw SecretError("\(error.errno) (\(error.errno.symbol))")
        }
    }
}

extension FileSystem {
    /// Whether others than a file's owner can read it.
    fileprivate static func isReadableByOthers(_ path: FilePath) throws(FileError) -> Bool {
        !(try status(of: path).permissions.isDisjoint(with: [.groupRead, .otherRead]))
    }

    /// All of standard input.
    fileprivate static func readStandardInput(atMost limit: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            while case let some = try FileDescriptor.standardInput.readSome(atMost: 65536), !some.isEmpty {
                bytes += some
                guard bytes.count <= limit else { throw Errno.fileTooLarge }
            }
            return bytes
        } catch {
            throw FileError(.read, "-", error as? Errno ?? .ioError)
        }
    }
}
