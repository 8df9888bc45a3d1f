import L2TPWireTestSupport
import Testing

@testable import L2TPConfig
@testable import L2TPConfigTOML

/// Texts with damage: whatever they are, they are read without a trap, and each finding has its place in the text.
@Suite struct DamagedTextTests {
    private func check(_ text: String, _ comment: @autoclosure () -> String = "") {
        let file = ConfigurationFile(name: "/etc/l2tp/site.toml", text: text, isReadableByOthers: true)
        let reading = ConfigurationLoader().load([file], secrets: completeSecrets)
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for diagnostic in reading.diagnostics {
            let description = diagnostic.description
            #expect(!description.unicodeScalars.contains("\n") && !diagnostic.message.isEmpty, "\(comment())")
            #expect(!description.contains("0123456789abcdef"), "a cookie in \(description)")
            guard let position = diagnostic.location.position else { continue }
            let isInside =
                (1...lines.count).contains(position.line) && position.column >= 1
                && position.column <= lines[position.line - 1].count + 1
            #expect(isInside, "\(description) \(comment()) in \(text.debugDescription)")
        }
        if reading.isValid {
            // What is valid can be written and read again.
            let dialect = TOMLDialect()
            let written = dialect.write(reading.configuration, withCookies: true, remarks: [:])
            let again = dialect.read(written, file: "again.toml", secrets: FakeSecrets())
            #expect(again.diagnostics == [] && again.configuration == reading.configuration, "\(comment())")
        }
    }

    @Test func everyBeginningOfADocument() {
        let bytes = Array(completeDocument.utf8)
        for count in 0...bytes.count { check(String(decoding: bytes[..<count], as: UTF8.self), "of \(count) bytes") }
    }

    @Test func everyDocumentWithoutOneLine() {
        let lines = completeDocument.split(separator: "\n", omittingEmptySubsequences: false)
        for index in lines.indices {
            var rest = lines
            rest.remove(at: index)
            check(rest.joined(separator: "\n"), "without line \(index + 1)")
        }
    }

    @Test func randomChangesOfBytes() {
        var random = SeededGenerator(for: "changed bytes of a configuration")
        let document = Array(completeDocument.utf8)
        let marks = Array("[]{}=.,\"'\\#\n\r\t 0x-_".utf8) + [0, 1, 0x7f, 0xc3, 0xef, 0xff]
        for round in 0..<3000 {
            var bytes = document
            for _ in 0...Int.random(in: 0..<4, using: &random) where !bytes.isEmpty {
                let offset = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[offset] = marks.randomElement(using: &random) ?? 0
                case 1: bytes[offset] = UInt8.random(in: .min ... .max, using: &random)
                case 2: bytes.remove(at: offset)
                case 3: bytes.insert(marks.randomElement(using: &random) ?? 0, at: offset)
                default:
                    let end = min(bytes.count, offset + Int.random(in: 0..<40, using: &random))
                    bytes.insert(
                        contentsOf: Array(bytes[offset..<end]), at: Int.random(in: 0...bytes.count, using: &random))
                }
            }
            check(String(decoding: bytes, as: UTF8.self), "round \(round)")
        }
    }

    /// Values of every kind for every key.
    @Test func everyKindOfValueForEveryKey() {
        let values = [
            "\"\"", "\"x\"", "0", "-1", "9223372036854775807", "1.5", "nan", "true", "[]", "[[]]", "[{}]", "{}",
            "{ x = 1 }", "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "\"\"\"\nx\"\"\"",
        ]
        let lines = completeDocument.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() {
            guard let equals = line.firstIndex(of: "="), !line.hasSuffix("["), line.first != " " else { continue }
            for value in values {
                var changed = lines
                changed[index] = "\(line[...equals]) \(value)"
                check(changed.joined(separator: "\n"), "\(changed[index])")
            }
        }
    }

    @Test(arguments: [1, 15, 16, 17, 100, 100_000])
    func longKeysAreRefusedBeforeTheyExhaustTheStack(count: Int) {
        let key = Array(repeating: "a", count: count).joined(separator: ".")
        for text in ["\(key) = 1", "[\(key)]", "[[\(key)]]", "x = { \(key) = 1 }", "\(key) = \n"] {
            let messages = read(text).diagnostics.map(\.message)
            #expect(messages.contains("the key has more than 16 parts") == (count > 16), "\(count)")
            check(text)
        }
        // Dots elsewhere do not count.
        let others = "# \(key)\nx = \"\(key)\"\ny = '''\n\(key)\n'''\nz = \"\"\"\(key)\\\"\"\"\"\n"
        #expect(!read(others).diagnostics.contains { $0.message.contains("parts") })
    }

    @Test(arguments: [1, 32, 33, 100_000])
    func deepNestingIsRefusedBeforeItExhaustsTheStack(depth: Int) {
        let arrays = "x = " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let tables =
            "x = " + String(repeating: "{a=", count: depth) + "1" + String(repeating: "}", count: depth)
        let both = "x = " + String(repeating: "[\n{a.b.c=", count: depth)
        for text in [arrays, tables, both] {
            let isDeep = depth > 32 || (text == both && depth > 16)
            let messages = read(text).diagnostics.map(\.message)
            #expect(messages.contains("arrays and tables are nested more than 32 deep") == isDeep, "\(depth)")
            check(text)
        }
        let others = "# \(arrays)\nx = \"\(arrays)\"\n" + (0..<50).map { "a\($0) = [[]]\n" }.joined()
        #expect(!read(others).diagnostics.contains { $0.message.contains("nested") })
    }

    @Test func theDeepestThatIsTakenIsReadWell() {
        // Every level of the nesting with the longest keys, and an error at the end, so that it is freed too.
        let key = Array(repeating: "a", count: 15).joined(separator: ".")
        let deepest = "x = " + String(repeating: "[\n{\(key) = ", count: 16)
        check(deepest)
        check(deepest + "1" + String(repeating: "}]", count: 16))
    }

    /// What toml++ takes for granted would end the process.
    @Test(arguments: [
        ("[=]", "1:2"), ("[[=]]", "1:3"), ("[[[a]]]", "1:3"), (" \t[ \n", "1:5"), ("\u{FEFF}[\u{e9}]", "1:2"),
        ("a = 1\r\n[ .a]", "2:3"), ("a = [[]]\n[#", "2:2"), ("a = \"\"\"\n\"\"\"\n[,", "3:2"),
        ("a = [}", "1:6"), ("a = [1, }]", "1:9"), ("a = { b = [} }", "1:12"), ("[tunnel}", "1:8"),
        ("a = [\u{2028}", "1:6"), ("a = [\n\u{85} 1]", "2:1"), ("a = [1,\u{2029}]", "1:8"),
        ("a = 1979-05-27 0,", "1:16"), ("a = 1979-05-27 0\n", "1:16"), ("a = [1979-05-27 0]", "1:17"),
        ("a = { b = 1979-05-27 0}", "1:22"), ("a = 1979-05-2a 0,", "1:16"), ("a = 1979-05-2= 0,", "1:14"),
        ("a = 1979-05--- 0\n", "1:16"), ("a = 1979-05-2\u{e9} 0 ", "1:14"), ("a = 1\u{20ac}79-05-2( 0]", "1:6"),
        ("a = [1979-05-2= 0,", "1:15"), ("a = {b = [{}, 1979-05-2= 0,", "1:24"), ("a = 197_9-05-27_ 0\n", "1:8"),
        ("a = 1979-\u{10}5-27 0,", "1:10"), ("a = 1979-05-27T-7:32", "1:16"), ("a = [1979-05-27tea:2]", "1:17"),
        ("a = { b = 1979-05-27T:", "1:22"), ("a = [{}, 1979-05-27t_1:", "1:21"),
        ("\n\na = 1979-05-27\(String(repeating: "_", count: 115)) 12:00:00", "3:15"),
        ("a = 1979-05-\(String(repeating: "_", count: 300))27 12", "1:13"),
        ("a = 1979-\u{10}5-2' 0,", "1:10"), ("a = 19'9-\u{10}5-27 0,", "1:7"),
        ("a = {b =1979-05-\"7 0, c = 2 }", "1:17"),
        ("a = 19{=-05-27 0,", "1:7"), ("a = [\u{a0}1979-05-27 0]", "1:6"), ("a = \u{b}1979-05-27 0", "1:5"),
        ("a = [ # '\n\r 1979-05-27 0 ]", "2:14"), ("a = [1,1979-05-27 0 ]", "1:19"), ("a = 1979-05-27T", "1:16"),
        ("a = [1979-05-27T]", "1:17"),
    ])
    func whatTheParserCannotTakeIsRefused(text: String, place: String) {
        let diagnostics = read(text).diagnostics
        #expect(diagnostics.map { $0.location.description } == ["/etc/l2tp/site.toml:\(place)"])
        #expect(diagnostics.allSatisfy { $0.message.hasPrefix("syntax error in ") })
    }

    /// Neither is refused before the parser sees it, nor by the parser.
    @Test(arguments: [
        "1979-05-2= 0\n", "1979-05-2= 0", "a = { 1979-05-2= 0, b = 1 }", "a = { b = 1, 1979-05-2= 0 }",
        "19_79-05-2= 12:00:00", "1979-05-2. 1 = 5", "1234-56-={ 1 = 2 }", "1234-56-=[ 1, 2 ]", "1=[ 1, 2, 3_3, 4 ]",
        "a = [\n{ 1979-05-2= 0 }, # 1979-05-27 0\n]\n1979-05-2= 0", "a = \"1979-05-27 0\"\n", "[1979-05-27]\n1 = 1",
        "[1979-05-27T]", "[[a.1979-05-27tea]]\n1979-05-27tea = { 1979-05-27tea = [2] }",
        "a = 1979-05-27T07:32:00\nb = [1979-05-27t07:32:00Z]",
        "a = [\n{ b = 1, 1979-05-27tea.x = 1 } ]\n1979-05-27T-1 = 1",
        "a = 1979-05-27 # 0\n", "a = 1979-05-27 07:32:00\nb = 1979-05-27 07:32:00.5-07:00",
        "a = \"\u{2028}\" # \u{2029}\u{85}\n", "a = [ # \u{2028}\n 1, '\u{2028}' ]",
    ])
    func whatIsLikeItIsTaken(text: String) {
        let diagnostics = read(text).diagnostics
        #expect(diagnostics.allSatisfy { !$0.message.hasPrefix("syntax error") }, "\(diagnostics)")
        check(text)
    }

    @Test(arguments: [
        ("\u{0}", "1:1"), ("# é\n\u{0}", "2:1"), ("# \u{0}", "1:3"), ("a = \"x\u{0}\"", "1:7"),
        ("a = \"\\\u{0}\"", "1:7"),
        ("a = \"x\\u0000\"", "1:7"), ("a = \"\"\"\n\\U00000000\"\"\"", "2:1"), ("\"\\u0000\" = 1", "1:2"),
    ])
    func theNULCharacterIsRefused(text: String, place: String) {
        #expect(
            read(text).diagnostics.map { $0.location.description } == ["/etc/l2tp/site.toml:\(place)"])
        #expect(read(text).diagnostics.allSatisfy { $0.message.contains("U+0000") })
    }

    @Test func whatOnlyLooksLikeTheNULCharacterIsTaken() {
        for text in ["# \\u0000", "\"\\\\u0000\" = 1", "'\\u0000' = 1", "a = '''\\u0000'''", "a = \"\\u00001\""] {
            let isTaken = !read(text).diagnostics.contains { $0.message.contains("U+0000") }
            #expect(isTaken == (text != "a = \"\\u00001\""), "\(text)")
        }
    }
}
