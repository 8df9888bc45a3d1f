import ArgumentParser
import CommandLineSupport
import L2TPConfig
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp_apply

/// The manual l2tp-apply(8) says what the program does.
@Suite struct ManualTests {
    private let manual: String
    /// The manual without the marks of roff.
    private let plain: String

    init() throws {
        let folder = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
        manual = String(
            decoding: try FileSystem.read(folder.appending("docs/man/man8/l2tp-apply.8")), as: UTF8.self)
        plain = manual.replacing("\\-", with: "-").replacing("\\~", with: " ")
    }

    /// The options in a text that begin with two dashes.
    private func options(in text: some StringProtocol) -> Set<String> {
        var found: Set<String> = []
        for word in text.split(whereSeparator: { !$0.isLetter && $0 != "-" }) where word.hasPrefix("--") {
            found.insert(String(word))
        }
        return found
    }

    @Test func hasTheOptionsOfTheHelpAndNoOthers() {
        let help = options(in: ApplyCommand.helpMessage())
        #expect(help.count == 14)
        // Two are of other programs.
        #expect(
            options(in: plain).subtracting(["--with-cookies", "--now"]) == help.union(["--generate-completion-script"]))
        for option in help.union(["--generate-completion-script"]) {
            let isDefined = plain.split(separator: "\n").contains { line in
                line.hasPrefix(".B") && line.split { " \"".contains($0) }.contains(Substring(option))
            }
            #expect(isDefined, "\(option)")
        }
    }

    @Test func hasEveryExitStatus() {
        for status in Status.allCases { #expect(plain.contains(".TP\n.B \(status.rawValue)\n"), "\(status)") }
    }

    @Test func hasEveryOutcomeAndAction() {
        for outcome in Report.Outcome.allCases { #expect(plain.contains(outcome.rawValue), "\(outcome)") }
        for action in Change.Action.allCases {
            #expect(plain.contains(action.rawValue), "\(action)")
            #expect(plain.contains("\n.B \(action.verb)\n"), "\(action)")
        }
    }

    @Test func isOfThisVersion() {
        #expect(manual.contains("\"l2tp \(Version.text)\""))
    }

    /// Every key that is ever printed is documented.
    @Test func hasEveryKeyOfJSON() {
        let bench = Bench.withSite()
        bench.files["/etc/l2tp/old.toml"] = Texts.old
        var keys: Set<Substring> = []
        func collect(_ line: String) {
            let parts = bench(line).output.split(separator: "\"")
            for (word, next) in zip(parts, parts.dropFirst()) where next.hasPrefix(":") { keys.insert(word) }
        }
        collect("--json --plan")
        collect("--json")
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteA.replacing("4000", with: "4001")
        bench.files.readable = ["/etc/l2tp/site-a.toml"]
        collect("--json --plan")
        bench.kernel.fail(.tunnelCreate, with: .noMemory)
        collect("--json")
        bench.files["/etc/l2tp/site-a.toml"] = "x"
        collect("--json --check")
        #expect(keys.count >= 28)
        for key in keys { #expect(plain.contains(key), "\(key)") }
    }
}
