internal import L2TPConfig

/// Finds keys and values in a TOML text that TOMLKit has accepted. What it does not understand ends it.
struct TOMLScanner {
    /// One part of a dotted key.
    struct Key {
        /// The key, without quotation marks and escapes.
        var text: String
        /// Offset of its first byte, the quotation mark included.
        var offset: Int
    }

    /// What stands at the outermost level.
    enum Statement {
        /// The header of a table, or of a member of an array of tables, with the offset of its bracket.
        case header([Key], isArray: Bool, offset: Int)
        /// A key, up to the value, which is to be read next.
        case assignment([Key])
    }

    private let bytes: [UInt8]
    /// Offset of the byte that comes next.
    private(set) var offset: Int

    /// A scanner at the beginning of a text in UTF-8.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = TextLines.beginsWithMark(bytes.span) ? 3 : 0
    }

    /// The byte that comes next, 0 at the end.
    var current: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    /// The next statement; nil at the end.
    mutating func nextStatement() -> Statement? {
        skipBlank(acrossLines: true)
        let start = offset
        guard current == UInt8(ascii: "[") else { return readAssignment().map(Statement.assignment) }
        offset += 1
        let isArray = current == UInt8(ascii: "[")
        if isArray { offset += 1 }
        skipBlank(acrossLines: false)
        guard let keys = readKeys() else { return nil }
        for _ in 0..<(isArray ? 2 : 1) {
            guard current == UInt8(ascii: "]") else { return nil }
            offset += 1
        }
        return .header(keys, isArray: isArray, offset: start)
    }

    /// A key with its equals sign, up to the value.
    mutating func readAssignment() -> [Key]? {
        guard let keys = readKeys(), current == UInt8(ascii: "=") else { return nil }
        offset += 1
        skipBlank(acrossLines: false)
        return keys
    }

    /// Reads an array or an inline table: each member by `read`. Says whether all was understood.
    mutating func readMembers(closedBy end: UInt8, _ read: (inout Self) -> Bool) -> Bool {
        offset += 1
        while true {
            skipBlank(acrossLines: true)
            if current == end {
                offset += 1
                return true
            }
            guard read(&self) else { return false }
            skipBlank(acrossLines: true)
            if current == UInt8(ascii: ",") {
                offset += 1
            } else if current != end {
                return false
            }
        }
    }

    /// Skips a value that is neither array nor table; says whether there is one.
    mutating func skipScalar() -> Bool {
        let start = offset
        if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") { return skipString() }
        while offset < bytes.count {
            switch current {
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "\n"):
                return offset > start
            default: offset += 1
            }
        }
        return offset > start
    }

    // MARK: - Parts

    /// Skips spaces and tabs; `acrossLines` line ends and comments too.
    private mutating func skipBlank(acrossLines: Bool) {
        while offset < bytes.count {
            switch current {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): offset += 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                guard acrossLines else { return }
                offset += 1
            case UInt8(ascii: "#"):
                guard acrossLines else { return }
                while offset < bytes.count, current != UInt8(ascii: "\n") { offset += 1 }
            default: return
            }
        }
    }

    private mutating func readKeys() -> [Key]? {
        var keys: [Key] = []
        while true {
            guard let key = readKey() else { return nil }
            keys.append(key)
            skipBlank(acrossLines: false)
            guard current == UInt8(ascii: ".") else { return keys }
            offset += 1
            skipBlank(acrossLines: false)
        }
    }

    private mutating func readKey() -> Key? {
        let start = offset
        if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
            let isBasic = current == UInt8(ascii: "\"")
            guard skipString(isKey: true) else { return nil }
            let content = bytes[start + 1..<offset - 1]
            return Key(
                text: isBasic ? Self.unescaped(content) : String(decoding: content, as: UTF8.self), offset: start)
        }
        while offset < bytes.count, ConfigurationPath.isBare(current) { offset += 1 }
        return offset > start ? Key(text: String(decoding: bytes[start..<offset], as: UTF8.self), offset: start) : nil
    }

    /// Skips a string of any of the four kinds; a key is never of several lines.
    private mutating func skipString(isKey: Bool = false) -> Bool {
        let quote = current
        let isLong = !isKey && isTriple(quote)
        offset += isLong ? 3 : 1
        while offset < bytes.count {
            if current == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                offset += 2
            } else if current != quote {
                offset += 1
            } else if !isLong {
                offset += 1
                return true
            } else if isTriple(quote) {
                offset += 3
                // Up to two quotation marks more belong to the string.
                for _ in 0..<2 where current == quote { offset += 1 }
                return true
            } else {
                offset += 1
            }
        }
        offset = bytes.count
        return false
    }

    private func isTriple(_ quote: UInt8) -> Bool {
        offset + 2 < bytes.count && bytes[offset...offset + 2].allSatisfy { $0 == quote }
    }

    /// The text that a basic string stands for.
    private static func unescaped(_ content: ArraySlice<UInt8>) -> String {
        guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
        var text: [UInt8] = []
        var rest = content
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
                text.append(byte)
                continue
            }
            switch letter {
            case UInt8(ascii: "b"): text.append(8)
            case UInt8(ascii: "t"): text.append(9)
            case UInt8(ascii: "n"): text.append(10)
            case UInt8(ascii: "f"): text.append(12)
            case UInt8(ascii: "r"): text.append(13)
            case UInt8(ascii: "u"), UInt8(ascii: "U"):
                let digits = rest.prefix(letter == UInt8(ascii: "u") ? 4 : 8)
                rest = rest.dropFirst(digits.count)
                let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
                if let scalar = number.flatMap(Unicode.Scalar.init) { text += Array(String(scalar).utf8) }
            default: text.append(letter)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
