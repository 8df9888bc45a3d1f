/// Writes JSON in the two layouts of ip: all on one line, or indented by four blanks.
struct JSONWriter {
    private let pretty: Bool
    private(set) var text = ""
    private var depth = 0
    /// Whether the innermost array or object has a member already.
    private var hasMember = false

    init(pretty: Bool) {
        self.pretty = pretty
    }

    /// An array whose elements `body` writes.
    mutating func array(_ body: (inout Self) -> Void) {
        begin("[")
        if pretty { text += " " }
        body(&self)
        if pretty, hasMember { text += " " }
        // An array ends on the line of its last element.
        depth -= 1
        text += "]"
        hasMember = true
    }

    /// A member that is an array whose elements `body` writes.
    mutating func array(_ key: String, _ body: (inout Self) -> Void) {
        name(key)
        array(body)
    }

    /// An object whose members `body` writes.
    mutating func object(_ body: (inout Self) -> Void) {
        begin("{")
        body(&self)
        depth -= 1
        if hasMember { breakLine() }
        text += "}"
        hasMember = true
    }

    /// A member that is an object.
    mutating func member(_ key: String, _ body: (inout Self) -> Void) {
        name(key)
        object(body)
    }

    mutating func member(_ key: String, _ value: some BinaryInteger) {
        name(key)
        text += String(value)
        hasMember = true
    }

    /// A member whose value is written as it stands: a number.
    mutating func member(_ key: String, literal value: String) {
        name(key)
        text += value
        hasMember = true
    }

    mutating func member(_ key: String, _ value: Bool) {
        name(key)
        text += value ? "true" : "false"
        hasMember = true
    }

    mutating func member(_ key: String, _ value: String) {
        name(key)
        quote(value)
        hasMember = true
    }

    private mutating func begin(_ bracket: String) {
        separate()
        text += bracket
        depth += 1
    }

    private mutating func name(_ key: String) {
        separate()
        breakLine()
        quote(key)
        text += pretty ? ": " : ":"
    }

    /// Puts a comma before every member but the first of its array or object.
    private mutating func separate() {
        if hasMember { text += "," }
        hasMember = false
    }

    private mutating func breakLine() {
        guard pretty else { return }
        text += "\n" + String(repeating: "    ", count: depth)
    }

    private mutating func quote(_ value: String) {
        text += "\""
        for character in value.unicodeScalars {
            switch character {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            case "\u{0}"..."\u{1f}":
                text += "\\u00" + (character.value < 16 ? "0" : "") + String(character.value, radix: 16)
            default: text.unicodeScalars.append(character)
            }
        }
        text += "\""
    }
}
