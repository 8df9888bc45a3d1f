/// Hexadecimal text in and out, for tests and their messages.
public enum Hex {
    /// Why a text is no sequence of bytes.
    public enum ParseError: Error, Hashable, Sendable {
        /// The character at `offset` (in UTF-8 code units, counted from 0) is neither digit nor white space.
        case notHexadecimal(offset: Int)
        /// The number of digits is odd.
        case oddDigitCount(Int)
    }

    /// Reads pairs of hexadecimal digits of either case; spaces and line ends may stand anywhere.
    ///
    /// - Parameter text: The digits.
    /// - Returns: The bytes in the order of the text.
    /// - Throws: ``ParseError`` at the first character that is none of these, or when a digit is left over.
    public static func parse(_ text: some StringProtocol) throws(ParseError) -> [UInt8] {
        var bytes: [UInt8] = []
        var digitCount = 0
        for (offset, character) in text.utf8.enumerated() {
            let digit: UInt8
            switch character {
            case UInt8(ascii: " "), UInt8(ascii: "\n"): continue
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = character - UInt8(ascii: "A") + 10
            default: throw .notHexadecimal(offset: offset)
            }
            if digitCount.isMultiple(of: 2) {
                bytes.append(digit << 4)
            } else {
                bytes[bytes.count - 1] |= digit
            }
            digitCount += 1
        }
        guard digitCount.isMultiple(of: 2) else { throw .oddDigitCount(digitCount) }
        return bytes
    }

    /// The bytes of a literal of this module, so an error in it is ours.
    static func parseLiteral(_ text: String) -> [UInt8] {
        do {
            return try parse(text)
        } catch {
            preconditionFailure("golden vector: \(error) in \(text)")
        }
    }

    /// Lower-case digits, two a byte, with a space after every `groupByteCount` bytes.
    ///
    /// - Parameters:
    ///   - bytes: What to print.
    ///   - groupByteCount: Bytes between two spaces; 0 for no spaces.
    /// - Returns: The text, which ``parse(_:)`` reads back.
    public static func print(_ bytes: some Sequence<UInt8>, groupByteCount: Int = 4) -> String {
        var text = ""
        for (offset, byte) in bytes.enumerated() {
            if groupByteCount > 0, offset > 0, offset.isMultiple(of: groupByteCount) { text += " " }
            if byte < 16 { text += "0" }
            text += String(byte, radix: 16)
        }
        return text
    }
}

extension [UInt8] {
    /// The bytes of a span, copied so that they can be compared and printed.
    ///
    /// - Parameter span: The bytes to copy.
    public init(copying span: Span<UInt8>) {
        self = []
        reserveCapacity(span.count)
        for index in span.indices { append(span[index]) }
    }
}
