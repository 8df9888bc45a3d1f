import Foundation
import L2TPConfig
import L2TPConfigTOML
import L2TPConfigTestSupport
import Testing

/// The files below docs.
enum Documents {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs")

    /// The text of a file.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// The names of the examples.
    static func examples() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "examples").path)
            .filter { $0.hasSuffix(".toml") }.sorted()
    }

    /// The configuration of an example, about which there is nothing to say.
    static func example(_ name: String) throws -> Configuration {
        try configuration(try text("examples/\(name)"), name)
    }

    /// The configuration of a text, about which there is nothing to say.
    static func configuration(_ text: String, _ name: String) throws -> Configuration {
        let file = ConfigurationFile(name: name, text: text)
        let reading = ConfigurationLoader().load([file], secrets: NoSecrets())
        #expect(reading.diagnostics.map(\.description) == [])
        return reading.configuration
    }
}
