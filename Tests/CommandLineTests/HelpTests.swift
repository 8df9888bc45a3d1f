import NetlinkTestSupport
import Testing

@testable import l2tp

@Suite struct HelpTests {
    @Test(arguments: [
        ("--help", "l2tp add session name l2tp-lan"), ("-h", "l2tp --batch tunnels.l2tp"),
        ("add --help", "l2tp add tunnel tunnel_id 1 peer_tunnel_id 2 encap ip"),
        ("a tunnel -h", "l2tp add session tunnel_id 1"), ("del --help", "l2tp del tunnel tunnel_id 3000"),
        ("show --help", "l2tp show session tunnel_id 3000"), ("lookup --help", "l2tp lookup name l2tp-lan"),
        ("modify --help", "l2tp modify session dev l2tp-lan"), ("stats --help", "l2tp stats --count 1"),
        ("flush -h", "l2tp flush --yes"),
        ("monitor --help", "l2tp --json monitor tunnel_id 3000"), ("save -h", "l2tp save --with-cookies"),
    ])
    func helpHasExamples(line: String, example: String) {
        let run = Bench()(line)
        #expect(run.status == .success)
        #expect(run.error == "")
        #expect(run.output.contains("\nEXAMPLES\n"))
        #expect(run.output.contains(example))
        #expect(run.output.contains("USAGE: l2tp "))
    }

    @Test func linesFitATerminal() {
        for line in ["--help"] + CommandWord.allCases.map({ "\($0.rawValue) --help" }) {
            for line in Bench()(line).output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        }
    }

    @Test func rootNamesTheOptionsOfIP() {
        let output = Bench()("--help").output
        for option in LeadingOptions.ignored { #expect(output.contains(option)) }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) {
        let run = Bench()("--generate-completion-script \(shell)")
        #expect(run.status == .success)
        #expect(run.error == "")
        #expect(run.output.contains("---completion"))
        #expect(run.output.contains("l2tpv3tun"))
        #expect(Bench()("--generate-completion-script=\(shell)") == run)
    }

    /// The examples of the help can be carried out.
    @Test func examplesWork() {
        let bench = Bench()
        var count = 0
        // Those of `--help` itself once more: `flush` shall find what `del` has deleted.
        let commands = ["", "add ", "show ", "lookup ", "modify ", "stats ", "save ", "del ", "", "flush "]
        for command in commands.map({ $0 + "--help" }) {
            bench.pacing.steps = [{ .time }, { .time }]
            let text = bench(command).output.replacing("\\\n", with: " ")
            for line in text.split(separator: "\n") where line.hasPrefix("  ") {
                let words = line.split(separator: " ").map(String.init)
                // Lines with ID or brackets are usage, not examples.
                guard words.first == "l2tp", !line.contains("ID"), !line.contains("["), !line.contains("{"),
                    !words.contains("--batch")
                else { continue }
                let run = bench.run(Array(words.dropFirst()))
                #expect(run.status == .success, "\(line): \(run.error)")
                count += 1
            }
        }
        #expect(count >= 33)
        #expect(bench.kernel.tunnels.isEmpty)
    }
}
