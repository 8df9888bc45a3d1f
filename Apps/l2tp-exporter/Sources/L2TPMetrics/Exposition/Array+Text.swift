extension [UInt8] {
    /// Appends a number in decimal digits.
    mutating func append(decimal number: UInt64) {
        if number < 10 { return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
        var rest = number
        var position = count + Self.digitCount(of: number)
        append(contentsOf: repeatElement(0, count: position - count))
        while rest > 0 {
            position -= 1
            self[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    private static func digitCount(of number: UInt64) -> Int {
        var (digits, power) = (1, UInt64(10))
        while number >= power {
            digits += 1
            let (next, overflow) = power.multipliedReportingOverflow(by: 10)
            if overflow { break }
            power = next
        }
        return digits
    }

    /// Appends a floating-point number as both formats want it: `0.25`, `1e-05`, `+Inf`, `-Inf`, `NaN`.
    mutating func append(_ number: Double) {
        if number.isNaN { return append(contentsOf: "NaN".utf8) }
        if number.isInfinite { return append(contentsOf: (number < 0 ? "-Inf" : "+Inf").utf8) }
        append(contentsOf: number.description.utf8)
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
