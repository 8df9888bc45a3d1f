/// Writes tables and keys of TOML, each with what is to be said about it as a comment above.
struct TOMLWriter {
    /// What has been written.
    private(set) var text = ""
    /// What is still to be said, by the part it is about.
    private var remarks: [ConfigurationPath: String]
    /// The table that keys belong to.
    private var table = ConfigurationPath()
    /// Lines are broken before they are longer, where they can be.
    private let widestLine = 100

    /// A writer that has something to say about some parts.
    init(remarks: [ConfigurationPath: String]) {
        self.remarks = remarks
        if let remark = self.remarks.removeValue(forKey: ConfigurationPath()) { comment(remark) }
    }

    /// Begins a table, a blank line below what is there.
    mutating func begin(_ table: ConfigurationPath) {
        finishTable()
        self.table = table
        if !text.isEmpty { text += "\n" }
        if !remarks.isEmpty, let remark = remarks.removeValue(forKey: table) { comment(remark) }
        // A path's own text takes a name as [0] for the member of an array.
        let keys = table.keys.map { ConfigurationPath.isBare($0) ? $0 : ConfigurationPath.quoted($0) }
        text += "[\(keys.joined(separator: "."))]\n"
    }

    /// Writes a key with a string.
    mutating func write(_ key: String, _ value: String) {
        write(key, literal: ConfigurationPath.quoted(value))
    }

    /// Writes a key with a number.
    mutating func write(_ key: String, _ value: some BinaryInteger) {
        write(key, literal: "\(value)")
    }

    /// Writes a key with `true` or `false`.
    mutating func write(_ key: String, _ value: Bool) {
        write(key, literal: value ? "true" : "false")
    }

    /// Writes a key with an array of values that are TOML already: in one line if it is not too long.
    mutating func write(_ key: String, literals: [String]) {
        for index in literals.indices { remark(key, "[\(index)]") }
        let line = "[\(literals.joined(separator: ", "))]"
        if key.utf8.count + 3 + line.utf8.count <= widestLine {
            write(key, literal: line)
        } else {
            write(key, literal: "[\n" + literals.map { "  \($0),\n" }.joined() + "]")
        }
    }

    /// Says what is to be said about a key, and nothing else, for it has its default or is left out.
    mutating func skip(_ key: String) { remark(key) }

    /// Whether anything is to be said about a table or its keys.
    func hasRemarks(below table: ConfigurationPath) -> Bool {
        !remarks.isEmpty && remarks.keys.contains { $0.keys.starts(with: table.keys) }
    }

    /// Writes a comment of one line or several.
    mutating func comment(_ remark: String) {
        for line in remark.split(separator: "\n", omittingEmptySubsequences: false) {
            text += line.isEmpty ? "#\n" : "# \(Self.printable(line))\n"
        }
    }

    /// Writes what is still to be said about parts that are not there, so that nothing gets lost.
    mutating func finish() {
        finishTable()
        let rest = remarks.sorted { "\($0.key)" < "\($1.key)" }
        if !rest.isEmpty, !text.isEmpty { text += "\n" }
        for (path, remark) in rest { comment("\(path): \(remark)") }
        remarks = [:]
    }

    // MARK: - Lines

    private mutating func write(_ key: String, literal: String) {
        remark(key)
        text += "\(key) = \(literal)\n"
    }

    private mutating func remark(_ keys: String...) {
        guard !remarks.isEmpty else { return }
        let path = ConfigurationPath(table.keys + keys)
        guard let remark = remarks.removeValue(forKey: path) else { return }
        comment("\(ConfigurationPath(keys)): \(remark)")
    }

    /// Says what is left about keys of the table that were not written.
    private mutating func finishTable() {
        guard !remarks.isEmpty, !table.keys.isEmpty else { return }
        let rest = remarks.filter { $0.key.keys.count == table.keys.count + 1 && $0.key.keys.starts(with: table.keys) }
        for (path, remark) in rest.sorted(by: { "\($0.key)" < "\($1.key)" }) where path.keys.last != "session" {
            comment("\(ConfigurationPath([path.keys[table.keys.count]])): \(remark)")
            remarks[path] = nil
        }
    }

    /// A line of a comment, where TOML takes no control characters but tabs.
    private static func printable(_ line: Substring) -> String {
        let isPlain = line.unicodeScalars.allSatisfy { $0 == "\t" || $0.properties.generalCategory != .control }
        return isPlain ? String(line) : String(ConfigurationPath.quoted(String(line)).dropFirst().dropLast())
    }
}
