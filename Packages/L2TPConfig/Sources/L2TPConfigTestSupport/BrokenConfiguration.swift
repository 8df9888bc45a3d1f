/// A configuration with errors, as the text of a test has it.
///
/// Comments that begin with `#:` say what does not stand in the text:
/// - `#: file NAME` ends a file and begins the next, whose first line is the one below;
/// - `#: readable` makes the file readable by others;
/// - `#: secret PATH TEXT` and `#: readable-secret PATH TEXT` make a file with a secret, where `\n` is a newline.
public struct BrokenConfiguration: Hashable, Sendable {
    /// A file of it.
    public struct File: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// What is in it.
        public var bytes: [UInt8]
    }

    /// The files, in the order of the text.
    public private(set) var files: [File] = []
    /// Whether others can read them.
    public private(set) var isReadableByOthers = false
    /// The files with secrets, by their names.
    public private(set) var secrets: [String: String] = [:]
    /// Those of them that others can read.
    public private(set) var secretsReadableByOthers: Set<String> = []

    /// Reads the text of a test; `name` is that of its first file.
    public init(_ text: [UInt8], name: String) {
        var current = File(name: name, bytes: [])
        for line in Self.lines(of: text) {
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
                current = File(name: word(2), bytes: [])
                continue
            case "readable": isReadableByOthers = true
            case "secret": secrets[word(2)] = word(3)
            case "readable-secret":
                secrets[word(2)] = word(3)
                secretsReadableByOthers.insert(word(2))
            default: break
            }
            current.bytes += line
        }
        files.append(current)
    }

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
