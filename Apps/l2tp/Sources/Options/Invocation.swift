import ArgumentParser
import CommandLineSupport

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
        /// Text that was asked for, as a completion script.
        case text(String)
        /// The help of a command, nil for the whole program, which was asked for.
        case help(CommandWord?)
        /// The version.
        case version
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
        let words = try LeadingOptions.read(arguments)
        if let simple = Self(withoutParser: words) {
            self = simple
        } else {
            self = try Self(parsing: words)
        }
    }

    /// Reads words as ArgumentParser does.
    init(parsing words: [String]) throws(Ending) {
        let command: any ParsableCommand
        do {
            command = try RootCommand.parseAsRoot(words)
        } catch {
            throw Self.ending(CommandLineEnding(error, parsing: RootCommand.self))
        }
        if let command = command as? any Subcommand {
            self.init(command.root)
            guard action == .none else {
                let word = type(of: command).word.rawValue
                throw .failure(Failure("--batch: the commands are in the file, so \"\(word)\" cannot follow", .usage))
            }
            action = .command(type(of: command).word, words: command.words)
        } else if let root = command as? RootCommand {
            self.init(root)
        } else {
            throw CommandLineEnding(running: command, insteadOf: RootCommand.self).map(Self.ending) ?? .usage(nil)
        }
    }

    /// Reads options and a sub-command in the form that ``LeadingOptions`` gives them; nil if there is
    /// anything else.
    ///
    /// Building ``RootCommand`` takes longer than all the rest of a short run. It is left to what needs it:
    /// help and errors.
    init?(withoutParser words: [String]) {
        action = .none
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            switch (parts[0], parts.count) {
            case ("--json", 1): output.json = true
            case ("--pretty", 1): output.pretty = true
            case ("--oneline", 1): output.oneLine = true
            case ("--statistics", 1): output.statistics = true
            case ("--force", 1): force = true
            case ("--netns", 2): netns = String(parts[1])
            case ("--batch", 2): action = .batch(file: String(parts[1]))
            default:
                guard action == .none, let command = CommandWord(rawValue: word) else { return nil }
                action = .command(command, words: Array(rest))
                return
            }
        }
    }

    /// The options alone.
    private init(_ root: RootCommand) {
        action = root.batch.map { .batch(file: $0) } ?? .none
        output = OutputOptions(
            json: root.json, pretty: root.pretty, oneLine: root.oneline, statistics: root.statistics)
        netns = root.netns
        force = root.force
    }

    private static func ending(_ ending: CommandLineEnding) -> Ending {
        switch ending {
        case .text(let text): .text(text)
        case .wrong(let message): .failure(Failure(message, .usage))
        }
    }

    /// The help of a command, nil for the whole program.
    ///
    /// Not as sub-commands of ``RootCommand``, whose version each would list as an option of its own.
    static func help(of command: CommandWord?) -> String {
        switch command {
        case .add: Add.helpMessage()
        case .delete: Delete.helpMessage()
        case .show: Show.helpMessage()
        case .lookup: Lookup.helpMessage()
        case .modify: Modify.helpMessage()
        case .stats: Stats.helpMessage()
        case .flush: Flush.helpMessage()
        case .monitor: Monitor.helpMessage()
        case .save: Save.helpMessage()
        case .decode: DecodeHelp.helpMessage()
        case nil: RootCommand.helpMessage()
        }
    }
}
