internal import L2TPConfig

/// What must not reach TOMLKit, because it would be cut off in silence, exhaust the stack or end the process there.
///
/// TOMLKit hands the text over as a C string, so that a NUL character ends it, and gets strings back as such too. Its
/// parser (toml++ 3.4) follows dotted keys and frees tables by recursion without a bound, and takes for granted that a
/// key follows the bracket of a header, that no brace closes an array, that lines of an array end with a line feed, and
/// much of what begins with a digit (see `endOfNumber(in:at:)`).
enum TOMLPrecheck {
    /// How many keys one dotted key may have at most; the longest of the schema has five.
    static let longestKey = 16
    /// How deep arrays and inline tables may be nested at most.
    static let deepestNesting = 32

    /// What a text is to have in quotation marks.
    static let remedy = "a text, as a cookie or an address, stands in quotation marks (\")"

    /// Why a text is not to be parsed.
    struct Refusal: Error {
        /// The offset of the byte that speaks against it.
        var offset: Int
        /// What is wrong, in one line.
        var message: String

        init(_ offset: Int, _ message: String) {
            self.offset = offset
            self.message = message
        }
    }

    /// What is being read.
    private enum State {
        case plain
        case comment
        case string(quote: UInt8, isLong: Bool)
    }

    /// Throws why a text is not to be parsed, if something speaks against it.
    ///
    /// Only up to the first error of syntax is the text seen as TOML sees it: later it does not matter.
    static func check(_ text: Span<UInt8>) throws(Refusal) {
        var state = State.plain
        var dots = 0
        var brackets: [UInt8] = []
        // Whether nothing but blanks came since the line began, so that a bracket begins a header.
        var isLineStart = true
        // Whether the line is that of a header.
        var isHeader = false
        // Whether a key comes or has begun.
        var isKey = true
        // Whether a value comes next.
        var isValue = false
        var offset = TextLines.beginsWithMark(text) ? 3 : 0
        while offset < text.count {
            let byte = text[offset]
            if byte == 0 { throw Refusal(offset, "a NUL character (U+0000) cannot be part of a configuration") }
            switch state {
            case .comment:
                if byte == UInt8(ascii: "\n") {
                    (state, dots, isLineStart, isHeader) = (.plain, 0, true, false)
                    if brackets.isEmpty { isKey = true }
                }
            case .string(let quote, let isLong):
                if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                    if escapesNUL(text, at: offset) {
                        throw Refusal(offset, "the character U+0000 cannot be part of a string here")
                    }
                    if offset + 1 < text.count, text[offset + 1] == byte || text[offset + 1] == quote { offset += 1 }
                } else if byte == quote {
                    if !isLong {
                        state = .plain
                    } else if isTriple(quote, text, at: offset) {
                        offset += 2
                        // Up to two quotation marks more belong to the string.
                        while offset + 1 < text.count, text[offset + 1] == quote { offset += 1 }
                        state = .plain
                    }
                } else if byte == UInt8(ascii: "\n"), !isLong {
                    (state, dots, isLineStart, isHeader) = (.plain, 0, true, false)
                    if brackets.isEmpty { isKey = true }
                }
            case .plain:
                if byte == UInt8(ascii: "["), isLineStart, brackets.isEmpty {
                    if let wrong = notAKey(text, inHeaderAt: offset) {
                        throw Refusal(wrong, "syntax error in table header: expected the name of a table")
                    }
                    isHeader = true
                }
                isLineStart = byte == UInt8(ascii: "\n") || isLineStart && isBlank(byte)
                if isValue, !isBlank(byte), !isLineEnd(byte), byte != UInt8(ascii: "#") {
                    isValue = false
                    if !isForeignLineBreak(text, at: offset), byte < 0x20 || byte > 0x7e {
                        let saw = character(of: text, at: offset)
                        throw Refusal(offset, "syntax error in value: it cannot begin with \(saw); \(remedy)")
                    }
                    if isDigit(byte) {
                        offset = try endOfNumber(in: text, at: offset)
                        continue
                    }
                }
                switch byte {
                case UInt8(ascii: "#"): state = .comment
                case UInt8(ascii: "\""), UInt8(ascii: "'"):
                    let isLong = isTriple(byte, text, at: offset)
                    if isLong { offset += 2 }
                    state = .string(quote: byte, isLong: isLong)
                case UInt8(ascii: "\n"):
                    (dots, isHeader) = (0, false)
                    if brackets.isEmpty { isKey = true }
                case UInt8(ascii: ","):
                    dots = 0
                    isKey = brackets.last == UInt8(ascii: "{")
                    isValue = !isKey
                case UInt8(ascii: "="):
                    isValue = isKey
                    isKey = false
                case UInt8(ascii: "."):
                    dots += 1
                    if dots >= longestKey { throw Refusal(offset, "the key has more than \(longestKey) parts") }
                case UInt8(ascii: "["), UInt8(ascii: "{"):
                    brackets.append(byte)
                    isKey = isHeader || byte == UInt8(ascii: "{")
                    isValue = !isKey
                    if brackets.count > deepestNesting {
                        throw Refusal(offset, "arrays and tables are nested more than \(deepestNesting) deep")
                    }
                case UInt8(ascii: "]"):
                    _ = brackets.popLast()
                    isKey = false
                case UInt8(ascii: "}"):
                    isKey = false
                    if brackets.popLast() == UInt8(ascii: "[") {
                        throw Refusal(offset, "syntax error in array: expected a value or ']', saw '}'")
                    }
                case 0xc2, 0xe2:
                    if isForeignLineBreak(text, at: offset) {
                        throw Refusal(offset, "syntax error in text: a line ends with a line feed (U+000A)")
                    }
                default: break
                }
            }
            offset += 1
        }
    }

    private static func isTriple(_ quote: UInt8, _ text: Span<UInt8>, at offset: Int) -> Bool {
        offset + 2 < text.count && text[offset + 1] == quote && text[offset + 2] == quote
    }

    /// Whether a line ends there, or a carriage return that stands before its end.
    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// Where something stands in a header whose bracket is at an offset, instead of a key; nil if TOMLKit can be asked.
    private static func notAKey(_ text: Span<UInt8>, inHeaderAt start: Int) -> Int? {
        var offset = start + 1
        if offset < text.count, text[offset] == UInt8(ascii: "[") { offset += 1 }
        while offset < text.count, isBlank(text[offset]) { offset += 1 }
        guard offset < text.count else { return nil }
        switch text[offset] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"): return nil
        case let byte: return ConfigurationPath.isBare(byte) ? nil : offset
        }
    }

    /// The character that begins at an offset, as a finding names it.
    static func character(of text: Span<UInt8>, at offset: Int) -> String {
        var bytes: [UInt8] = []
        for index in offset..<min(offset + 4, text.count) { bytes.append(text[index]) }
        guard let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else { return "the end" }
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        default: return scalar == "'" ? "\"'\"" : "'\(scalar)'"
        }
    }

    /// Whether U+0085, U+2028 or U+2029 stands there.
    static func isForeignLineBreak(_ text: Span<UInt8>, at offset: Int) -> Bool {
        if offset + 1 < text.count, text[offset] == 0xc2 { return text[offset + 1] == 0x85 }
        guard offset + 2 < text.count, text[offset] == 0xe2, text[offset + 1] == 0x80 else { return false }
        return text[offset + 2] == 0xa8 || text[offset + 2] == 0xa9
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Whether `\u0000` or `\U00000000` stands there.
    private static func escapesNUL(_ text: Span<UInt8>, at offset: Int) -> Bool {
        guard offset + 1 < text.count else { return false }
        let digits =
            switch text[offset + 1] {
            case UInt8(ascii: "u"): 4
            case UInt8(ascii: "U"): 8
            default: 0
            }
        guard digits > 0, offset + 1 + digits < text.count else { return false }
        return (offset + 2..<offset + 2 + digits).allSatisfy { text[$0] == UInt8(ascii: "0") }
    }
}
