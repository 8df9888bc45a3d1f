/// One member of the field `Accept`: media types, and how much they are wanted (RFC 9110 §12.5.1).
struct AcceptedRange: Hashable {
    /// The type in lower case, or `*`.
    var type: String
    /// The subtype in lower case, or `*`.
    var subtype: String
    /// The parameter `version`; nil without one.
    var version: String?
    /// The weight in thousandths, from 0, which means refused, to 1000.
    var quality = 1000

    /// The members of a field. Those that are malformed are left out.
    static func ranges(_ field: String) -> [Self] {
        split(Array(field.utf8)[...], at: UInt8(ascii: ",")).compactMap(Self.init)
    }

    private init?(_ text: ArraySlice<UInt8>) {
        var parts = Self.split(text, at: UInt8(ascii: ";"))
        let names = Self.split(parts.removeFirst(), at: UInt8(ascii: "/")).map(Self.word)
        guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty, names[0] != "*" || names[1] == "*" else {
            return nil
        }
        (type, subtype) = (names[0].lowercased(), names[1].lowercased())
        for part in parts {
            let pair = Self.split(part, at: UInt8(ascii: "=")).map(Self.word)
            guard pair.count == 2 else { continue }
            switch pair[0].lowercased() {
            case "version": version = pair[1]
            case "q":
                guard let quality = Self.quality(pair[1]) else { return nil }
                self.quality = quality
            default: break
            }
        }
    }

    /// How exactly the range names a media type, from 1; nil if it does not include it.
    func specificity(forType type: String, subtype: String, version: String) -> Int? {
        guard self.type != "*" else { return 1 }
        guard self.type == type else { return nil }
        guard self.subtype != "*" else { return 2 }
        guard self.subtype == subtype else { return nil }
        guard let named = self.version else { return 3 }
        return named == version ? 4 : nil
    }

    /// A weight (RFC 9110 §12.4.2) in thousandths: `0.5` is 500. Nil if it is none.
    private static func quality(_ text: String) -> Int? {
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
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
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
}
