import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import Testing

@testable import l2tp_apply

/// Runs with a text that has been applied before.
@Suite struct UnchangedTextTests {
    private static let path = "/etc/l2tp/site-a.toml"
    private static let nothing = Outcome(status: .success, output: "nothing differs; 3 unchanged\n")

    /// A bench whose file has been applied, and in whose record the tunnel has another name: that tells whether a run
    /// takes the configuration from the record or reads the file, after which the record is made right.
    private func marked(_ prepare: (Bench) -> Void = { _ in }) throws -> Bench {
        let bench = Bench.withSite()
        prepare(bench)
        #expect(bench("").status == .success)
        mark(bench)
        return bench
    }

    private func mark(_ bench: Bench) {
        var ownership = bench.folder.memory.load()
        ownership.tunnels[TunnelID(3000)]?.name = "marked"
        bench.folder.memory.save(ownership)
    }

    /// Whether no run has read the file since.
    private func isMarked(_ bench: Bench) -> Bool {
        bench.folder.memory.load().tunnels[TunnelID(3000)]?.name == "marked"
    }

    @Test(
        "It is not parsed again", arguments: ["", "--adopt", "--quiet", "--json", "--verbose", "/etc/l2tp/site-a.toml"])
    func isNotParsed(line: String) throws {
        let bench = try marked()
        let before = bench.folder.memory.load()
        #expect(bench(line).status == .success)
        #expect(bench.folder.memory.load() == before)
    }

    @Test("What is only looked at, tried or taken down is", arguments: ["--check", "--plan", "--try 5", "--down"])
    func isParsed(line: String) throws {
        let bench = try marked()
        bench.folder.verdict = .confirmed
        let run = bench(line)
        #expect(run.status == .success)
        #expect(!run.output.contains("marked"))
        #expect(isMarked(bench) == ["--check", "--plan"].contains(line))
    }

    @Test("Any other text, name or permission is read")
    func changes() throws {
        let changes: [(Bench) -> Void] = [
            { $0.files[Self.path]? += "\n# more" },
            { bench in
                bench.files["/etc/l2tp/other.toml"] = bench.files[Self.path]
                bench.files[Self.path] = nil
            },
            { $0.files["/etc/l2tp/empty.toml"] = "" },
            { $0.files.readable = [Self.path] },
        ]
        for change in changes {
            let bench = try marked()
            change(bench)
            #expect(bench("").output == Self.nothing.output)
            #expect(!isMarked(bench))
            // From then on it is that one.
            mark(bench)
            let hasWarnings = !bench.files.readable.isEmpty
            #expect(bench("").output == Self.nothing.output)
            #expect(isMarked(bench) == !hasWarnings)
        }
    }

    @Test("A text that has become invalid is told, and nothing is locked")
    func invalid() throws {
        let bench = try marked()
        bench.files[Self.path]? += "\nmut = 1"
        let lockCount = bench.folder.lockCount
        let run = bench("")
        #expect(run.status == .invalid)
        #expect(run.error.contains("mut"))
        #expect(bench.folder.lockCount == lockCount)
        #expect(isMarked(bench))
    }

    @Test("Warnings are told each time")
    func warnings() throws {
        let bench = try marked { $0.files.readable = [Self.path] }
        for _ in 0..<3 {
            #expect(bench("").error.contains("readable by others and holds cookies"))
        }
        #expect(!isMarked(bench))
    }

    @Test("Standard input is read each time")
    func standardInput() throws {
        let bench = Bench.withSite()
        bench.files["-"] = Texts.siteA
        #expect(bench("-").status == .success)
        mark(bench)
        #expect(bench("-") == Self.nothing)
        #expect(!isMarked(bench))
    }

    @Test("A cookie in a file of its own is read each time")
    func cookieFile() throws {
        let bench = Bench.withSite()
        bench.files[Self.path] = Texts.siteA
            .replacing("cookie = \"0123456789abcdef\"\npeer_cookie", with: "cookie_file = \"lan.cookie\"\npeer_cookie")
        bench.files["/etc/l2tp/lan.cookie"] = "0123456789abcdef\n"
        #expect(bench("") == Outcome(status: .success, output: "3 created\n"))
        #expect(bench("") == Self.nothing)
        bench.files["/etc/l2tp/lan.cookie"] = "0123456789abcdee\n"
        #expect(bench("") == Outcome(status: .success, output: "1 re-created, 2 unchanged\n"))
    }

    @Test("What somebody has removed or changed is made good")
    func drift() throws {
        let bench = try marked()
        bench.kernel.changeLink("l2tp-lan") { $0.masterIndex = nil }
        #expect(bench("") == Outcome(status: .success, output: "1 with a changed interface, 2 unchanged\n"))
        #expect(isMarked(bench))
        #expect(bench("") == Self.nothing)
    }

    @Test("What stands in the way is told with its place")
    func conflict() throws {
        let record = try marked().folder.memory.load()
        // The tunnel of the record is gone, and another has its identifier.
        let bench = Bench.withSite()
        bench.files["other.toml"] = String(Texts.siteA.replacing("= 4000", with: "= 4001").prefix(200))
            .split(separator: "\n\n").first.map(String.init)
        #expect(bench("other.toml").status == .success)
        var unmarked = record
        unmarked.tunnels[TunnelID(3000)]?.name = "hq"
        #expect(unmarked.source != nil)
        bench.folder.memory.save(unmarked)
        let run = bench("")
        #expect(run.status == .refused)
        #expect(run.error.hasPrefix("\(Self.path):1: error: tunnel.hq: tunnel 3000 exists"), "\(run.error)")
        // In the report too.
        #expect(bench("--json").output.contains("\"line\":1"))
    }

    @Test("If another run is faster, what it has recorded counts")
    func race() throws {
        let bench = try marked()
        bench.folder.beforeLock = { [folder = bench.folder] in
            var ownership = folder.memory.load()
            ownership.source = nil
            folder.memory.save(ownership)
        }
        #expect(bench("") == Self.nothing)
        #expect(!isMarked(bench))
    }

    @Test("A record that cannot be looked at is told after what is wrong with the text")
    func namespace() {
        let bench = Bench.withSite()
        bench.files[Self.path] = "x"
        #expect(bench("--netns none").status == .invalid)
    }
}
