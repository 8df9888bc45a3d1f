import CommandLineSupport
import L2TPDecode
import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

/// The manual l2tp(8) says what the program does.
@Suite struct ManualTests {
    private let manual: String
    /// The manual without the marks of roff.
    private let plain: String

    init() throws {
        let folder = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
        let file = try FileDescriptor.open(folder.appending("docs/man/man8/l2tp.8"), .readOnly)
        manual = try file.closeAfter {
            var bytes = [UInt8](repeating: 0, count: 1 << 20)
            let count = try unsafe bytes.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
            return String(decoding: bytes[..<count], as: UTF8.self)
        }
        plain = manual.replacing("\\-", with: "-").replacing("\\~", with: " ").replacing("\\e", with: "\\")
    }

    @Test func hasEveryKeywordAndCommand() {
        for word in Keyword.spellings + CommandWord.spellings.map(\.word) {
            #expect(plain.contains(word), "\(word)")
            let defined = plain.split(separator: "\n").contains { line in
                line.hasPrefix(".B") && line.split { " ,\"{".contains($0) }.contains(Substring(word))
            }
            #expect(defined, "\(word)")
        }
    }

    @Test func hasEveryOption() {
        for option in ["json", "pretty", "oneline", "statistics", "netns", "batch", "force", "version", "help"] {
            #expect(plain.contains("--\(option)"), "\(option)")
        }
    }

    /// Every key that is ever printed is documented with its type.
    @Test func hasEveryKeyOfJSON() {
        let bench = Bench.withSession()
        bench("add session tid 3000 sid 1 psid 2 cookie 01234567 peer_cookie 01234567 seq both")
        bench("add tunnel tid 1 ptid 1 local 2001:db8::1 remote 2001:db8::2 udp_sport 1 udp_dport 1")
        var keys: Set<Substring> = ["reorder_timeout"]
        for line in (bench("-p show tunnel").output + bench("-p show session").output).split(separator: "\n") {
            let parts = line.split(separator: "\"")
            if parts.count >= 2, line.contains("\": ") { keys.insert(parts[1]) }
        }
        #expect(keys.count == 34)
        for key in keys {
            #expect(plain.contains(".BR \(key) \", ") || plain.contains("\n.B \(key)\n"), "\(key)")
        }
    }

    @Test func hasEveryKeyOfRates() {
        let bench = Bench.withSession()
        bench("add session tid 3000 sid 1 psid 2")
        bench.pacing.steps = [
            {
                bench("del session tid 3000 sid 1")
                bench.kernel.setStatistics(Statistics(receiveInvalidPackets: 1), of: TunnelID(3000))
                return .time
            }
        ]
        let parts = bench("stats --json").output.split(separator: "\"")
        let keys = zip(parts, parts.dropFirst()).filter { $1.hasPrefix(":") }.map(\.0)
        #expect(Set(keys).count == 18)
        for key in keys {
            #expect(plain.contains(".BR \(key) ") || plain.contains("\n.B \(key)\n"), "\(key)")
        }
    }

    @Test func hasEveryOptionOfDecode() {
        for word in DecodeOptions.names + HexadecimalLayer.allNames { #expect(plain.contains(word), "\(word)") }
    }

    /// Every key and every word that `decode` can write, whether a capture of the repository has it or not.
    @Test(arguments: ["JSONLineFormat.swift", "SummaryJSON.swift"]) func hasEveryKeyInTheSourceOfDecode(
        file: String
    ) throws {
        let folder = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
        let path = folder.appending("Apps/l2tp/Sources/Decode").appending(file)
        let source = try String(decoding: FileSystem.read(path, atMost: 1 << 20), as: UTF8.self)
        // Keys, and the words that are values; a text for people has a blank or a capital.
        let keys = Set(source.matches(of: /"([a-z][a-z_]*)"/).map { $0.1 }).subtracting(["null"])
        #expect(keys.count > 20)
        let defined = definedWords(ofSection: "DECODING")
        for key in keys { #expect(defined.contains(key), "\(key)") }
        for kind in InnerFrame.Kind.allCases { #expect(defined.contains(Substring(kind.rawValue)), "\(kind)") }
    }

    /// The words that stand in bold.
    private func definedWords(ofSection section: String) -> Set<Substring> {
        let text = plain.split(separator: ".SH \(section)\n").last?.split(separator: "\n.SH ").first ?? ""
        var words: Set<Substring> = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix(".B ") { words.formUnion(line.dropFirst(3).split(separator: " ")) }
            guard line.hasPrefix(".BR ") else { continue }
            // Bold and roman take turns; a roman part with blanks stands in quotes.
            let parts = line.dropFirst(4).matches(of: /"([^"]*)"|([^" ]+)/).map { $0.1 ?? $0.2 ?? "" }
            for (index, part) in parts.enumerated() where index.isMultiple(of: 2) { words.insert(part) }
        }
        return words
    }

    /// Every key that decoding the captures of the repository prints.
    @Test(arguments: ["DECODING"]) func hasEveryKeyOfDecode(section: String) throws {
        let start = try #require(plain.ranges(of: ".SH \(section)").first).lowerBound
        let text = plain[start...].prefix { _ in true }
        // Letters, digits and what else keys are made of.
        let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })
        var keys: Set<Substring> = []
        for capture in Captures.all {
            for line in try Captures.decode(capture, "--json", "--with-cookies").output.split(separator: "\n")
                + Captures.decode(capture, "--json", "--summary").output.split(separator: "\n")
            {
                // The parts of AVPs' values are named by the RFCs.
                var line = String(line).replacing(#""meaning":{"#, with: #""value":{"#)
                while let range = line.ranges(of: #""value":{"#).first,
                    let end = line[range.upperBound...].firstIndex(of: "}")
                {
                    line.removeSubrange(range.lowerBound...end)
                }
                let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
                for (part, next) in zip(parts, parts.dropFirst()) where next.hasPrefix(":") { keys.insert(part) }
            }
        }
        #expect(keys.count > 50)
        for key in keys { #expect(words.contains(key), "\(key)") }
    }

    @Test func hasEveryOptionOfCommands() {
        for option in CommandWord.allCases.flatMap(CommandOptions.names) {
            #expect(plain.contains(option), "\(option)")
        }
        for column in StatisticsColumn.allCases { #expect(plain.contains(column.rawValue), "\(column)") }
    }

    @Test func hasEveryExitStatus() {
        for status in [Status.success, .failure, .refused, .usage] {
            #expect(plain.contains(".TP\n.B \(status.rawValue)\n"), "\(status)")
        }
    }

    @Test func isOfThisVersion() {
        #expect(manual.contains("\"l2tp \(Version.text)\""))
    }

    /// The examples can be carried out, one after the other.
    @Test func examplesWork() throws {
        var commands: [String] = []
        var batch = ""
        let examples = plain.split(separator: ".EX\n").dropFirst().compactMap { $0.split(separator: ".EE").first }
        for example in examples {
            guard example.hasPrefix("# l2tp") else {
                batch += example
                continue
            }
            commands += example.replacing("\\\n", with: " ").split(separator: "\n").compactMap { line in
                line.hasPrefix("# l2tp ") ? String(line.dropFirst(7)) : nil
            }
        }
        let bench = Bench()
        bench.pacing.steps = [{ .time }, { .time }]
        bench.files["tunnels.l2tp"] = batch
        #expect(commands.count >= 10)
        for command in commands {
            let run = bench(command)
            #expect(run.status == .success, "\(command): \(run.error)")
            #expect(run.error == "")
        }
        #expect(bench.kernel.tunnels.isEmpty)
    }
}
