/// Numbers as ip reads them: like C's `strtoul` with base 0, so that `0x10` is 16 and `010` is 8.
enum NumberParser {
    /// The number that makes up a whole word; nil if there is none, if something follows it, or if it is
    /// larger than `maximum`.
    static func number(_ word: some StringProtocol, maximum: UInt64) -> UInt64? {
        var digits = Substring(word).utf8
        // White space, as C's `isspace` knows it.
        while let first = digits.first, first == UInt8(ascii: " ") || (9...13).contains(first) { digits.removeFirst() }
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        var base: UInt64 = 10
        if digits.first == UInt8(ascii: "0"), digits.count > 1 {
            digits.removeFirst()
            base = 8
            if digits.first.map({ $0 | 0x20 }) == UInt8(ascii: "x") {
                digits.removeFirst()
                base = 16
            }
        }
        guard !digits.isEmpty else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard let value = value(of: digit), value < base else { return nil }
            let (product, productOverflows) = number.multipliedReportingOverflow(by: base)
            let (sum, sumOverflows) = product.addingReportingOverflow(value)
            guard !productOverflows, !sumOverflows else { return nil }
            number = sum
        }
        // `strtoul` negates in unsigned arithmetic: -1 is the largest number, which is too large here.
        if isNegative { number = 0 &- number }
        return number <= maximum ? number : nil
    }

    private static func value(of digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
