import CaptureFiles
import CommandLineSupport
import L2TPConfig
import L2TPConfigTOML
import L2TPDecode
import Netlink
import PacketCapture
import SystemPackage

/// Opens what a command line names, for `decode`.
enum CaptureOpening {
    /// A file, `-` for standard input.
    static func open(_ path: String) throws(Failure) -> (descriptor: FileDescriptor, isRegular: Bool) {
        do throws(Errno) {
            guard path != "-" else { return (.standardInput, try isRegular(.standardInput)) }
            let descriptor = try open(FilePath(path))
            return (descriptor, try isRegular(descriptor))
        } catch {
            throw Failure("decode: cannot read \(path): \(error) (\(error.symbol))", .failure)
        }
    }

    private static func open(_ path: FilePath) throws(Errno) -> FileDescriptor {
        do {
            // Reading a folder would only fail later.
            if let folder = try? FileDescriptor.open(path, .readOnly, options: .directory) {
                try folder.close()
                throw Errno.isDirectory
            }
            return try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    /// Whether a descriptor's file can be read again from its start.
    private static func isRegular(_ descriptor: FileDescriptor) throws(Errno) -> Bool {
        (try? descriptor.seek(offset: 0, from: .current)) != nil
    }

    /// What configurations say about sessions.
    static func knownSessions(_ paths: [String], _ report: (String) -> Void) throws(Failure) -> KnownSessions {
        var files: [ConfigurationFile] = []
        let system = SystemConfigurations()
        for path in paths {
            do throws(Errno) {
                var names = [path]
                if let found = try system.names(in: path) {
                    names = ConfigurationFile.names(in: found).map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
                }
                for name in names {
                    let (bytes, isReadableByOthers) = try system.read(name)
                    files.append(
                        ConfigurationFile(
                            name: name == "-" ? "<stdin>" : name, bytes: bytes, isReadableByOthers: isReadableByOthers))
                }
            } catch {
                throw Failure("decode: --config: cannot read \(path): \(error) (\(error.symbol))", .failure)
            }
        }
        let reading = ConfigurationLoader().load(files, secrets: system.secrets)
        let errors = reading.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else {
            for error in errors { report(error.description) }
            throw Failure("decode: --config: the configuration is not valid, so nothing is decoded by it", .failure)
        }
        return KnownSessions(reading.configuration)
    }
}
