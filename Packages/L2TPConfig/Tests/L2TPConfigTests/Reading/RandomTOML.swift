import L2TPConfig
import L2TPWireTestSupport

/// A random TOML document, written scalar by scalar, so that the place of everything in it is known.
struct RandomTOML {
    /// Where a key and its value stand.
    struct Place: Equatable {
        var key: SourcePosition
        var value: SourcePosition
    }

    /// The document.
    private(set) var text = ""
    /// The places of everything in it.
    private(set) var places: [ConfigurationPath: Place] = [:]

    /// A table that later headers can lie in.
    private struct Table {
        var keys: [String]
        var path: ConfigurationPath
    }

    private var random: SeededGenerator
    private var here = SourcePosition(line: 1, column: 1)
    private var keyCount = 0
    private var lineEnd = "\n"
    private var tables: [Table] = [Table(keys: [], path: ConfigurationPath())]
    /// Tables that were made by headers of tables within them, and may still get a header of their own.
    private var unheaded: [Table] = []

    /// The document that a seed gives.
    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        if chance(8) { text = "\u{FEFF}" }
        if chance(4) { lineEnd = "\r\n" }
        blankLines()
        for _ in 0..<below(4) { assignment(in: ConfigurationPath()) }
        for _ in 0..<below(9) { section() }
        if chance(3), text.hasSuffix(lineEnd) { text.unicodeScalars.removeLast(lineEnd.unicodeScalars.count) }
    }

    // MARK: - Chance

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    private mutating func chance(_ oneIn: Int) -> Bool { below(oneIn) == 0 }
    private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

    // MARK: - Writing

    private mutating func write(_ part: String) {
        text += part
        for scalar in part.unicodeScalars {
            if scalar == "\n" {
                here = SourcePosition(line: here.line + 1, column: 1)
            } else {
                here.column += 1
            }
        }
    }

    private mutating func blank() { write(pick(["", "", " ", "\t", "  "])) }

    private mutating func endLine() {
        blank()
        if chance(4) { write(pick(["# [no.table]", "# key = \"é\" 語", "#", "# '''\t\"\"\""])) }
        write(lineEnd)
    }

    private mutating func blankLines() {
        for _ in 0..<below(3) { endLine() }
    }

    /// A new key; every key of a document is different.
    private mutating func newKey() -> String {
        keyCount += 1
        return pick([
            "key\(keyCount)", "\(keyCount)", "k-\(keyCount)_", "a b\(keyCount)", "é\(keyCount)", "x.\(keyCount)",
            "\"\(keyCount)\n#]=",
        ])
    }

    /// Writes a key in one of the forms that it can have.
    private mutating func write(key: String) {
        let isBare = key.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        if isBare, !chance(4) { return write(key) }
        if !key.contains("'"), !key.contains("\n"), chance(2) { return write("'\(key)'") }
        var quoted = "\""
        for scalar in key.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\n": quoted += chance(2) ? "\\n" : "\\u000a"
            case "é": quoted += chance(2) ? "\\u00E9" : chance(2) ? "\\U000000e9" : "é"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        write(quoted + "\"")
    }

    private mutating func note(_ path: ConfigurationPath, _ place: Place, isHeader: Bool = false) {
        if isHeader || places[path] == nil { places[path] = place }
    }

    // MARK: - Structure

    private mutating func section() {
        if !unheaded.isEmpty, chance(2) {
            let table = unheaded.remove(at: below(unheaded.count))
            header(table.keys, parent: ConfigurationPath(Array(table.path.keys.dropLast())), depth: 1, isArray: false)
            tables.append(table)
        } else {
            newSection()
        }
        for _ in 0..<below(4) { assignment(in: tables[tables.count - 1].path) }
    }

    private mutating func newSection() {
        let parent = tables[below(tables.count)]
        var keys: [String] = []
        for _ in 0...below(3) { keys.append(newKey()) }
        let isArray = chance(4)
        let path = ConfigurationPath(parent.path.keys + keys)
        header(parent.keys + keys, parent: parent.path, depth: keys.count, isArray: isArray)
        for count in 1..<max(keys.count, 1) {
            unheaded.append(
                Table(
                    keys: parent.keys + keys[..<count], path: ConfigurationPath(parent.path.keys + keys[..<count])))
        }
        guard isArray else { return tables.append(Table(keys: parent.keys + keys, path: path)) }
        // One more member, or two.
        tables.append(Table(keys: parent.keys + keys, path: path.appending("[0]")))
        for index in 1..<1 + below(3) {
            for _ in 0..<below(3) { assignment(in: path.appending("[\(index - 1)]")) }
            header(parent.keys + keys, parent: parent.path, depth: keys.count, isArray: true, index: index)
            tables[tables.count - 1].path = path.appending("[\(index)]")
        }
    }

    /// Writes a header whose last `depth` keys lie below `parent`.
    private mutating func header(
        _ keys: [String], parent: ConfigurationPath, depth: Int, isArray: Bool, index: Int = 0
    ) {
        blankLines()
        blank()
        let start = here
        write(isArray ? "[[" : "[")
        var path = parent
        for (offset, key) in keys.enumerated() {
            if offset > 0 { write(".") }
            blank()
            let place = here
            write(key: key)
            blank()
            guard offset >= keys.count - depth else { continue }
            path = path.appending(key)
            let isHeader = offset == keys.count - 1 && !isArray
            note(path, Place(key: place, value: isHeader ? start : place), isHeader: isHeader)
        }
        write(isArray ? "]]" : "]")
        if isArray { note(path.appending("[\(index)]"), Place(key: start, value: start)) }
        endLine()
    }

    private mutating func assignment(in table: ConfigurationPath) {
        blankLines()
        blank()
        pair(in: table, depth: 0, isOneLine: false)
        endLine()
    }

    private mutating func pair(in table: ConfigurationPath, depth: Int, isOneLine: Bool) {
        var path = table
        var place = here
        for offset in 0...(chance(4) ? 1 + below(2) : 0) {
            if offset > 0 {
                blank()
                write(".")
                blank()
            }
            let key = newKey()
            path = path.appending(key)
            place = here
            write(key: key)
            note(path, Place(key: place, value: place))
        }
        blank()
        write("=")
        blank()
        places[path] = Place(key: place, value: here)
        value(at: path, depth: depth, isOneLine: isOneLine)
    }

    private mutating func value(at path: ConfigurationPath, depth: Int, isOneLine: Bool) {
        switch below(depth < 3 ? 9 : 6) {
        case 0: write(pick(["0", "-17", "0xff", "1_000", "+3", "0b1", "1.5", "-inf", "6e3"]))
        case 1:
            write(pick(["true", "false", "1979-05-27", "1979-05-27 07:32:00", "07:32:00.5", "1979-05-27T07:32:00Z"]))
        case 2: write(pick([#""""#, #""a # b ] } , = c""#, #""\"""#, #""\\""#, #""é 語 🏴 \u00e9""#, #""'""#]))
        case 3: write(pick(["''", #"'a \ " # ]'"#, "'é'"]))
        case 4: longString(isOneLine: isOneLine)
        case 5: write("\"x\"")
        case 6, 7: array(at: path, depth: depth, isOneLine: isOneLine)
        default: table(at: path, depth: depth)
        }
    }

    private mutating func longString(isOneLine: Bool) {
        let quote = pick(["\"\"\"", "'''"])
        let mark = String(quote.prefix(1))
        let inner =
            isOneLine ? [" ", "é", mark + mark + " "] : [lineEnd, "[x]\(lineEnd)a = 1", "é", mark + mark + " ", "# "]
        write(quote)
        for _ in 0..<below(4) { write(pick(inner)) }
        if mark == "\"", chance(3) { write(isOneLine ? "\\\"" : "\\\(lineEnd)  ") }
        if chance(3) { write("x" + pick([mark, mark + mark])) }
        write(quote)
    }

    private mutating func array(at path: ConfigurationPath, depth: Int, isOneLine: Bool) {
        write("[")
        let count = below(4)
        for index in 0..<count {
            gap(isOneLine)
            let member = path.appending("[\(index)]")
            places[member] = Place(key: here, value: here)
            value(at: member, depth: depth + 1, isOneLine: isOneLine)
            gap(isOneLine)
            if index < count - 1 || chance(2) { write(",") }
        }
        gap(isOneLine)
        write("]")
    }

    private mutating func gap(_ isOneLine: Bool) {
        if isOneLine || !chance(3) { blank() } else { endLine() }
    }

    private mutating func table(at path: ConfigurationPath, depth: Int) {
        write("{")
        for index in 0..<below(4) {
            if index > 0 { write(",") }
            blank()
            pair(in: path, depth: depth + 1, isOneLine: true)
            blank()
        }
        blank()
        write("}")
    }
}
