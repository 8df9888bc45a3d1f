/// What must not reach TOMLKit, because it would be cut off in silence or exhaust the stack there.
///
/// TOMLKit hands the text over as a C string, so that a NUL character ends it, and gets strings back as such too. Its
/// parser follows dotted keys and frees tables by recursion without a bound.
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
        var depth = 0
        var offset = 0
        while offset < text.count {
            let byte = text[offset]
            if byte == 0 { return (offset, "a NUL character (U+0000) cannot be part of a configuration") }
            switch state {
            case .comment:
                if byte == UInt8(ascii: "\n") { (state, dots) = (.plain, 0) }
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
                    (state, dots) = (.plain, 0)
                }
            case .plain:
                switch byte {
                case UInt8(ascii: "#"): state = .comment
                case UInt8(ascii: "\""), UInt8(ascii: "'"):
                    let isLong = isTriple(byte, text, at: offset)
                    if isLong { offset += 2 }
                    state = .string(quote: byte, isLong: isLong)
                case UInt8(ascii: "\n"), UInt8(ascii: ","): dots = 0
                case UInt8(ascii: "."):
                    dots += 1
                    if dots >= longestKey { return (offset, "the key has more than \(longestKey) parts") }
                case UInt8(ascii: "["), UInt8(ascii: "{"):
                    depth += 1
                    if depth > deepestNesting {
                        return (offset, "arrays and tables are nested more than \(deepestNesting) deep")
                    }
                case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
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
