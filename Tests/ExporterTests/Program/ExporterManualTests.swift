import ArgumentParser
import CommandLineSupport
import L2TPExporterWeb
import Netlink
import SystemPackage
import Testing

@testable import l2tp_exporter

/// The manual l2tp-exporter(8) says what the program does.
@Suite struct ExporterManualTests {
    /// The manual without the marks of roff.
    private let plain: String

    init() throws {
        let folder = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
            .removingLastComponent()
        let manual = String(
            decoding: try FileSystem.read(folder.appending("docs/man/man8/l2tp-exporter.8")), as: UTF8.self)
        plain = manual.replacing("\\-", with: "-").replacing("\\~", with: " ")
    }

    private func options(in text: some StringProtocol) -> Set<String> {
        var found: Set<String> = []
        for word in text.split(whereSeparator: { !$0.isLetter && $0 != "-" && $0 != "." }) where word.hasPrefix("--") {
            found.insert(word.last == "." ? String(word.dropLast()) : String(word))
        }
        return found
    }

    @Test func hasTheOptionsOfTheHelpAndNoOthers() {
        let help = options(in: ExporterCommand.helpMessage())
        #expect(help.count >= 16)
        // It is of another program.
        #expect(options(in: plain).subtracting(["--now"]) == help.union(["--generate-completion-script"]))
    }

    @Test func hasEveryExitStatus() {
        for status in Status.allCases { #expect(plain.contains(".TP\n.B \(status.rawValue)\n"), "\(status)") }
    }

    @Test func hasEachSectionOnce() {
        let titles = plain.split(separator: "\n").filter { $0.hasPrefix(".SH ") }
        #expect(titles.count >= 10)
        #expect(Set(titles).count == titles.count, "\(titles)")
    }

    @Test func isOfThisVersion() {
        #expect(plain.contains("\"l2tp \(Version.text)\""))
    }

    @Test func hasTheDefaults() {
        #expect(plain.contains(Options.defaultAddress))
        #expect(plain.contains(Options.defaultPath))
    }

    @Test func hasTheLimits() {
        let limits = WebLimits()
        let text = plain.split(separator: "\n").joined(separator: " ")
        for phrase in [
            "at most \(limits.connections) at a time", "\(limits.headerFieldCount) header fields",
            "\(limits.headerFieldSize / 1024) KiB each", "\(limits.headerListSize / 1024) KiB in all",
            "within \(limits.requestTimeout.components.seconds) seconds",
            "takes nothing for \(limits.writeTimeout.components.seconds) seconds",
            "more than \(limits.responseTimeout.components.seconds) seconds",
            "idle for \(limits.idleTimeout.components.seconds) seconds",
        ] { #expect(text.contains(phrase), "\(phrase)") }
    }
}
