import ArgumentParser
import CommandLineSupport
import Logging

/// The command line as ArgumentParser reads it: for help, for errors, and for whatever ``PlainWords`` leaves to it.
struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "l2tp-apply",
        abstract: "Makes L2TPv3 pseudowires exist as they are configured.",
        usage: """
            l2tp-apply [OPTION ...] [FILE | FOLDER ...]
            l2tp-apply --check [FILE | FOLDER ...]
            l2tp-apply --plan [FILE | FOLDER ...]
            l2tp-apply --try SECONDS [FILE | FOLDER ...]
            l2tp-apply --confirm
            l2tp-apply --down
            """,
        discussion: HelpText.discussion,
        version: Version.text)

    @Argument(
        help: ArgumentHelp(
            "Files, or folders whose files *.toml are meant, or - for standard input (default: /etc/l2tp).",
            valueName: "FILE"),
        completion: .file())
    var paths: [String] = []

    @Flag(help: "Only look whether the configuration is valid.")
    var check = false

    @Flag(help: "Only print what would be done; the exit status is 6 if that is anything.")
    var plan = false

    @Option(
        name: .customLong("try"),
        help: ArgumentHelp("Apply, and take it back after so many seconds unless confirmed.", valueName: "SECONDS"))
    var trial: String?

    @Flag(help: "Confirm what a run with --try has applied.")
    var confirm = false

    @Flag(help: "Remove everything that was created by l2tp-apply.")
    var down = false

    @Flag(help: "Take over configured tunnels and sessions that somebody else has created.")
    var adopt = false

    @Option(
        help: ArgumentHelp(
            "For how long to wait for addresses, routes and interfaces (default: 30).", valueName: "SECONDS"))
    var wait: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Work in a network namespace: a name of ip-netns(8), or a path.", valueName: "NAME"))
    var netns: String?

    @Flag(name: .shortAndLong, help: "Print a report in JSON.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "What to say on standard error: trace, debug, info, notice, warning, error or critical (default: info).",
            valueName: "LEVEL"),
        completion: .list(Logger.Level.allCases.map(\.rawValue)))
    var logLevel: String?

    @Flag(name: .shortAndLong, help: "Say more: like --log-level debug.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Say only what is wrong: like --log-level warning, without a summary.")
    var quiet = false
}
