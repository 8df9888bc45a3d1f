internal import L2TPConfig

/// What must not reach TOMLKit, because it would be cut off in silence, exhaust the stack or end the process there.
///
/// TOMLKit hands the text over as a C string, so that a NUL character ends it, and gets strings back as such too. Its
/// parser (toml++ 3.4) follows dotted keys and frees tables by recursion without a bound, and takes for granted that a
/// key follows the bracket of a header, that no brace closes an array, that lines of an array end with a line feed, and
/// that a time of day follows a date, or nothing.
enum TOMLPrecheck {
    /// How many keys one dotted key may have at most; the longest of the schema has five.
    static let longestKey = 16
    /// How deep arrays and inline tables may be nested at most.
    static let deepestNesting = 32

    /// What is being read.
    private enum State {
        case plain
        case comment
        case string(quote: UInt8, isLong: Bool)
    }

    /// Why a text cannot be parsed, with the offset of the byte; nil if nothing speaks against it.
    ///
    /// Only up to the first error of syntax is the text seen as TOML sees it: later it does not matter.
    static func refusal(of text: Span<UInt8>) -> (offset: Int, message: String)? {
        var state = State.plain
        var dots = 0
        var brackets: [UInt8] = []
        // Whether nothing but blanks came since the line began, so that a bracket begins a header.
        var isLineStart = true
        // Whether the line is that of a header.
        var isHeader = false
        // Whether a key comes or has begun, and where the equals sign behind the last one is.
        var isKey = true
        var keyEnd = -1
        var offset = TextLines.beginsWithMark(text) ? 3 : 0
        while offset < text.count {
            let byte = text[offset]
            if byte == 0 { return (offset, "a NUL character (U+0000) cannot be part of a configuration") }
            switch state {
            case .comment:
                if byte == UInt8(ascii: "\n") {
                    (state, dots, isLineStart, isHeader) = (.plain, 0, true, false)
                    if brackets.isEmpty { isKey = true }
                }
            case .string(let quote, let isLong):
                if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                    if escapesNUL(text, at: offset) {
                        return (offset, "the character U+0000 cannot be part of a string here")
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
                        return (wrong, "syntax error in table header: expected the name of a table")
                    }
                    isHeader = true
                }
                isLineStart = byte == UInt8(ascii: "\n") || isLineStart && isBlank(byte)
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
                    if brackets.last == UInt8(ascii: "{") { isKey = true }
                case UInt8(ascii: "="):
                    if isKey { keyEnd = offset }
                    isKey = false
                case UInt8(ascii: " "):
                    if isBrokenDate(text, before: offset, keyEnd: keyEnd) {
                        return (offset + 1, "syntax error in value: expected a date and time, as 1979-05-27 07:32:00")
                    }
                case UInt8(ascii: "."):
                    dots += 1
                    if dots >= longestKey { return (offset, "the key has more than \(longestKey) parts") }
                case UInt8(ascii: "["), UInt8(ascii: "{"):
                    brackets.append(byte)
                    isKey = isHeader || byte == UInt8(ascii: "{")
                    if brackets.count > deepestNesting {
                        return (offset, "arrays and tables are nested more than \(deepestNesting) deep")
                    }
                case UInt8(ascii: "]"):
                    _ = brackets.popLast()
                    isKey = false
                case UInt8(ascii: "}"):
                    isKey = false
                    if brackets.popLast() == UInt8(ascii: "[") {
                        return (offset, "syntax error in array: expected a value or ']', saw '}'")
                    }
                case UInt8(ascii: "T"), UInt8(ascii: "t"):
                    if !isKey, isDate(text, before: offset), offset + 1 < text.count, !isDigit(text[offset + 1]) {
                        return (offset + 1, "syntax error in value: expected a time of day, as 07:32:00")
                    }
                case 0xc2, 0xe2:
                    if isForeignLineBreak(text, at: offset) {
                        return (offset, "syntax error in text: a line ends with a line feed (U+000A)")
                    }
                default: break
                }
            }
            offset += 1
        }
        return nil
    }

    private static func isTriple(_ quote: UInt8, _ text: Span<UInt8>, at offset: Int) -> Bool {
        offset + 2 < text.count && text[offset + 1] == quote && text[offset + 2] == quote
    }

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

    /// Whether U+0085, U+2028 or U+2029 stands there.
    private static func isForeignLineBreak(_ text: Span<UInt8>, at offset: Int) -> Bool {
        if offset + 1 < text.count, text[offset] == 0xc2 { return text[offset + 1] == 0x85 }
        guard offset + 2 < text.count, text[offset] == 0xe2, text[offset + 1] == 0x80 else { return false }
        return text[offset + 2] == 0xa8 || text[offset + 2] == 0xa9
    }

    /// Whether a space and a digit follow ten characters that toml++ takes for a date without looking closely, and the
    /// digit is the only one, or there are underscores among the ten, of which there may be more than it can go back.
    ///
    /// No TOML has that, unless the equals sign behind a key is one of the ten.
    private static func isBrokenDate(_ text: Span<UInt8>, before space: Int, keyEnd: Int) -> Bool {
        guard space + 1 < text.count, isDigit(text[space + 1]) else { return false }
        var hasUnderscore = false
        var count = 0
        var offset = space
        while count < 10 {
            offset -= 1
            guard offset >= 0, offset != keyEnd else { return false }
            let byte = text[offset]
            // Underscores do not count, and neither do the later bytes of a character.
            if byte == UInt8(ascii: "_") { hasUnderscore = true }
            if byte == UInt8(ascii: "_") || byte & 0xc0 == 0x80 { continue }
            count += 1
            switch byte {
            case 9...13, UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "+"):
                return false
            case UInt8(ascii: "-"): if count == 10 { return false }
            default: if count == 3 || count == 6 || count == 10 && !isDigit(byte) { return false }
            }
        }
        return hasUnderscore || space + 2 == text.count || !isDigit(text[space + 2])
    }

    /// Whether the ten bytes before an offset are digits and dashes as in 1979-05-27.
    private static func isDate(_ text: Span<UInt8>, before end: Int) -> Bool {
        guard end >= 10 else { return false }
        return (0..<10).allSatisfy { index in
            let byte = text[end - 10 + index]
            return index == 4 || index == 7 ? byte == UInt8(ascii: "-") : isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

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
