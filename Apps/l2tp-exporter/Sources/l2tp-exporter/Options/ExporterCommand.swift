import ArgumentParser
import CommandLineSupport

/// The command line as ArgumentParser reads it. Options have the names that Prometheus' own exporters give them.
struct ExporterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "l2tp-exporter",
        abstract: "Shows the counters of L2TP tunnels and sessions to Prometheus.",
        usage: """
            l2tp-exporter [--web.listen-address ADDRESS ...] [OPTION ...]
            l2tp-exporter --web.systemd-socket [OPTION ...]
            l2tp-exporter --textfile FILE | - [OPTION ...]
            """,
        discussion: HelpText.discussion,
        version: Version.text)

    @Option(
        name: .customLong("web.listen-address"), parsing: .singleValue,
        help: ArgumentHelp(
            "Where to listen: :PORT, HOST:PORT, [IPv6]:PORT or unix:/PATH; can be repeated (default: \(Options.defaultAddress)).",
            valueName: "ADDRESS"))
    var listenAddresses: [String] = []

    @Flag(name: .customLong("web.systemd-socket"), help: "Listen on the sockets that systemd hands over.")
    var systemdSocket = false

    @Option(
        name: .customLong("web.telemetry-path"),
        help: ArgumentHelp("Where the metrics are (default: /metrics).", valueName: "PATH"))
    var telemetryPath: String?

    @Option(
        name: .customLong("web.config.file"),
        help: ArgumentHelp("TLS and passwords, as in l2tp-exporter(8).", valueName: "FILE"), completion: .file())
    var webConfiguration: String?

    @Flag(name: .customLong("collector.tunnel"), inversion: .prefixedNo, help: "Show tunnels.")
    var tunnels = true

    @Flag(name: .customLong("collector.session"), inversion: .prefixedNo, help: "Show sessions.")
    var sessions = true

    @Flag(
        name: .customLong("collector.interface"), inversion: .prefixedNo,
        help: "Show state and MTU of the interfaces of sessions.")
    var interfaces = true

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Look into a network namespace of ip-netns(8); can be repeated.", valueName: "NAME"))
    var netns: [String] = []

    @Flag(
        name: .customLong("netns-all"), help: "Look into all network namespaces that have a name, and into the own one."
    )
    var allNamespaces = false

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            """
            Show whether what l2tp.toml(5) files configure is there, in the namespace of one --netns, else in the own one; \
            can be repeated.
            """, valueName: "FILE | FOLDER"),
        completion: .file())
    var config: [String] = []

    @Option(
        help: ArgumentHelp(
            "Write the metrics into a file for node_exporter, once; - is standard output.", valueName: "FILE"),
        completion: .file())
    var textfile: String?

    @Option(
        name: .customLong("log.level"),
        help: ArgumentHelp("What to say: debug, info, warn or error (default: info).", valueName: "LEVEL"),
        completion: .list(LogLevel.allCases.map(\.rawValue)))
    var logLevel: String?

    @Option(
        name: .customLong("log.format"),
        help: ArgumentHelp("How to say it: logfmt or json (default: logfmt).", valueName: "FORMAT"),
        completion: .list(LogFormat.allCases.map(\.rawValue)))
    var logFormat: String?
}
