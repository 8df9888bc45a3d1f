/// Which part of a configuration is meant: its keys from the outermost to the innermost, as
/// `tunnel`, `hq`, `session`, `lan`, `cookie`.
public struct ConfigurationPath: Hashable, Sendable, CustomStringConvertible {
    /// The keys; a number in brackets, as `[2]`, stands for a member of an array, from 0.
    public var keys: [String]

    /// A path of those keys; none means the whole file.
    public init(_ keys: [String] = []) {
        self.keys = keys
    }

    /// The path of what stands below a key.
    public func appending(_ keys: String...) -> Self {
        Self(self.keys + keys)
    }

    /// The keys between dots, those in quotation marks that TOML wants so: `tunnel.hq.session."a b".cookie`.
    public var description: String {
        keys.enumerated().reduce(into: "") { text, key in
            let isMember = Self.isMember(key.element)
            if key.offset > 0, !isMember { text += "." }
            text += isMember || Self.isBare(key.element) ? key.element : Self.quoted(key.element)
        }
    }

    /// A key in quotation marks, with escapes where TOML wants them, so that it stays in one line.
    public static func quoted(_ key: String) -> String {
        var text = "\""
        for scalar in key.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\t": text += "\\t"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case _
            where scalar.properties.generalCategory == .control
                || scalar.properties.generalCategory == .lineSeparator
                || scalar.properties.generalCategory == .paragraphSeparator:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    /// Whether a key stands for a member of an array.
    private static func isMember(_ key: String) -> Bool {
        key.utf8.first == UInt8(ascii: "[") && key.utf8.last == UInt8(ascii: "]") && key.utf8.count > 2
            && key.utf8.dropFirst().dropLast().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Whether TOML takes a key without quotation marks.
    public static func isBare(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.allSatisfy(isBare)
    }

    /// Whether a byte can stand in a key without quotation marks.
    package static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
