import Testing

/// What is not TOML, or not safe to read.
@Suite struct SyntaxFindingTests {
    @Test(arguments: [
        FindingCase(
            "[tunnel",
            "1:8: error: syntax error in table header: encountered end-of-file"),
        FindingCase(
            "a = ",
            "1:5: error: syntax error in key-value pair: encountered end-of-file"),
        FindingCase(
            "a = \"\\u0001\u{1}\"",
            "1:12: error: syntax error in string: unescaped control characters other than TAB (U+0009) are explicitly prohibited"
        ),
        FindingCase(
            "a = 99999999999999999999",
            "1:25: error: the number is too large; a text, as a cookie or an address, stands in quotation marks (\")"),
        FindingCase(
            "cookie = 0123456789abcdef",
            "1:11: error: syntax error in floating-point: leading zeroes are prohibited; a text, as a cookie or an address, stands in quotation marks (\")"
        ),
        FindingCase(
            "local = fd00::1",
            "1:10: error: syntax error in boolean: expected 'false', saw 'fd'; a text, as a cookie or an address, stands in quotation marks (\")"
        ),
        FindingCase(
            "interface.name = tunnel",
            "1:19: error: syntax error in boolean: expected 'true', saw 'tu'; a text, as a cookie or an address, stands in quotation marks (\")"
        ),
        FindingCase(
            "local = 192.0.2.1/24",
            "1:18: error: syntax error in value: '/' cannot be part of a number, a date or a time; a text, as a cookie or an address, stands in quotation marks (\")"
        ),
        FindingCase(
            "tunnel_id = 3000'",
            "1:17: error: syntax error in value: \"'\" cannot be part of a number, a date or a time; a text, as a cookie or an address, stands in quotation marks (\")"
        ),
        FindingCase(
            "tunnel_id = \u{a0}3000",
            "1:13: error: syntax error in value: it cannot begin with U+00A0; a text, as a cookie or an address, stands in quotation marks (\")"
        ),
        FindingCase(
            "cookie = deadbeef",
            "1:10: error: syntax error in value: could not determine value type; a text, as a cookie or an address, stands in quotation marks (\")"
        ),
        FindingCase(
            "a = 1\na = 2",
            "2:5: error: syntax error in key-value pair: cannot redefine existing integer 'a'"),
        FindingCase(
            "a.b = 1\n[a]",
            "2:1: error: the table a stands further up: write its keys there, or give it another name"),
        FindingCase(
            "[a]\n[a]",
            "2:1: error: the table a stands further up: write its keys there, or give it another name"),
        FindingCase(
            "a = \"\\u0000\"",
            "1:6: error: the character U+0000 cannot be part of a string here"),
        FindingCase(
            "a = \"x",
            "1:7: error: syntax error in string: the quotation mark at its end is missing"),
        FindingCase(
            "a = \"x\nb = 1",
            "1:7: error: syntax error in string: the quotation mark at its end is missing"),
        FindingCase(
            "a = 'x\n",
            "1:7: error: syntax error in string: the quotation mark at its end is missing"),
        FindingCase(
            "é = 1",
            "1:1: error: syntax error in root table: expected keys, tables, whitespace or comments, saw 'é'"),
        FindingCase(
            "ü\u{a0}= 1",
            "1:1: error: syntax error in root table: expected keys, tables, whitespace or comments, saw 'ü'"),
        FindingCase(
            "a = 1 \r b",
            "1:8: error: syntax error in key-value pair: expected '\\n' after '\\r', saw ' '"),
        FindingCase(
            "a = [1, 2",
            "1:10: error: syntax error in array: encountered end-of-file"),
        FindingCase(
            "a = { b = 1",
            "1:12: error: syntax error in inline table: encountered end-of-file"),
        FindingCase(
            "a = \"\\x\"",
            "1:7: error: syntax error in string: escape sequence '\\x' is not supported in TOML 1.0.0 and earlier"),
        FindingCase(
            "a = 2026-13-01",
            "1:12: error: syntax error in date: expected month between 1 and 12 (inclusive), saw 13"),
    ])
    func errorsOfSyntax(_ entry: FindingCase) {
        let found = SchemaFindings.of(entry.text)
        #expect(found == entry.expected)
    }
}
