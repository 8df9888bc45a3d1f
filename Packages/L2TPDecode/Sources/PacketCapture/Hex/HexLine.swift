/// The characters that text with packets is made of.
enum HexDigits {
    /// The value of a digit of either case; nil for anything else.
    static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    static func isBlank(_ character: UInt8) -> Bool {
        character == UInt8(ascii: " ") || character == UInt8(ascii: "\t") || character == UInt8(ascii: "\r")
    }

    /// A character as a message shows it.
    static func shown(_ character: UInt8) -> String {
        (0x21...0x7e).contains(character)
            ? "'\(Character(Unicode.Scalar(character)))'" : "byte 0x\(String(character, radix: 16))"
    }
}

/// A line's text without its end: what stands where in it.
struct HexLine: ~Escapable {
    let text: Span<UInt8>
    /// Which line, counted from 1.
    let number: Int

    @_lifetime(copy text)
    init(_ text: Span<UInt8>, number: Int) {
        self.text = text
        self.number = number
    }

    func error(_ code: HexError.Code, at index: Int, _ detail: String) -> HexError {
        HexError(code, line: number, column: index + 1, detail)
    }

    /// The index of the first character at or after `index` that is not blank.
    func skippingBlanks(from index: Int) -> Int {
        var index = index
        while index < text.count, HexDigits.isBlank(text[index]) { index += 1 }
        return index
    }

    /// The index after the digits that stand at `index`.
    func endOfDigits(from index: Int) -> Int {
        var index = index
        while index < text.count, HexDigits.value(of: text[index]) != nil { index += 1 }
        return index
    }

    /// Whether a word ends at `index`.
    func isWordEnd(_ index: Int) -> Bool { index == text.count || HexDigits.isBlank(text[index]) }

    /// The index after `0x` where that stands at `index`, otherwise `index`.
    func skippingPrefix(at index: Int) -> Int {
        let hasPrefix =
            index + 1 < text.count && text[index] == UInt8(ascii: "0")
            && (text[index + 1] == UInt8(ascii: "x") || text[index + 1] == UInt8(ascii: "X"))
        return hasPrefix ? index + 2 : index
    }

    /// Whether a text stands at `index`.
    func hasPrefix(_ prefix: StaticString, at index: Int) -> Bool {
        var index = index
        for character in prefix.description.utf8 {
            guard index < text.count, text[index] == character else { return false }
            index += 1
        }
        return true
    }

    /// Whether a text stands at the end, blanks apart.
    func hasSuffix(_ suffix: StaticString) -> Bool {
        var end = text.count
        while end > 0, HexDigits.isBlank(text[end - 1]) { end -= 1 }
        let count = suffix.utf8CodeUnitCount
        return end >= count && hasPrefix(suffix, at: end - count)
    }

    /// Appends the bytes of digits that are known to be an even number of them.
    func appendBytes(from start: Int, to end: Int, into bytes: inout [UInt8]) {
        for index in stride(from: start, to: end, by: 2) {
            let (high, low) = (HexDigits.value(of: text[index]) ?? 0, HexDigits.value(of: text[index + 1]) ?? 0)
            bytes.append(high << 4 | low)
        }
    }

    /// Whether there is nothing in it.
    var isBlank: Bool { skippingBlanks(from: 0) == text.count }

    /// Whether it says nothing: blank, or a comment after `#`.
    var isEmpty: Bool {
        let start = skippingBlanks(from: 0)
        return start == text.count || text[start] == UInt8(ascii: "#")
    }
}
