import Testing

@testable import l2tp

@Suite struct BatchReaderTests {
    private func entries(_ text: String) -> [BatchReader.Entry] {
        var reader = BatchReader(lines(of: text))
        var entries: [BatchReader.Entry] = []
        while let entry = reader.next() { entries.append(entry) }
        return entries
    }

    private func words(_ text: String) -> [String]? {
        let entries = entries(text)
        guard entries.count == 1, case .words(let words) = entries[0].content else { return nil }
        return words
    }

    @Test(arguments: [
        ("add tunnel", ["add", "tunnel"]), ("  add\t tunnel \r\n", ["add", "tunnel"]), ("add # tunnel", ["add"]),
        ("add na#me", ["add", "na"]), ("'a b' \"c'd\" e", ["a b", "c'd", "e"]), ("'a'b", ["a", "b"]),
        ("a'b c", ["a'b", "c"]), ("''", [""]), ("name 'a#b' # c", ["name", "a#b"]), ("a \\\nb", ["a", "b"]),
        ("a\\\nb", ["ab"]), ("a \\\n  b \\\n c\n", ["a", "b", "c"]), ("a \\\r\nb\r\n", ["a", "b"]), ("a\\b", ["a\\b"]),
        ("a \\ # b\n", ["a", "\\"]), ("'a \\\nb'", ["a b"]), ("a \\\n# nothing\n", ["a"]),
    ])
    func splits(text: String, expected: [String]) {
        #expect(words(text) == expected)
    }

    @Test func linesWithoutWordsAreSkippedAndCounted() {
        #expect(
            entries("\n# comment\na\n\nb \\\n c\n'x y'") == [
                .init(line: 3, content: .words(["a"])), .init(line: 5, content: .words(["b", "c"])),
                .init(line: 7, content: .words(["x y"])),
            ])
        #expect(entries("") == [])
    }

    @Test func brokenLines() {
        #expect(
            entries("a\n'b c\nd\ne \\\n") == [
                .init(line: 1, content: .words(["a"])), .init(line: 2, content: .broken("a quoted word has no end")),
                .init(line: 3, content: .words(["d"])),
                .init(line: 4, content: .broken("the line after the last \\ is missing")),
            ])
    }
}
