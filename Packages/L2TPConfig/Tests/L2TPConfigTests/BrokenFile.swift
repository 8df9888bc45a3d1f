import Foundation
import L2TPConfig
import L2TPConfigTOML
import L2TPConfigTestSupport

/// A configuration with errors: `Broken/NAME.toml`, of the form of `BrokenConfiguration`, beside it in `NAME.expected`
/// what is to be said about it.
struct BrokenFile {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Broken")

    /// What is to be said, a line for each finding.
    let expected: String
    private let configuration: BrokenConfiguration

    /// The names of all files with an extension, without it.
    static func names(_ fileExtension: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == fileExtension }.map { $0.deletingPathExtension().lastPathComponent }.sorted()
    }

    init(_ name: String) throws {
        let text = try Data(contentsOf: Self.folder.appending(path: "\(name).toml"))
        expected = try String(contentsOf: Self.folder.appending(path: "\(name).expected"), encoding: .utf8)
        configuration = BrokenConfiguration(Array(text), name: "\(name).toml")
    }

    /// What is said about it.
    var reading: ConfigurationReading {
        let files = configuration.files.map {
            ConfigurationFile(name: $0.name, bytes: $0.bytes, isReadableByOthers: configuration.isReadableByOthers)
        }
        let secrets = FakeSecrets(
            files: configuration.secrets, readableByOthers: configuration.secretsReadableByOthers)
        return ConfigurationLoader().load(files, secrets: secrets)
    }
}
