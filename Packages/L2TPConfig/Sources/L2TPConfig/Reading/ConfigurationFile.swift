/// One file of a configuration, as it was read.
public struct ConfigurationFile: Sendable {
    /// What the names of configuration files in a folder end with.
    public static let nameEnding = ".toml"

    /// How to call it in findings; relative paths of other files within are meant from its folder.
    public var name: String
    /// Its text.
    public var text: String
    /// Whether others than its owner can read it, so that it should not hold cookies.
    public var isReadableByOthers: Bool
    /// Where its bytes are not UTF-8; nil if they are.
    public var invalidEncoding: SourcePosition?

    /// A file with a text.
    public init(name: String, text: String, isReadableByOthers: Bool = false) {
        self.name = name
        self.text = text
        self.isReadableByOthers = isReadableByOthers
    }

    /// A file with its bytes, which should be UTF-8; ``ConfigurationLoader`` says so if they are not.
    public init(name: String, bytes: [UInt8], isReadableByOthers: Bool = false) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self.init(name: name, text: text, isReadableByOthers: isReadableByOthers)
            return
        }
        self.init(name: name, text: String(decoding: bytes, as: UTF8.self), isReadableByOthers: isReadableByOthers)
        // Up to the first damage, the text repaired has the same bytes.
        let offset = zip(text.utf8, bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        invalidEncoding = TextLines(text).position(of: offset ?? bytes.count)
    }

    /// Those names in a folder that are configuration files', in the same order: hidden files, and what has another ending,
    /// are none.
    ///
    /// A folder without any is to be taken for a wrong one, or for one that is not mounted: it does not say that nothing
    /// is to exist.
    public static func names(in folder: [String]) -> [String] {
        folder.filter { $0.hasSuffix(nameEnding) && !$0.hasPrefix(".") }
    }
}
