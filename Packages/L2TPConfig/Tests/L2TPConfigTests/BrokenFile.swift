import Foundation
import L2TPConfig
import L2TPConfigTOML

/// A configuration with errors: `Broken/NAME.toml`, beside it in `NAME.expected` what is to be said about it.
///
/// Comments that begin with `#:` say what does not stand in the text:
/// - `#: file NAME` ends a file and begins the next, whose first line is the one below;
/// - `#: readable` makes the file readable by others;
/// - `#: secret PATH TEXT` and `#: readable-secret PATH TEXT` make a file with a secret, where `\n` is a newline.
struct BrokenFile {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Broken")

    /// What stands before the extension.
    let name: String
    /// The files, in the order of the text.
    let files: [ConfigurationFile]
    /// The files with secrets.
    let secrets: FakeSecrets
    /// What is to be said, a line for each finding.
    let expected: String

    /// The names of all files with an extension, without it.
    static func names(_ fileExtension: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == fileExtension }.map { $0.deletingPathExtension().lastPathComponent }.sorted()
    }

    init(_ name: String) throws {
        self.name = name
        let text = try Data(contentsOf: Self.folder.appending(path: "\(name).toml"))
        expected = try String(contentsOf: Self.folder.appending(path: "\(name).expected"), encoding: .utf8)

        var files: [(name: String, bytes: [UInt8])] = []
        var current: (name: String, bytes: [UInt8]) = ("\(name).toml", [])
        var isReadable = false
        var secrets = FakeSecrets()
        for line in Self.lines(of: Array(text)) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 3)
            guard words.first == "#:", words.count >= 2 else {
                current.bytes += line
                continue
            }
            func word(_ index: Int) -> String {
                guard index < words.count else { return "" }
                let end = String(words[index].hasSuffix("\n") ? words[index].dropLast() : words[index])
                return end.replacing("\\n", with: "\n")
            }
            switch word(1) {
            case "file":
                if !current.bytes.isEmpty { files.append(current) }
                current = (word(2), [])
                continue
            case "readable": isReadable = true
            case "secret": secrets.files[word(2)] = word(3)
            case "readable-secret":
                secrets.files[word(2)] = word(3)
                secrets.readableByOthers.insert(word(2))
            default: break
            }
            current.bytes += line
        }
        files.append(current)
        self.files = files.map { ConfigurationFile(name: $0.name, bytes: $0.bytes, isReadableByOthers: isReadable) }
        self.secrets = secrets
    }

    /// What is said about it.
    var reading: ConfigurationReading { ConfigurationLoader().load(files, secrets: secrets) }

    /// The lines of a text, each with its end.
    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            lines.append(bytes[start...offset])
            start = offset + 1
        }
        return start < bytes.count ? lines + [bytes[start...]] : lines
    }
}
