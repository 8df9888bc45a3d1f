/// Turns a command line into the form that the frame of commands and options takes: ip's spellings of
/// options into ours, and an abbreviated sub-command into its full name. What follows the sub-command is
/// left as it is.
struct LeadingOptions {
    /// What the frame is to make of a command line.
    enum Outcome: Hashable {
        /// Parse these words.
        case words([String])
        /// Print how a command, or the whole program, is used, because of the word `help`.
        case usage(CommandWord?)
        /// The sub-command is unknown.
        case wrong(Problem)
    }

    /// What an option of ip means here.
    private enum Meaning {
        /// One of ours, without a value.
        case flag(String)
        /// One of ours, with a value.
        case option(String)
        /// Nothing: it has no effect on L2TP.
        case ignored
        /// Nothing, and neither does its value.
        case ignoredWithValue
    }

    /// ip's options in ip's order: an option stands for the first of these that it begins. `h` comes first
    /// here, because it means `--human-readable` in ip, which has no effect on L2TP.
    private static let meanings: [(name: String, meaning: Meaning)] = [
        ("help", .flag("--help")), ("loops", .ignoredWithValue), ("family", .ignoredWithValue), ("4", .ignored),
        ("6", .ignored), ("0", .ignored), ("M", .ignored), ("B", .ignored), ("human-readable", .ignored),
        ("iec", .ignored), ("statistics", .ignored), ("stats", .ignored), ("details", .ignored),
        ("resolve", .ignored), ("oneline", .flag("--oneline")), ("timestamp", .ignored), ("tshort", .ignored),
        ("Version", .flag("--version")), ("version", .flag("--version")), ("force", .flag("--force")),
        ("batch", .option("--batch")), ("brief", .ignored), ("json", .flag("--json")),
        ("pretty", .flag("--pretty")), ("rcvbuf", .ignoredWithValue), ("color", .ignored),
        ("netns", .option("--netns")), ("Numeric", .ignored), ("all", .ignored), ("echo", .ignored),
    ]

    /// Reads a command line without the program's name.
    static func read(_ arguments: [String]) -> Outcome {
        var rest = arguments[...]
        var words: [String] = []
        while let word = rest.first, word.hasPrefix("-"), word != "-" {
            // Requests of completion scripts and tools go to the frame untouched.
            if word.hasPrefix("--generate-completion-script") || word.hasPrefix("--experimental")
                || word.hasPrefix("---")
            {
                return .words(words + rest)
            }
            rest.removeFirst()
            if word == "--" { break }
            words += read(option: word, &rest)
        }
        guard let word = rest.popFirst() else { return .words(words) }
        switch CommandWord.meaning(of: word) {
        case .command(let command): return .words(words + [command.rawValue] + rest)
        case .help: return .usage(rest.first.flatMap(Self.command))
        case .unknown: return .wrong(CommandWord.problem(with: word))
        }
    }

    private static func command(_ word: String) -> CommandWord? {
        guard case .command(let command) = CommandWord.meaning(of: word) else { return nil }
        return command
    }

    /// What an option becomes; it may take its value from `rest`. An unknown one stays as it is, for the
    /// frame to complain of.
    private static func read(option word: String, _ rest: inout ArraySlice<String>) -> [String] {
        let parts = word.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, let known = meanings.first(where: { $0.name.hasPrefix(name) })
        else { return [word] }
        switch known.meaning {
        case .flag(let option):
            return parts.count == 1 ? [option] : [word]
        case .option(let option):
            if parts.count == 2 { return ["\(option)=\(parts[1])"] }
            guard let value = rest.popFirst() else { return [option] }
            return ["\(option)=\(value)"]
        case .ignored:
            return []
        case .ignoredWithValue:
            if parts.count == 1 { _ = rest.popFirst() }
            return []
        }
    }
}
