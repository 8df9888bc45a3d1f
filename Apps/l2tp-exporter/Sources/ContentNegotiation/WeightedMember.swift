/// One member of a field by which a client says what it wants, such as `Accept` and `Accept-Encoding`, and how much it is
/// wanted (RFC 9110 §12.4.2, §12.5).
public struct WeightedMember: Hashable, Sendable {
    /// What is wanted, as it is written but for blanks around it.
    public var name: String
    /// The parameters but for the weight, in their order, the names in lower case. One without `=` is left out.
    public var parameters: [Parameter]
    /// The weight in thousandths, from 0, which means refused, to 1000, which it is without one.
    public var weight: Int

    /// A parameter.
    public struct Parameter: Hashable, Sendable {
        /// Its name in lower case.
        public var name: String
        /// Its value, without quotes.
        public var value: String
    }

    /// The members of a field, several fields of a name joined by commas. Those without a name, and those whose weight is
    /// malformed, are left out.
    public static func members(of field: String) -> [Self] {
        split(Array(field.utf8)[...], at: UInt8(ascii: ",")).compactMap(Self.init)
    }

    private init?(_ text: ArraySlice<UInt8>) {
        var parts = Self.split(text, at: UInt8(ascii: ";"))
        name = String(decoding: Self.trimmed(parts.removeFirst()), as: UTF8.self)
        parameters = []
        weight = 1000
        guard !name.isEmpty else { return nil }
        for part in parts {
            let pair = Self.split(part, at: UInt8(ascii: "=")).map(Self.word)
            guard pair.count == 2 else { continue }
            let parameter = Parameter(name: pair[0].lowercased(), value: pair[1])
            if parameter.name == "q" {
                guard let weight = Self.weight(parameter.value) else { return nil }
                self.weight = weight
            } else {
                parameters.append(parameter)
            }
        }
    }

    /// A weight (RFC 9110 §12.4.2) in thousandths: `0.5` is 500. Nil if it is none.
    private static func weight(_ text: String) -> Int? {
        let digits = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = digits.first, whole.elementsEqual("0".utf8) || whole.elementsEqual("1".utf8) else {
            return nil
        }
        let fraction = digits.count > 1 ? Array(digits[1]) : []
        guard fraction.count <= 3, fraction.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        var thousandths = whole.elementsEqual("1".utf8) ? 1000 : 0
        for (digit, weight) in zip(fraction, [100, 10, 1]) {
            thousandths += Int(digit - UInt8(ascii: "0")) * weight
        }
        return thousandths <= 1000 ? thousandths : nil
    }

    /// The parts of a text between separators that are not within quotes.
    private static func split(_ text: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        var isQuoted = false
        var isEscaped = false
        for (index, byte) in zip(text.indices, text) {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\""): isQuoted.toggle()
            case separator where !isQuoted:
                parts.append(text[start..<index])
                start = index + 1
            default: break
            }
        }
        parts.append(text[start...])
        return parts
    }

    /// A token or a quoted string, without blanks around it and without its quotes.
    private static func word(_ text: ArraySlice<UInt8>) -> String {
        let text = trimmed(text)
        guard text.count >= 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") else {
            return String(decoding: text, as: UTF8.self)
        }
        var value: [UInt8] = []
        var isEscaped = false
        for byte in text.dropFirst().dropLast() {
            if !isEscaped, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                value.append(byte)
                isEscaped = false
            }
        }
        return String(decoding: value, as: UTF8.self)
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }
}
