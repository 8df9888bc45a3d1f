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
    ])
    func usage(line: String) {
        let run = Bench()(line)
        #expect(run.status == .usage)
        #expect(run.output == "")
        #expect(run.error.contains("USAGE: l2tp "))
    }

    @Test(arguments: [
        ("shw", "l2tp: unknown command \"shw\"; did you mean \"show\"?\n"),
        ("--bogus show tunnel", "l2tp: Unknown option '--bogus'; try l2tp --help\n"),
        ("--netns", "l2tp: Missing value for '--netns <NAME>'; try l2tp --help\n"),
        ("show tunnels", "l2tp: unknown keyword \"tunnels\"; did you mean \"tunnel\"?\n"),
        (
            "show tunnel --force",
            "l2tp: option \"--force\" cannot stand here: but for -j and -p, options stand before the command\n"
        ),
        ("add session tid 1 psid 2", "l2tp: add: session_id is missing: a number, 1…4294967295\n"),
    ])
    func usageErrors(line: String, message: String) {
        #expect(Bench()(line) == Run(status: .usage, error: message))
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
        #expect(run.error.hasPrefix("l2tp: cannot use L2TP: this kernel has no L2TP"))
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
        let program = Program(console: .process) { _ in NetlinkConnector<FakeTransport>.failing(.noSuchFileOrDirectory)
        }
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
    fileprivate static func failing(_ errno: Errno) -> Self {
        Self { (_) throws(NetlinkError) in throw NetlinkError(.enterNamespace, errno, message: "/run/netns/none") }
    }
}
