import L2TPWireTestSupport
import Testing

@testable import L2TPConfig
@testable import L2TPConfigTOML

/// Lines and columns of keys and values.
@Suite struct TOMLPositionsTests {
    /// The paths of everything in a tree.
    private static func paths(of entries: [TOMLNode.Entry], below path: ConfigurationPath) -> [ConfigurationPath] {
        entries.flatMap { [path.appending($0.key)] + paths(of: $0.value, at: path.appending($0.key)) }
    }

    private static func paths(of node: TOMLNode, at path: ConfigurationPath) -> [ConfigurationPath] {
        switch node {
        case .table(let entries): paths(of: entries, below: path)
        case .array(let members):
            members.enumerated().flatMap { index, member in
                let place = path.appending("[\(index)]")
                return [place] + paths(of: member, at: place)
            }
        default: []
        }
    }

    @Test func everyPlaceOfRandomDocumentsIsFound() throws {
        var random = SeededGenerator(for: "TOML documents with known places")
        var placeCount = 0
        for _ in 0..<2000 {
            let seed = random.next()
            let document = RandomTOML(seed: seed)
            let entries: [TOMLNode.Entry]
            switch TOMLDialect().parse(document.text) {
            case .success(let parsed): entries = parsed
            case .failure(let problem):
                Issue.record("seed \(seed): \(problem)\n\(document.text)")
                return
            }
            let positions = TOMLPositions(document.text)
            for (path, place) in document.places {
                let found = RandomTOML.Place(
                    key: positions.key(path) ?? SourcePosition(line: 0, column: 0),
                    value: positions.value(path) ?? SourcePosition(line: 0, column: 0))
                guard found == place else {
                    Issue.record("seed \(seed): \(path) at \(found), not at \(place)\n\(document.text)")
                    return
                }
            }
            // What the parser sees is what was written, and the index knows all of it.
            let paths = Self.paths(of: entries, below: ConfigurationPath())
            #expect(Set(paths) == Set(document.places.keys), "seed \(seed)\n\(document.text)")
            placeCount += paths.count
        }
        #expect(placeCount > 10_000, "the documents are too small to say anything")
    }

    @Test func columnsAreCountedInScalars() {
        // A tab, é in two scalars, and an emoji of several are each as many columns as scalars.
        let positions = TOMLPositions("\t'e\u{301}🏴󠁧󠁢󠁥󠁮󠁧󠁿' = {a=1}\r\n\r\n [ b ] \r\n")
        #expect(positions.key(ConfigurationPath(["e\u{301}🏴󠁧󠁢󠁥󠁮󠁧󠁿"])) == SourcePosition(line: 1, column: 2))
        #expect(positions.value(ConfigurationPath(["e\u{301}🏴󠁧󠁢󠁥󠁮󠁧󠁿"])) == SourcePosition(line: 1, column: 16))
        #expect(positions.key(ConfigurationPath(["b"])) == SourcePosition(line: 3, column: 4))
        #expect(positions.value(ConfigurationPath(["b"])) == SourcePosition(line: 3, column: 2))
    }

    @Test func whatIsNotWrittenIsWhereItsTableIs() {
        let positions = TOMLPositions("a.b = 1\n[c]\n")
        #expect(positions.nearest(ConfigurationPath(["c", "d", "e"])) == SourcePosition(line: 2, column: 1))
        #expect(positions.nearest(ConfigurationPath(["a", "c"])) == SourcePosition(line: 1, column: 1))
        #expect(positions.nearest(ConfigurationPath(["x"])) == nil)
        #expect(positions.nearest(ConfigurationPath()) == nil)
        #expect(positions.key(ConfigurationPath(["c", "d"])) == nil)
        #expect(positions.value(ConfigurationPath(["c", "d"])) == nil)
        #expect(positions.key(ConfigurationPath()) == nil)
    }

    @Test func aTextThatIsNotTOMLEndsTheIndex() {
        var random = SeededGenerator(for: "random bytes as TOML")
        let alphabet = Array("[]{}=.,\"'\\#ab1 \n\r\té".unicodeScalars)
        for _ in 0..<5000 {
            var text = ""
            for _ in 0..<Int.random(in: 0..<40, using: &random) {
                text.unicodeScalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
            }
            _ = TOMLPositions(text).nearest(ConfigurationPath(["a", "b"]))
        }
        let deep = String(repeating: "[", count: 100_000)
        #expect(TOMLPositions("a = \(deep)").key(ConfigurationPath(["a"])) == SourcePosition(line: 1, column: 1))
    }
}
