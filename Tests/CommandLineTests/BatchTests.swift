import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

@Suite struct BatchTests {
    private func bench(_ text: String) -> Bench {
        let bench = Bench()
        bench.files = ["f": text, "-": text]
        return bench
    }

    @Test func manyCommandsThroughOneSocket() {
        let bench = bench("\(Lines.tunnel)\nl2tp \(Lines.session)\nip l2tp show session # all\nl2 s tunnel -j\n")
        let run = bench("-batch f")
        #expect(run.status == .success)
        #expect(run.error == "")
        #expect(run.output.hasPrefix("Session 1000 in tunnel 3000\n"))
        #expect(run.output.contains("\n[{\"tunnel_id\":3000,"))
        #expect(bench.openings == 1)
    }

    @Test func standardInput() {
        #expect(bench("show tunnel")("--batch -") == Run(status: .success))
    }

    @Test func theFirstFailureEndsIt() {
        let bench = bench("\(Lines.tunnel)\n\ndel tunnel \\\n tid 99\n\(Lines.session)\n")
        #expect(
            bench("-b f")
                == Run(status: .failure, error: "f:3: cannot delete tunnel 99: there is no such tunnel (ENODEV)\n"))
        #expect(bench.kernel.sessions.isEmpty)
    }

    @Test func forceGoesOnWhateverIsWrong() {
        let text = """
            \(Lines.tunnel)
            nonsense
            add tunnel tunel_id 1
            add session 'x
            add tunnel local foo
            del tunnel tid 99
            help
            show tunnel help
            l2tp
            l2tp -n b show tunnel
            show
            \(Lines.session)
            """
        let run = bench(text)("-force -b f")
        #expect(run.status == .failure)
        for line in [
            "f:2: unknown command \"nonsense\"; the commands are add, del, show, lookup, modify, stats, monitor, flush, save and decode",
            "f:3: unknown keyword \"tunel_id\"; did you mean \"tunnel_id\"?", "f:4: a quoted word has no end",
            "f:5: local \"foo\": expected an IPv4 or IPv6 address; names are not looked up",
            "f:6: cannot delete tunnel 99: there is no such tunnel (ENODEV)",
            "f:7: help is not for batches; try l2tp --help", "f:9: the command is missing",
            "f:10: option \"-n\" cannot stand in a batch: it would go before --batch",
            "f:11: show: tunnel or session is missing: which of them?",
        ] {
            #expect(run.error.split(separator: "\n").contains(Substring(line)))
        }
        #expect(run.error.contains("USAGE: l2tp show "))
        let bench = bench(text)
        bench("-force -b f")
        #expect(bench.kernel.sessions.count == 1)
    }

    @Test func outputOptionsHoldForAllLines() {
        #expect(bench("show tunnel\nshow session\n")("-j -b f").output == "[]\n[]\n")
    }

    @Test func withoutL2TPItEndsAtOnce() {
        let bench = bench("show tunnel\nshow session\n")
        bench.kernel.behavior.familyAbsent = true
        let run = bench("-force -b f")
        #expect(run.status == .failure)
        #expect(run.error.hasPrefix("f:1: ") && run.error.contains("this kernel has no L2TP"))
        #expect(!run.error.contains("f:2:"))
    }

    /// As for one command, that the namespace is missing ends a batch with 255.
    @Test func withoutItsNamespaceItEndsAtOnce() {
        var errors = ""
        let console = Console(
            write: { _ in }, writeError: { errors += $0 }, errorIsTerminal: false,
            openLines: { _ in lines(of: "show tunnel\nshow session\n") })
        let connector = NetlinkConnector<FakeTransport>.failing(.noSuchFileOrDirectory)
        let program = Program(console: console, save: { _ in .unused(connector) }, connect: { _ in connector })
        #expect(program.run(["l2tp", "-force", "-n", "none", "-b", "f"]) == .usage)
        #expect(errors.hasPrefix("f:1: "))
        #expect(!errors.contains("f:2: "))
    }

    @Test func missingFile() {
        #expect(
            Bench()("-b nowhere")
                == Run(status: .failure, error: "l2tp: cannot read nowhere: No such file or directory (ENOENT)\n"))
    }

    @Test func closedPipeEndsItQuietly() {
        let bench = bench("\(Lines.tunnel)\nshow tunnel\n\(Lines.session)\n")
        bench.outputError = .brokenPipe
        #expect(bench("-force -b f") == Run(status: .failure))
        #expect(bench.kernel.sessions.isEmpty)
    }
}
