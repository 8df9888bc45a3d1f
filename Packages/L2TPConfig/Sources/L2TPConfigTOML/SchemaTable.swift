internal import L2TPConfig

/// A table of a document with what is found while its keys are read.
///
/// Each key is asked for once, whatever its value; at the end ``finish(_:)`` finds those that nobody asked for.
struct SchemaTable {
    /// The path of the table.
    let path: ConfigurationPath
    /// What was found.
    private(set) var findings: [SchemaFinding] = []
    /// Keys whose values could not be read.
    private(set) var failed: [String] = []
    private let entries: [TOMLNode.Entry]
    private var askedCount = 0
    private var missing: [String] = []

    /// A table that stands at a path.
    init(_ entries: [TOMLNode.Entry], at path: ConfigurationPath) {
        self.entries = entries
        self.path = path
    }

    /// Whether a key is written.
    func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

    /// Whether a key is written and no other is.
    func hasOnly(_ key: String) -> Bool { entries.count == 1 && has(key) }

    /// Whether a key is written and its value could be read.
    func isSound(_ key: String) -> Bool { has(key) && !failed.contains(key) }

    /// The value of a key; nil if it is not written.
    mutating func take(_ key: String) -> TOMLNode? {
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        askedCount += 1
        return entry.value
    }

    // MARK: - Findings

    /// Notes what is wrong with the value of a key; the key counts as not read.
    mutating func fail(_ key: String, _ message: String) {
        if !failed.contains(key) { failed.append(key) }
        report(key, message)
    }

    /// Notes what is to be said about the value of a key.
    mutating func report(_ key: String, _ message: String, _ severity: Diagnostic.Severity = .error) {
        let place = path.appending(key)
        add(SchemaFinding(severity: severity, path: place, place: place, anchor: .value, message: message))
    }

    /// Notes that a key should not be there.
    mutating func refuse(_ key: String, _ message: String) {
        let place = path.appending(key)
        add(SchemaFinding(path: place, place: place, anchor: .key, message: message))
    }

    /// Notes what is wrong with the table as a whole.
    mutating func report(_ message: String) {
        add(SchemaFinding(path: path, place: path, anchor: .value, message: message))
    }

    /// Notes a finding.
    mutating func add(_ finding: SchemaFinding) { findings.append(finding) }

    /// Notes the findings of a table within.
    mutating func add(_ others: [SchemaFinding]) { findings += others }

    /// Notes each of the keys that is not written although it must be; it counts as not read.
    mutating func require(_ keys: String...) {
        for key in keys where !has(key) {
            failed.append(key)
            missing.append(key)
        }
    }

    /// Reports the keys that are not among the known ones, with the one that may have been meant, and those that are
    /// missing, but for a missing one that was meant by an unknown one: that is one mistake.
    mutating func finish(_ known: [String], hint: (TOMLNode.Entry) -> String? = { _ in nil }) {
        if askedCount < entries.count {
            for entry in entries where !known.contains(entry.key) { reportUnknown(entry, known, hint(entry)) }
        }
        for key in missing { report("\(key) is missing: \(Schema.required[key] ?? "it must be there")") }
    }

    private mutating func reportUnknown(_ entry: TOMLNode.Entry, _ known: [String], _ hint: String?) {
        let advice: String
        if let hint {
            advice = hint
        } else if let home = Schema.home(of: entry.key) {
            advice = "it belongs into \(home)"
        } else if let nearest = Schema.synonyms[entry.key.lowercased()].flatMap({ known.contains($0) ? $0 : nil })
            ?? Suggestion.nearest(to: entry.key, among: known)
        {
            advice = "did you mean \"\(nearest)\"?"
            missing.removeAll { $0 == nearest }
        } else {
            advice = "known are \(known.joined(separator: ", "))"
        }
        let message = "unknown key \(entry.key.quoted); \(advice)"
        add(SchemaFinding(path: path, place: path.appending(entry.key), anchor: .key, message: message))
    }

    // MARK: - Values

    /// A whole number in a range; `noun` names it, as `a tunnel id`.
    mutating func number(_ key: String, in range: ClosedRange<Int>, as noun: String) -> Int? {
        guard let value = take(key) else { return nil }
        if case .integer(let number) = value, range.contains(number) { return number }
        let bounds = "\(range.lowerBound)…\(range.upperBound)"
        switch value {
        case .integer(let number): fail(key, "\(number) is not \(noun) (\(bounds))")
        case .string(let text):
            let advice = Int(text).map { range.contains($0) ? ": write \($0) without quotation marks" : "" } ?? ""
            fail(key, "expected a number, \(bounds), not a string\(advice)")
        default: fail(key, "expected a number, \(bounds), not \(value.kind)")
        }
        return nil
    }

    /// `true` or `false`.
    mutating func flag(_ key: String) -> Bool? {
        guard let value = take(key) else { return nil }
        switch value {
        case .boolean(let flag): return flag
        case .string(let text):
            let word: Bool? =
                switch text.lowercased() {
                case "true", "yes", "on", "1": true
                case "false", "no", "off", "0": false
                default: nil
                }
            let advice = word.map { ": write \($0) without quotation marks" } ?? ""
            fail(key, "expected true or false, not a string\(advice)")
        case .integer(let number) where number == 0 || number == 1:
            fail(key, "expected true or false, not a number: write \(number == 1)")
        default: fail(key, "expected true or false, not \(value.kind)")
        }
        return nil
    }

    /// A string; `expected` says what it holds, as `an IP address`.
    mutating func string(_ key: String, as expected: String) -> String? {
        guard let value = take(key) else { return nil }
        if case .string(let text) = value { return text }
        fail(key, "expected \(expected) in quotation marks, not \(value.kind)")
        return nil
    }

    /// One of some words.
    mutating func word<Value>(_ key: String, _ words: KeyValuePairs<String, Value>) -> Value? {
        guard let value = take(key) else { return nil }
        if case .string(let text) = value, let match = words.first(where: { $0.key == text }) { return match.value }
        let choice = words.map { "\"\($0.key)\"" }
        let expected = choice.dropLast().joined(separator: ", ") + " or " + (choice.last ?? "")
        guard case .string(let text) = value else {
            fail(key, "expected \(expected), not \(value.kind)")
            return nil
        }
        let nearest = Suggestion.nearest(to: text, among: words.map(\.key))
        fail(key, "\(text.quoted): expected \(expected)\(nearest.map { "; did you mean \"\($0)\"?" } ?? "")")
        return nil
    }

    /// A string that a parser takes; the parser's failure says what is wrong, behind the text in quotation marks.
    mutating func parsed<Value>(
        _ key: String, as expected: String, _ parse: (String) throws(SchemaProblem) -> Value
    ) -> Value? {
        guard let text = string(key, as: expected) else { return nil }
        do {
            return try parse(text)
        } catch {
            fail(key, error.message)
            return nil
        }
    }
}

/// What is wrong with a text, in one line.
struct SchemaProblem: Error {
    /// The line.
    let message: String

    /// A problem in words.
    init(_ message: String) {
        self.message = message
    }
}
