import ArgumentParser

/// The help of `l2tp decode`; ``DecodeOptions`` reads its words.
///
/// It is no sub-command of ``RootCommand``, whose version it would list as an option.
struct DecodeHelp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: Decode.configuration.abstract, usage: HelpText.decodeUsage,
        discussion: HelpText.decode)

    @Argument(help: ArgumentHelp("A capture, - for standard input.", valueName: "FILE"))
    var file: String?

    @Option(help: ArgumentHelp("Read sessions from a file or folder of l2tp-apply(8).", valueName: "FILE"))
    var config: [String] = []

    @Option(help: ArgumentHelp("Look for L2TP on this UDP port too.", valueName: "PORT"))
    var port: [UInt16] = []

    @Flag(help: "The file is hexadecimal text.")
    var hex = false

    @Option(help: ArgumentHelp("What the packets of --hex begin with.", valueName: "TYPE"))
    var linkType: String?

    @Option(help: ArgumentHelp("Capture from an interface, any for all.", valueName: "IFACE"))
    var live: String?

    @Option(help: ArgumentHelp("Look at the first N packets only.", valueName: "N"))
    var count: Int?

    @Flag(name: [.customShort("v"), .long], help: "Print every field of each message.")
    var verbose = false

    @Flag(help: "Print a line for each session and control connection.")
    var summary = false

    @Flag(name: [.customShort("j"), .long], help: "Print JSON, an object a line.")
    var json = false

    @Flag(help: "Print cookies and passwords too.")
    var withCookies = false
}
