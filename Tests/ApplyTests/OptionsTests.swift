import CommandLineSupport
import Logging
import Testing

@testable import l2tp_apply

@Suite struct OptionsTests {
    private func options(_ line: String) throws -> Options {
        try Options(line.split(separator: " ").map(String.init))
    }

    @Test func defaults() throws {
        let options = try options("")
        #expect(options == Options())
        #expect(options.sources == ["/etc/l2tp"])
        #expect(options.wait == 30)
    }

    @Test func everything() throws {
        let options = try options("--try 60 --adopt --wait=0 -n site-a -j -v a.toml folder -")
        #expect(options.task == .attempt(seconds: 60))
        #expect(options.adopts)
        #expect(options.wait == 0)
        #expect(options.netns == "site-a")
        #expect(options.json)
        #expect(options.logLevel == .debug)
        #expect(options.sources == ["a.toml", "folder", "-"])
    }

    /// What is read without ArgumentParser means the same with it.
    @Test(arguments: [
        "", "--check", "--plan a b", "--try 5 --netns x", "--try=5", "--confirm", "--down --wait 3", "--adopt -j -v",
        "-q", "--log-level trace", "--log-level=warning -n y", "--plan --down", "-", "--json --quiet --plan -",
        "--wait=-1", "--check --plan", "--down --confirm", "--down a", "--confirm a", "--down --adopt",
        "--down --check", "--confirm --adopt", "-v -q", "--log-level loud", "--try 0", "--try x", "--wait 86401",
    ])
    func bothReadersAgree(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let plain = try #require(PlainWords(words))
        func outcome(_ read: () throws(CommandLineEnding) -> Options) -> Result<Options, CommandLineEnding> {
            Result(catching: read)
        }
        let one = outcome { () throws(CommandLineEnding) in try Options(plain) }
        let other = outcome { () throws(CommandLineEnding) in try Options(parsing: words) }
        #expect(one == other)
    }

    @Test(arguments: [
        "--bogus", "--try", "--wait --plan", "-x", "--check=yes", "--version", "--help", "--netns=", "-jv", "--",
    ])
    func leftToTheParser(line: String) {
        #expect(PlainWords(line.split(separator: " ").map(String.init)) == nil)
    }

    @Test(arguments: [
        ("--chek", "unknown option '--chek'. Did you mean '--check'?"),
        ("--try 0", "--try \"0\": expected a number of seconds, 1…86400"),
        ("--try ten", "--try \"ten\": expected a number of seconds, 1…86400"),
        ("--wait 1.5", "--wait \"1.5\": expected a number of seconds, 0…86400"),
        ("--wait", "missing value for '--wait <SECONDS>'; try --help"),
        ("--check --plan", "--check and --plan exclude each other"),
        ("--try 5 --confirm", "--try and --confirm exclude each other"),
        ("--down --check", "--down needs no configuration, so that there is nothing to --check"),
        ("--down a.toml", "--down needs no configuration, so \"a.toml\" cannot follow"),
        ("--down --adopt", "--down removes only what l2tp-apply has created, so that --adopt means nothing"),
        ("--confirm --down", "--confirm and --down exclude each other"),
        ("--verbose --quiet", "--verbose and --quiet exclude each other"),
        (
            "--log-level loud",
            "--log-level \"loud\": expected one of trace, debug, info, notice, warning, error, critical"
        ),
    ])
    func mistakes(line: String, message: String) {
        #expect(Bench()(line) == Outcome(status: .usage, error: "l2tp-apply: \(message)\n"))
    }

    @Test func helpFitsATerminal() {
        let run = Bench()("--help")
        #expect(run.status == .success)
        #expect(run.output.contains("USAGE: l2tp-apply [OPTION ...]"))
        for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) {
        let run = Bench()("--generate-completion-script \(shell)")
        #expect(run.status == .success)
        #expect(run.output.contains("l2tp-apply"))
    }

    @Test func version() {
        #expect(Bench()("--version").output.hasPrefix("l2tp-apply "))
    }
}
