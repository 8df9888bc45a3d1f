import ArgumentParser

/// A command line, its options and sub-command told apart.
struct Invocation: Hashable {
    /// What is to be done.
    enum Action: Hashable {
        /// One command with the words after it.
        case command(CommandWord, words: [String])
        /// The commands of a file.
        case batch(file: String)
        /// Nothing: the program was called without a command.
        case none
    }

    /// Why a command line comes to an end before anything is done.
    enum Ending: Error, Hashable {
        /// Text that was asked for: help, the version or a completion script.
        case text(String)
        /// How a command is used, because of the word `help` or because nothing else was said.
        case usage(CommandWord?)
        /// The command line is wrong.
        case failure(Failure)
    }

    var action: Action
    var output = OutputOptions()
    var netns: String?
    var force = false

    /// Reads the arguments without the program's name.
    init(_ arguments: [String]) throws(Ending) {
        let words: [String]
        switch LeadingOptions.read(arguments) {
        case .words(let found): words = found
        case .usage(let command): throw .usage(command)
        case .wrong(let problem): throw .failure(Failure([problem]))
        }
        if words == ["--version"] { throw .text(Version.line) }
        if let simple = Self(withoutFrame: words) {
            self = simple
        } else {
            self = try Self(framing: words)
        }
    }

    /// Reads words as the frame does.
    init(framing words: [String]) throws(Ending) {
        let command: any ParsableCommand
        do {
            command = try Root.parseAsRoot(words)
        } catch {
            throw Self.ending(error)
        }
        if let command = command as? any Subcommand {
            self.init(command.root)
            if action == .none { action = .command(type(of: command).word, words: command.words) }
        } else if let root = command as? Root {
            self.init(root)
        } else {
            throw Self.ending(of: command)
        }
    }

    /// Reads options and a sub-command in the form that ``LeadingOptions`` gives them; nil if there is
    /// anything else.
    ///
    /// Building ``Root`` takes longer than all the rest of a short run. It is left to what needs it: help,
    /// completion scripts and errors.
    init?(withoutFrame words: [String]) {
        action = .none
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            switch (parts[0], parts.count) {
            case ("--json", 1): output.json = true
            case ("--pretty", 1): output.pretty = true
            case ("--oneline", 1): output.oneLine = true
            case ("--force", 1): force = true
            case ("--netns", 2): netns = String(parts[1])
            case ("--batch", 2): action = .batch(file: String(parts[1]))
            default:
                guard let command = CommandWord(rawValue: word) else { return nil }
                if action == .none { action = .command(command, words: Array(rest)) }
                return
            }
        }
    }

    /// The options alone. As in ip, a batch takes the place of a command.
    private init(_ root: Root) {
        action = root.batch.map { .batch(file: $0) } ?? .none
        output = OutputOptions(json: root.json, pretty: root.pretty, oneLine: root.oneline)
        netns = root.netns
        force = root.force
    }

    /// What a command of the frame itself, that of `--help`, prints: it does so by throwing.
    private static func ending(of command: any ParsableCommand) -> Ending {
        var command = command
        do {
            try command.run()
            return .usage(nil)
        } catch {
            return ending(error)
        }
    }

    private static func ending(_ error: any Error) -> Ending {
        if Root.exitCode(for: error).isSuccess { return .text(Root.fullMessage(for: error)) }
        return .failure(Failure("\(Root.message(for: error)); try l2tp --help", .usage))
    }

    /// The help of a command, nil for the whole program.
    static func help(of command: CommandWord?) -> String {
        switch command {
        case .add: Root.helpMessage(for: Add.self)
        case .delete: Root.helpMessage(for: Delete.self)
        case .show: Root.helpMessage(for: Show.self)
        case .lookup: Root.helpMessage(for: Lookup.self)
        case nil: Root.helpMessage()
        }
    }
}
