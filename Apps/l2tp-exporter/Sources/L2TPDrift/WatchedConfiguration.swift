public import L2TPConfig
internal import L2TPConfigTOML
internal import Netlink
internal import Synchronization
internal import SystemPackage

/// The configuration in files, read again when one of them is not what it was.
///
/// While it has errors, or a file cannot be read, the last one that was good stays.
public final class WatchedConfiguration: Sendable {
    /// What is known of the configuration.
    public struct Reading: Sendable {
        /// The last one without errors; nil if there was none yet.
        public var configuration: Configuration?
        /// Why the files are no configuration now, as one line; nil if they are.
        public var problem: String?
        /// Another number when the configuration is another.
        public var generation = 0
    }

    private struct State {
        var signatures: [FileSignature] = []
        var secrets: [FileSignature] = []
        var reading = Reading()
        var isRead = false
    }

    private let paths: [String]
    private let state = Mutex(State())

    /// The configuration in files and folders, of which `*.toml` counts, as for l2tp-apply(8). Nothing is read yet.
    public init(_ paths: [String]) {
        self.paths = paths
    }

    /// The configuration as it is now. It takes a look at each file, and more only if one has changed.
    public func current() -> Reading {
        state.withLock { state in
            let files: [String]
            do throws(Problem) {
                files = try list()
            } catch {
                state.isRead = false
                state.reading.problem = error.text
                return state.reading
            }
            // Looked at before they are read: what changes meanwhile is read again the next time.
            let signatures = files.map(FileSignature.init)
            if state.isRead, signatures == state.signatures,
                state.secrets.allSatisfy({ $0 == FileSignature($0.path) })
            {
                return state.reading
            }
            let secrets = RecordingSecrets()
            switch Self.read(files, secrets) {
            case .success(let configuration):
                if state.reading.configuration != configuration { state.reading.generation += 1 }
                state.reading.configuration = configuration
                state.reading.problem = nil
            case .failure(let problem):
                state.reading.problem = problem.text
            }
            (state.signatures, state.secrets, state.isRead) = (signatures, secrets.signatures, true)
            return state.reading
        }
    }

    /// The files, those of folders in the order of their names.
    private func list() throws(Problem) -> [String] {
        var files: [String] = []
        for path in paths {
            let folder: [String]?
            do throws(FileError) {
                let isFolder = try FileSystem.status(of: FilePath(path)).type == .directory
                folder = isFolder ? try FileSystem.names(in: FilePath(path)) : nil
            } catch {
                throw Problem(text: error.description)
            }
            guard let folder else {
                files.append(path)
                continue
            }
            let names = ConfigurationFile.names(in: folder)
            guard !names.isEmpty else {
                throw Problem(text: "\(path) holds no file *\(ConfigurationFile.nameEnding)")
            }
            files += names.map { FilePath(path).appending($0).string }
        }
        return files
    }

    private struct Problem: Error {
        var text: String
    }

    private static func read(_ paths: [String], _ secrets: RecordingSecrets) -> Result<Configuration, Problem> {
        var files: [ConfigurationFile] = []
        for path in paths {
            do throws(FileError) {
                files.append(ConfigurationFile(name: path, bytes: try FileSystem.read(FilePath(path))))
            } catch {
                return .failure(Problem(text: error.description))
            }
        }
        let reading = ConfigurationLoader().load(files, secrets: secrets)
        let errors = reading.diagnostics.filter { $0.severity == .error }
        guard let first = errors.first else { return .success(reading.configuration) }
        let others = errors.count > 1 ? "; and \(errors.count - 1) more" : ""
        return .failure(Problem(text: first.description + others))
    }
}
