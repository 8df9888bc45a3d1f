import L2TPConfig

/// The sub-commands.
enum CommandWord: String, Hashable, CaseIterable {
    case add
    case delete = "del"
    case show
    case lookup
    case modify
    case stats
    case monitor
    case flush
    case save
    case decode

    /// What the first word of a command may be, in ip's order: a word stands for the first of these that it
    /// begins. Ours come last, so that they take no abbreviation from ip's words.
    static let spellings: [(word: String, command: CommandWord?)] = [
        ("add", .add), ("delete", .delete), ("show", .show), ("lst", .show), ("list", .show), ("help", nil),
        ("lookup", .lookup), ("modify", .modify), ("stats", .stats), ("monitor", .monitor), ("flush", .flush),
        ("save", .save), ("decode", .decode),
    ]

    /// Words that are none, but that somebody may try.
    private static let synonyms = [
        "remove": "del", "rm": "del", "create": "add", "new": "add", "get": "show", "print": "show", "find": "lookup",
        "change": "modify", "set": "modify", "update": "modify", "replace": "modify", "top": "stats",
        "statistics": "stats", "counters": "stats", "watch": "monitor", "events": "monitor", "clear": "flush",
        "purge": "flush", "dump": "save", "export": "save", "backup": "save", "capture": "decode", "dissect": "decode",
        "sniff": "decode", "pcap": "decode",
    ]

    /// What a word stands for.
    enum Meaning: Hashable {
        case command(CommandWord)
        /// The word `help`.
        case help
        /// No sub-command begins like this.
        case unknown
    }

    /// What a word or its abbreviation stands for.
    static func meaning(of word: String) -> Meaning {
        guard !word.isEmpty, let spelling = spellings.first(where: { $0.word.hasPrefix(word) }) else {
            return .unknown
        }
        return spelling.command.map(Meaning.command) ?? .help
    }

    /// What is wrong with a word that stands for nothing.
    static func problem(with word: String) -> Problem {
        let known = allCases.map(\.rawValue) + spellings.map(\.word)
        let list =
            "\(allCases.dropLast().map(\.rawValue).joined(separator: ", ")) and \(allCases[allCases.count - 1].rawValue)"
        let hint = Suggestion.nearest(to: word, among: known, synonyms: synonyms).map { "did you mean \"\($0)\"?" }
        return Problem("unknown command \"\(word)\"; \(hint ?? "the commands are \(list)")", .usage)
    }
}
