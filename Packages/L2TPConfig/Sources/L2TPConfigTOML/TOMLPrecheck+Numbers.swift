/// What begins with a digit: numbers, dates and times of day.
///
/// toml++ reads such a value to its end before it looks what it is, and goes back. Where ten characters look like a date
/// to it, for which the dashes are enough, it reads on after a space, and fails an assertion if the value ends after one
/// digit more, or has so many underscores that it cannot go back so far.
extension TOMLPrecheck {
    /// The end of a value that begins with a digit at an offset.
    ///
    /// Nothing that TOML allows is refused, but not all that it forbids: the parser says better what is wrong with it.
    static func endOfNumber(in text: Span<UInt8>, at start: Int) throws(Refusal) -> Int {
        var end = start
        while end < text.count, !isEnd(text[end]) {
            guard isPart(text[end]) else {
                // Its own message says what is wrong with it.
                if isForeignLineBreak(text, at: end) { return end }
                let saw = character(of: text, at: end)
                throw Refusal(
                    end, "syntax error in value: \(saw) cannot be part of a number, a date or a time; \(remedy)")
            }
            end += 1
        }
        guard isLikeDate(text, start..<end) else { return end }
        for offset in start..<end where text[offset] == UInt8(ascii: "_") {
            throw Refusal(offset, "syntax error in date: it cannot have underscores")
        }
        if end - start == dateLength {
            guard end + 1 < text.count, text[end] == UInt8(ascii: " "), isDigit(text[end + 1]) else { return end }
            guard end + 2 < text.count, isDigit(text[end + 2]) else {
                throw Refusal(end + 1, "syntax error in value: expected a date and time, as 1979-05-27 07:32:00")
            }
        } else if text[start + dateLength] | 0x20 == UInt8(ascii: "t") {
            let time = start + dateLength + 1
            guard time < text.count, isDigit(text[time]) else {
                throw Refusal(time, "syntax error in value: expected a time of day, as 07:32:00")
            }
        }
        return end
    }

    /// How many characters a date has: 1979-05-27.
    private static let dateLength = 10

    /// Whether a value begins with what toml++ takes for a date: dashes, not counting underscores, as in 1979-05-27.
    private static func isLikeDate(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var count = 0
        for offset in range where text[offset] != UInt8(ascii: "_") {
            if count == 4 || count == 7, text[offset] != UInt8(ascii: "-") { return false }
            count += 1
        }
        return count >= dateLength
    }

    /// What numbers, dates and times are made of: digits, letters, signs, points, colons and underscores.
    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// What ends a value.
    private static func isEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ","),
            UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"):
            true
        default: false
        }
    }
}
