import L2TPConfig

/// The options that belong to one command and stand after it: those of `stats`, `monitor`, `flush` and `save`.
struct CommandOptions: Hashable {
    /// `--interval`: the time from one report to the next.
    var interval = Duration.seconds(1)
    /// `--count`: after how many reports to end; nil for never.
    var count: Int?
    /// `--sort`.
    var sort = StatisticsColumn.tunnel
    /// `--timestamp`: to print the date too.
    var timestamp = false
    /// `--all`: to print also what cannot be told to be of this network namespace.
    var all = false
    /// `--yes`: not to ask.
    var yes = false
    /// `--with-cookies`: to print cookies too.
    var withCookies = false

    /// An option by its long and its short name.
    private enum Name: String, CaseIterable {
        case interval = "--interval"
        case count = "--count"
        case sort = "--sort"
        case timestamp = "--timestamp"
        case all = "--all"
        case yes = "--yes"
        case withCookies = "--with-cookies"

        var command: CommandWord {
            switch self {
            case .interval, .count, .sort: .stats
            case .timestamp, .all: .monitor
            case .yes: .flush
            case .withCookies: .save
            }
        }
        var takesValue: Bool { command == .stats }
        var shortName: String { "-\(rawValue.dropFirst(2).prefix(1))" }

        init?(_ word: Substring, of command: CommandWord) {
            // Long names have one dash too, as in ip; -s means --statistics everywhere.
            let name = Self.allCases.first { name in
                name.command == command
                    && (word == name.rawValue || word == name.rawValue.dropFirst()
                        || (name != .sort && word == name.shortName))
            }
            guard let name else { return nil }
            self = name
        }
    }

    /// The long names of a command's options.
    static func names(of command: CommandWord) -> [String] {
        Name.allCases.filter { $0.command == command }.map(\.rawValue)
    }

    /// The known values of an option, none where anything may follow; nil if the word is no option with a value.
    static func optionTakingValue(_ word: String, of command: CommandWord) -> [String]? {
        guard let name = Name(word[...], of: command), name.takesValue else { return nil }
        return name == .sort ? StatisticsColumn.allCases.map(\.rawValue) : []
    }

    /// Takes a command's options out of its words.
    init(takenFrom words: inout [String], of command: CommandWord) throws(Failure) {
        var rest = words[...]
        var kept: [String] = []
        var problems: [Problem] = []
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let first = parts.first ?? ""
            guard let name = Name(first, of: command) else {
                if let meant = Self.option(resembling: first, of: command) {
                    problems.append(
                        Problem(
                            "\(command.rawValue): unknown option \"\(first)\"; did you mean \"\(meant)\"?", .usage))
                    continue
                }
                kept.append(word)
                // What follows is a value, whatever it looks like.
                if let keyword = Keyword(spelling: word), keyword.values != nil, let value = rest.popFirst() {
                    kept.append(value)
                }
                continue
            }
            var value = parts.count == 2 ? String(parts[1]) : nil
            if name.takesValue, value == nil { value = rest.popFirst() }
            if let problem = set(name, value) {
                problems.append(Problem("\(command.rawValue): \(name.rawValue)\(problem)", .usage))
            }
        }
        if !problems.isEmpty { throw Failure(problems) }
        words = kept
    }

    /// The option of a command that a word may be meant to be; nil if it is one, or like none.
    private static func option(resembling word: Substring, of command: CommandWord) -> String? {
        guard word.hasPrefix("--"), OutputOptions.isOption(String(word)) == false, word != "--help" else { return nil }
        let known = names(of: command) + OutputOptions.longNames
        return Suggestion.nearest(to: String(word), among: known)
    }

    /// Takes an option; what is wrong with its value.
    private mutating func set(_ name: Name, _ value: String?) -> String? {
        guard name.takesValue else {
            switch name {
            case .timestamp: timestamp = true
            case .all: all = true
            case .withCookies: withCookies = true
            default: yes = true
            }
            return value == nil ? nil : ": takes no value"
        }
        guard let value else { return ": the value is missing" }
        switch name {
        case .interval:
            guard let time = Self.time(value) else {
                return " \"\(value)\": expected a time of 10 ms to one day, as 1s or 500ms"
            }
            interval = time
        case .count:
            guard let number = Int(value), number > 0 else { return " \"\(value)\": expected a number, 1 or more" }
            count = number
        case .sort:
            guard let column = StatisticsColumn(rawValue: value) else {
                let names = StatisticsColumn.allCases.map(\.rawValue)
                let hint = Suggestion.nearest(to: value, among: names).map { "did you mean \"\($0)\"?" }
                return " \"\(value)\": no such column; \(hint ?? "there are \(names.joined(separator: ", "))")"
            }
            sort = column
        case .timestamp, .all, .yes, .withCookies: break
        }
        return nil
    }

    /// A time as `1`, `1s`, `0.5s`, `500ms` or `2min`; nil if it is none, or out of bounds.
    private static func time(_ text: String) -> Duration? {
        let unit = text.drop { $0.isNumber || $0 == "." }
        let factors: [Substring: Int64] = ["": 1000, "s": 1000, "ms": 1, "min": 60_000]
        guard let factor = factors[unit], let number = Double(text.dropLast(unit.count)) else { return nil }
        let milliseconds = number * Double(factor)
        guard (10...86_400_000).contains(milliseconds) else { return nil }
        return .milliseconds(Int64(milliseconds.rounded()))
    }
}
