import CommandLineSupport
import L2TPApply
import L2TPModel
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

@Suite struct ProgramTests {
    /// What ip ends with 255: usage on standard error.
    @Test(arguments: [
        "", "help", "h", "add", "del", "show", "lookup", "add tunnel help", "help add", "-j", "-s show h",
        "help help",
    ])
    func usage(line: String) {
        let run = Bench()(line)
        #expect(run.status == .usage)
        #expect(run.output == "")
        #expect(run.error.contains("USAGE: l2tp "))
    }

    /// A command's help has its own command line, and no option of the program's that cannot stand there.
    @Test(arguments: CommandWord.allCases)
    func helpOfCommand(word: CommandWord) {
        let help = Bench()("help \(word.rawValue)").error
        #expect(help.contains("USAGE: l2tp \(word.rawValue) ") || help.contains("] \(word.rawValue) "), "\(help)")
        #expect(help.contains("-h, --help"))
        #expect(!help.contains("--version"))
    }

    @Test(arguments: [
        ("shw", "l2tp: unknown command \"shw\"; did you mean \"show\"?\n"),
        (
            "help nope",
            "l2tp: unknown command \"nope\"; "
                + "the commands are add, del, show, lookup, modify, stats, monitor, flush, save and decode\n"
        ),
        ("-b F show tunnel", "l2tp: --batch: the commands are in the file, so \"show\" cannot follow\n"),
        ("--jsn show", "l2tp: unknown option '--jsn'. Did you mean '--json'?\n"),
        (
            "--generate-completion-script ksh",
            "l2tp: --generate-completion-script: no script for \"ksh\"; there is one for each of bash, zsh, fish\n"
        ),
        (
            "--generate-completion-script",
            "l2tp: --generate-completion-script: the shell is missing; there is one for each of bash, zsh, fish\n"
        ),
        ("del tunnel 3000", "l2tp: unknown keyword \"3000\"; did you mean tunnel_id 3000?\n"),
        ("--bogus show tunnel", "l2tp: unknown option '--bogus'; try --help\n"),
        ("--netns", "l2tp: missing value for '--netns <NAME>'; try --help\n"),
        ("show tunnels", "l2tp: unknown keyword \"tunnels\"; did you mean \"tunnel\"?\n"),
        (
            "show tunnel --force",
            "l2tp: option \"--force\" cannot stand here: but for -j, -p and -s, options stand before the command\n"
        ),
        ("add session tid 1 psid 2", "l2tp: add: session_id is missing: a number, 1…4294967295\n"),
    ])
    func usageErrors(line: String, message: String) {
        #expect(Bench()(line) == Run(status: .usage, error: message))
    }

    /// A command without words: what is missing comes first.
    @Test(arguments: [
        ("add", "add: tunnel or session is missing: which of them?"),
        ("del", "del: tunnel or session is missing: which of them?"),
        ("list", "show: tunnel or session is missing: which of them?"),
        ("lookup", "lookup: what to look for is missing: an id, an interface (name) or a peer (remote)"),
    ])
    func commandWithoutWords(line: String, message: String) {
        #expect(Bench()(line).error.hasPrefix("l2tp: \(message)\nOVERVIEW: "))
    }

    @Test func wrongAndMissingAtOnce() {
        #expect(
            Bench()("add session tid 09 sid 0 colour red")
                == Run(
                    status: .usage,
                    error: """
                        l2tp: tunnel_id "09": expected a number, 1…4294967295; a leading 0 means octal
                        l2tp: unknown keyword "colour"
                        l2tp: add: peer_session_id is missing: a number, 1…4294967295
                        l2tp: session_id: 0 is not a session id (1…4294967295)

                        """))
    }

    @Test func badAddress() {
        #expect(Bench()("add tunnel local foo").status == .failure)
    }

    /// The command line is checked before the kernel is asked.
    @Test func nothingIsAskedForAWrongCommandLine() {
        let bench = Bench()
        bench.kernel.behavior.familyAbsent = true
        #expect(bench("add tunnel tid 1").status == .usage)
        #expect(bench.openings == 0)
    }

    @Test(arguments: ["show tunnel", Lines.tunnel, Lines.session, "del tunnel tid 1"])
    func kernelWithoutL2TP(line: String) {
        let bench = Bench()
        bench.kernel.behavior.familyAbsent = true
        let run = bench(line)
        #expect(run.status == .failure)
        #expect(run.error.hasPrefix("l2tp: ") && run.error.contains("this kernel has no L2TP"))
        #expect(run.error.contains("(ENOENT)"))
    }

    @Test func namespaces() {
        let bench = Bench()
        bench("show tunnel")
        bench("-n site-a show tunnel")
        bench("--netns=/proc/1/ns/net show tunnel")
        #expect(bench.namespaces == [.current, .named("site-a"), .path("/proc/1/ns/net")])
    }

    @Test func missingNamespace() throws {
        let connector = NetlinkConnector<FakeTransport>.failing(.noSuchFileOrDirectory)
        let program = Program(console: .process, save: { _ in .unused(connector) }, connect: { _ in connector })
        #expect(program.run(["l2tp", "-n", "none", "show", "tunnel"]) == .usage)
    }

    @Test func outputThatCannotBeWritten() {
        let bench = Bench.withSession()
        bench.outputError = .noSpace
        #expect(
            bench("show tunnel")
                == Run(status: .failure, error: "l2tp: cannot write: No space left on device (ENOSPC)\n"))
        bench.outputError = .brokenPipe
        #expect(bench("show tunnel") == Run(status: .failure))
        #expect(bench("--help") == Run(status: .success))
    }

    @Test(arguments: ["-V", "--version", "-Version", "-V show"])
    func version(line: String) {
        #expect(Bench()(line) == Run(status: .success, output: "l2tp \(Version.text)\n"))
    }
}

extension NetlinkConnector where Transport == FakeTransport {
    /// A connector that cannot enter its namespace.
    static func failing(_ errno: Errno) -> Self {
        Self { (_) throws(NetlinkError) in throw NetlinkError(.enterNamespace, errno, message: "/run/netns/none") }
    }
}
