/// What may stand next on a command line, for the shells' completion.
enum Completion {
    /// What may stand in the place of the last of `words`, of which the others come before it. A folder's
    /// path, with a slash at its end, stands for the names of the files in it, a lone slash for any file.
    static func candidates(_ words: [String]) -> [String] {
        var rest = words[...]
        let current = rest.popLast() ?? ""
        while let word = rest.first, word.hasPrefix("-") {
            rest.removeFirst()
            guard let option = LeadingOptions.optionTakingValue(word) else { continue }
            guard rest.popFirst() != nil else { return values(of: option, current) }
        }
        if let word = rest.popFirst() {
            switch CommandWord.meaning(of: word) {
            case .command(let command): return candidates(after: command, Array(rest), current)
            case .help: return begun(CommandWord.allCases.map(\.rawValue), current)
            case .unknown: return []
            }
        }
        if current.hasPrefix("-") { return begun(options, current) }
        let commands = begun(CommandWord.allCases.map(\.rawValue) + ["help"], current)
        return commands.isEmpty ? begun(CommandWord.spellings.map(\.word), current) : commands
    }

    private static let options = [
        "--json", "--pretty", "--oneline", "--statistics", "--netns", "--batch", "--force", "--version", "--help",
    ]

    private static func values(of option: String, _ current: String) -> [String] {
        switch option {
        case "--netns": [current.hasPrefix("/") || current.hasPrefix(".") ? "/" : "/run/netns/"]
        case "--batch": ["/"]
        default: []
        }
    }

    private static func candidates(after command: CommandWord, _ words: [String], _ current: String) -> [String] {
        if command == .decode { return candidates(ofDecoding: words, current) }
        var rest = words[...]
        var given: Set<Keyword> = []
        while let word = rest.popFirst() {
            if let option = CommandOptions.optionTakingValue(word, of: command) {
                guard rest.popFirst() != nil else { return begun(option, current) }
            }
            guard let keyword = Keyword(spelling: word) else { continue }
            given.insert(keyword)
            guard let values = keyword.values else { continue }
            guard let value = rest.popFirst() else { return begun(values, current) }
            // The digits come after the word.
            if value == "u32" || value == "c32", rest.popFirst() == nil { return [] }
        }
        if current.hasPrefix("-") {
            // What changes is one object a line, without counters of what stays.
            let shared = command == .save ? [] : command == .monitor ? ["--json"] : OutputOptions.longNames
            return begun(CommandOptions.names(of: command) + shared + ["--help"], current)
        }
        let keywords = keywords(for: command, given).filter { !given.contains($0) }
        return begun(keywords.map(\.rawValue), current)
    }

    private static func candidates(ofDecoding words: [String], _ current: String) -> [String] {
        if let last = words.last, let values = DecodeOptions.optionTakingValue(last) {
            return values == ["/"] ? values : begun(values, current)
        }
        if words.contains("--") { return ["/"] }
        return current.hasPrefix("-") ? begun(DecodeOptions.names + ["--help"], current) : ["/"]
    }

    /// The keywords of a command, given what already stands there.
    private static func keywords(for command: CommandWord, _ given: Set<Keyword>) -> [Keyword] {
        var kinds: Set<ObjectKind> = []
        if given.contains(.tunnel) { kinds.insert(.tunnel) }
        if given.contains(.session) { kinds.insert(.session) }
        switch command {
        case .add:
            return kinds.isEmpty ? selectors : Keyword.allCases.filter { !$0.belongsTo.isDisjoint(with: kinds) }
        case .delete:
            if kinds.isEmpty { return selectors }
            return kinds.contains(.session) ? [.tunnelID, .sessionID, .name] : [.tunnelID]
        case .show:
            if kinds.isEmpty { return selectors }
            return Keyword.allCases.filter { $0.selects.contains(kinds.contains(.session) ? .session : .tunnel) }
        case .modify:
            return given.contains(.session) ? Keyword.allCases.filter(isForModification) : [.session]
        case .stats:
            return Keyword.allCases.filter { $0.selects.contains(.session) }
        case .flush:
            let selecting = Keyword.allCases.filter {
                $0.selects.contains(kinds.contains(.session) ? .session : .tunnel)
            }
            return (kinds.isEmpty ? selectors : []) + selecting
        case .monitor:
            return Keyword.allCases.filter { !$0.selects.isEmpty }
        case .save, .decode:
            return []
        case .lookup:
            let selecting = Keyword.allCases.filter {
                kinds.isEmpty ? !$0.selects.isEmpty : !$0.selects.isDisjoint(with: kinds)
            }
            return (kinds.isEmpty ? selectors : []) + selecting
        }
    }

    private static func isForModification(_ keyword: Keyword) -> Bool {
        keyword.role == .selects || (keyword.role == .changes && !keyword.belongsTo.isEmpty)
    }

    private static let selectors: [Keyword] = [.tunnel, .session]

    private static func begun(_ words: [String], _ current: String) -> [String] {
        words.filter { $0.hasPrefix(current) }
    }
}
