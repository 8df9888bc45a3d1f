extension [UInt8] {
    /// Appends a number in decimal digits.
    mutating func append(decimal number: UInt64) {
        var position = count
        append(contentsOf: repeatElement(0, count: number.decimalDigitCount))
        var span = mutableSpan
        span.write(decimal: number, at: &position)
    }

    /// A floating-point number as both formats want it: `0.25`, `1e-05`, `+Inf`, `-Inf`, `NaN`.
    init(_ number: Double) {
        if number.isNaN {
            self.init("NaN".utf8)
        } else if number.isInfinite {
            self.init((number < 0 ? "-Inf" : "+Inf").utf8)
        } else {
            self.init(number.description.utf8)
        }
    }

    /// Appends a text in which backslashes and line feeds, and quotes if they end it, are escaped.
    mutating func appendEscaped(_ text: String, quotes: Bool) {
        let isPlain = text.utf8.allSatisfy { byte in
            byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\"")
        }
        if isPlain { return append(contentsOf: text.utf8) }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\n"): append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\"") where quotes: append(contentsOf: #"\""#.utf8)
            default: append(byte)
            }
        }
    }
}
