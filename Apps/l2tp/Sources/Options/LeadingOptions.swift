/// Turns a command line into the form that ``RootCommand`` takes: ip's spellings of options into ours, and
/// an abbreviated sub-command into its full name. What follows the sub-command is left as it is.
struct LeadingOptions {
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
        ("iec", .ignored), ("statistics", .flag("--statistics")), ("stats", .flag("--statistics")),
        ("details", .ignored), ("resolve", .ignored), ("oneline", .flag("--oneline")), ("timestamp", .ignored),
        ("tshort", .ignored), ("Version", .flag("--version")), ("version", .flag("--version")),
        ("force", .flag("--force")), ("batch", .option("--batch")), ("brief", .ignored), ("json", .flag("--json")),
        ("pretty", .flag("--pretty")), ("rcvbuf", .ignoredWithValue), ("color", .ignored),
        ("netns", .option("--netns")), ("Numeric", .ignored), ("all", .ignored), ("echo", .ignored),
    ]

    /// ip's options that are accepted and have no effect here, in the order of the alphabet.
    static var ignored: [String] {
        let names = meanings.compactMap { name, meaning in
            switch meaning {
            case .ignored, .ignoredWithValue: "-\(name)"
            case .flag, .option: String?.none
            }
        }
        return names.sorted { $0.lowercased() < $1.lowercased() }
    }

    /// Reads a command line without the program's name.
    static func read(_ arguments: [String]) throws(Invocation.Ending) -> [String] {
        var rest = arguments[...]
        var words: [String] = []
        while let word = rest.first, word.hasPrefix("-"), word != "-" {
            rest.removeFirst()
            if word == "--" { break }
            if word.hasPrefix("---") || word.hasPrefix("--generate") || word.hasPrefix("--experimental") {
                throw request(of: word, rest)
            }
            let read = read(option: word, &rest)
            if read == ["--help"] { throw .help(rest.first.flatMap(command)) }
            if read == ["--version"] { throw .version }
            words += read
        }
        guard let word = rest.popFirst() else { return words }
        switch CommandWord.meaning(of: word) {
        case .command(let command): return words + [command.rawValue] + rest
        case .help: throw try usage(of: rest.first)
        case .unknown: throw .failure(Failure([CommandWord.problem(with: word)]))
        }
    }

    /// What follows the word `help`.
    private static func usage(of word: String?) throws(Invocation.Ending) -> Invocation.Ending {
        guard let word else { return .usage(nil) }
        switch CommandWord.meaning(of: word) {
        case .command(let command): return .usage(command)
        case .help: return .usage(nil)
        case .unknown: throw .failure(Failure([CommandWord.problem(with: word)]))
        }
    }

    private static func command(_ word: String) -> CommandWord? {
        guard case .command(let command) = CommandWord.meaning(of: word) else { return nil }
        return command
    }

    /// What the shells' completion asks for.
    private static func request(of word: String, _ rest: ArraySlice<String>) -> Invocation.Ending {
        if word == "---completion" {
            return .text(Completion.candidates(Array(rest)).joined(separator: "\n"))
        }
        let parts = word.split(separator: "=", maxSplits: 1)
        guard parts[0] == "--generate-completion-script" else {
            return .failure(Failure("unknown option \"\(word)\"; try --help", .usage))
        }
        let shell = parts.count == 2 ? String(parts[1]) : rest.first
        guard let shell, let script = CompletionScript(rawValue: shell) else {
            let shells = CompletionScript.allCases.map(\.rawValue).joined(separator: ", ")
            let found = shell.map { "no script for \"\($0)\"" } ?? "the shell is missing"
            return .failure(
                Failure("--generate-completion-script: \(found); there is one for each of \(shells)", .usage))
        }
        return .text(script.text)
    }

    /// What an option becomes; it may take its value from `rest`. An unknown one stays as it is, for
    /// ``RootCommand`` to complain of.
    private static func read(option word: String, _ rest: inout ArraySlice<String>) -> [String] {
        guard let (meaning, value) = meaning(of: word) else { return [word] }
        switch meaning {
        case .flag(let option):
            return value == nil ? [option] : [word]
        case .option(let option):
            guard let value = value ?? rest.popFirst() else { return [option] }
            return ["\(option)=\(value)"]
        case .ignored:
            return []
        case .ignoredWithValue:
            if value == nil { _ = rest.popFirst() }
            return []
        }
    }

    /// What an option means, and the value that stands in it after `=`.
    private static func meaning(of word: String) -> (Meaning, value: String?)? {
        let parts = word.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, let known = meanings.first(where: { $0.name.hasPrefix(name) })
        else { return nil }
        return (known.meaning, parts.count == 2 ? String(parts[1]) : nil)
    }

    /// The option of ours that takes the word after an option as its value; an empty one if that has no
    /// effect, nil if none takes it.
    static func optionTakingValue(_ word: String) -> String? {
        guard let (meaning, value) = meaning(of: word), value == nil else { return nil }
        switch meaning {
        case .option(let option): return option
        case .ignoredWithValue: return ""
        case .flag, .ignored: return nil
        }
    }
}
