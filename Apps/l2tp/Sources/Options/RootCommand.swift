import ArgumentParser
import CommandLineSupport

/// The command line but for the words after a sub-command, which go to ``KeywordParser`` as they stand.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "l2tp",
        abstract: "Adds, changes, deletes and shows L2TPv3 tunnels and sessions of the Linux kernel.",
        usage: """
            l2tp [OPTION ...] {add | del | show | lookup} {tunnel | session}
                 [KEYWORD VALUE] ...
            l2tp [OPTION ...] {modify | stats | flush} [KEYWORD VALUE] ...
            l2tp [OPTION ...] monitor [--timestamp] [--all] [tunnel_id ID] ...
            l2tp [OPTION ...] save [--with-cookies]
            l2tp decode [OPTION ...] {FILE | - | --live IFACE}
            l2tp [OPTION ...] --batch FILE
            """,
        discussion: HelpText.root,
        version: Version.text,
        subcommands: [
            Add.self, Delete.self, Show.self, Lookup.self, Modify.self, Stats.self, Monitor.self, Flush.self,
            Save.self, Decode.self,
        ])

    @Flag(name: .shortAndLong, help: "Print JSON.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print JSON in several lines.")
    var pretty = false

    @Flag(name: .shortAndLong, help: "Print one line for each tunnel or session.")
    var oneline = false

    @Flag(name: .shortAndLong, help: "Print counters too.")
    var statistics = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Work in a network namespace: a name of ip-netns(8), or a path.", valueName: "NAME"))
    var netns: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Read commands from a file, - for standard input.", valueName: "FILE"))
    var batch: String?

    @Flag(help: "Go on with a batch after a failure.")
    var force = false
}

/// A sub-command of ``RootCommand``.
protocol Subcommand: ParsableCommand {
    static var word: CommandWord { get }
    var root: RootCommand { get }
    var words: [String] { get }
}

/// `l2tp add`.
struct Add: Subcommand {
    static let word = CommandWord.add
    static let configuration = CommandConfiguration(
        abstract: "Add a tunnel, a session, or both.", usage: HelpText.addUsage, discussion: HelpText.add)

    @ParentCommand var root: RootCommand

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("Keywords and their values.", valueName: "KEYWORD"))
    var words: [String] = []
}

/// `l2tp del`.
struct Delete: Subcommand {
    static let word = CommandWord.delete
    static let configuration = CommandConfiguration(
        commandName: "del", abstract: "Delete a tunnel or a session.", usage: HelpText.deleteUsage,
        discussion: HelpText.delete, aliases: ["delete"])

    @ParentCommand var root: RootCommand

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("Keywords and their values.", valueName: "KEYWORD"))
    var words: [String] = []
}

/// `l2tp show`.
struct Show: Subcommand {
    static let word = CommandWord.show
    static let configuration = CommandConfiguration(
        abstract: "Show tunnels or sessions.", usage: HelpText.showUsage, discussion: HelpText.show,
        aliases: ["list", "lst"])

    @ParentCommand var root: RootCommand

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("Keywords and their values.", valueName: "KEYWORD"))
    var words: [String] = []
}

/// `l2tp lookup`.
struct Lookup: Subcommand {
    static let word = CommandWord.lookup
    static let configuration = CommandConfiguration(
        abstract: "Show what has an id, an interface or a peer.", usage: HelpText.lookupUsage,
        discussion: HelpText.lookup)

    @ParentCommand var root: RootCommand

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("Keywords and their values.", valueName: "KEYWORD"))
    var words: [String] = []
}

/// `l2tp modify`.
struct Modify: Subcommand {
    static let word = CommandWord.modify
    static let configuration = CommandConfiguration(
        abstract: "Change a session in place.", usage: HelpText.modifyUsage, discussion: HelpText.modify)

    @ParentCommand var root: RootCommand

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("Keywords and their values.", valueName: "KEYWORD"))
    var words: [String] = []
}

/// `l2tp stats`.
struct Stats: Subcommand {
    static let word = CommandWord.stats
    static let configuration = CommandConfiguration(
        abstract: "Show what sessions carry, again and again.", usage: HelpText.statsUsage, discussion: HelpText.stats)

    @ParentCommand var root: RootCommand

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("Keywords and their values.", valueName: "KEYWORD"))
    var words: [String] = []
}

/// `l2tp monitor`.
struct Monitor: Subcommand {
    static let word = CommandWord.monitor
    static let configuration = CommandConfiguration(
        abstract: "Print what changes.", usage: HelpText.monitorUsage, discussion: HelpText.monitor)

    @ParentCommand var root: RootCommand

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("Keywords and their values.", valueName: "KEYWORD"))
    var words: [String] = []
}

/// `l2tp flush`.
struct Flush: Subcommand {
    static let word = CommandWord.flush
    static let configuration = CommandConfiguration(
        abstract: "Delete all tunnels or sessions, or some of them.", usage: HelpText.flushUsage,
        discussion: HelpText.flush)

    @ParentCommand var root: RootCommand

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("Keywords and their values.", valueName: "KEYWORD"))
    var words: [String] = []
}

/// `l2tp save`.
struct Save: Subcommand {
    static let word = CommandWord.save
    static let configuration = CommandConfiguration(
        abstract: "Print what there is as l2tp-apply(8) reads it.", usage: HelpText.saveUsage,
        discussion: HelpText.save)

    @ParentCommand var root: RootCommand

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("Options.", valueName: "OPTION"))
    var words: [String] = []
}

/// `l2tp decode`.
struct Decode: Subcommand {
    static let word = CommandWord.decode
    static let configuration = CommandConfiguration(
        abstract: "Print the L2TP messages of a capture.", usage: HelpText.decodeUsage,
        discussion: HelpText.decode)

    @ParentCommand var root: RootCommand

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("Options and a file.", valueName: "WORD"))
    var words: [String] = []
}
