import Testing

@testable import l2tp

@Suite struct NumberParserTests {
    /// The values of C's `strtoul(…, 0)`.
    @Test(
        arguments: [
            ("0", 0), ("1", 1), ("4294967295", 4_294_967_295), ("0x10", 16), ("0XfF", 255), ("010", 8), ("00", 0),
            ("+7", 7), (" 7", 7), ("\t\n\u{b}\u{c}\r7", 7), ("-0", 0), ("-18446744073709551615", 1), ("+0x1", 1),
        ] as [(String, UInt64)])
    func accepts(word: String, number: UInt64) {
        #expect(NumberParser.number(word, maximum: 4_294_967_295) == number)
    }

    @Test(arguments: [
        "", " ", "x", "1x", "1 ", "08", "0x", "0xg", "-1", "4294967296", "18446744073709551616", "--1", "+-1", "- 1",
        "1.0", "1e3", "0b1", "٣", "99999999999999999999999",
    ])
    func refuses(word: String) {
        #expect(NumberParser.number(word, maximum: 4_294_967_295) == nil)
    }

    @Test func respectsTheMaximum() {
        #expect(NumberParser.number("65535", maximum: 65535) == 65535)
        #expect(NumberParser.number("65536", maximum: 65535) == nil)
    }
}
