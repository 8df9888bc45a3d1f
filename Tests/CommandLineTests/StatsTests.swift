import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

/// `stats`.
@Suite struct StatsTests {
    /// Two sessions that carry something, and one that does not.
    private func bench() -> Bench {
        let bench = Bench.withSession()
        bench("add session tid 3000 sid 1001 psid 2001 name l2tp-voice")
        bench("add tunnel tid 4 ptid 4 local 192.0.2.1 remote 198.51.100.8 encap ip")
        bench("add session tid 4 sid 4294967295 psid 1")
        return bench
    }

    /// One second, in which the sessions of tunnel 3000 carry as much each time.
    private func second(_ bench: Bench, _ number: UInt64) -> () -> Wakeup {
        {
            bench.kernel.setStatistics(
                Statistics(
                    transmitPackets: 11_900 * number, transmitBytes: 11_825_000 * number,
                    receivePackets: 12_400 * number, receiveBytes: 12_262_500 * number, receiveCookieDiscards: 0),
                of: SessionID(1000), in: TunnelID(3000))
            bench.kernel.setStatistics(
                Statistics(
                    transmitPackets: 50 * number, transmitBytes: 8000 * number, transmitErrors: number,
                    receivePackets: 50 * number, receiveBytes: 8000 * number, receiveErrors: 33 * number,
                    receiveSequenceDiscards: 2 * number, receiveOutOfSequencePackets: 17 * number,
                    receiveCookieDiscards: 31 * number),
                of: SessionID(1001), in: TunnelID(3000))
            return .time
        }
    }

    private func run(_ words: String, _ bench: Bench, seconds: Int = 1) -> Run {
        bench.pacing.steps = (1...seconds).map { second(bench, UInt64($0)) }
        return bench("stats \(words)")
    }

    @Test("Lines follow each other where there is no terminal, the header comes first")
    func lines() {
        #expect(
            run("--count 2", bench(), seconds: 2)
                == Run(
                    status: .success,
                    output: """
                         SECONDS TUNNEL    SESSION INTERFACE     RX pps  RX bit/s    TX pps  TX bit/s  ERR COOKIE  SEQ  OOS
                             1.0      4 4294967295 l2tpeth1           0         0         0         0    0      0    0    0
                             1.0   3000       1000 l2tpeth0      12.4 k    98.1 M    11.9 k    94.6 M    0      0    0    0
                             1.0   3000       1001 l2tp-voice        50    64.0 k        50    64.0 k   34     31    2   17
                             2.0      4 4294967295 l2tpeth1           0         0         0         0    0      0    0    0
                             2.0   3000       1000 l2tpeth0      12.4 k    98.1 M    11.9 k    94.6 M    0      0    0    0
                             2.0   3000       1001 l2tp-voice        50    64.0 k        50    64.0 k   34     31    2   17

                        """))
    }

    @Test("Selectors are those of show; the time counts that has passed")
    func selected() {
        let bench = bench()
        bench.pacing.delay = .seconds(1)
        let run = run("session dev l2tp-voice", bench)
        #expect(run.output.split(separator: "\n").count == 2)
        #expect(run.output.contains("\n     2.0   3000    1001 l2tp-voice        25    32.0 k "))
        #expect(self.run("tid 9", self.bench()).output.split(separator: "\n").count == 1)
        #expect(
            self.run("l2spec_type none tid 9", self.bench()).error
                == "l2tp: l2spec_type does not select sessions: ignored\n")
    }

    @Test(
        "Sorting is by the column that is asked for, the greatest number first",
        arguments: [
            ("tunnel", ["4294967295", "1000", "1001"]), ("session", ["1000", "1001", "4294967295"]),
            ("interface", ["1001", "1000", "4294967295"]), ("rx_pps", ["1000", "1001", "4294967295"]),
            ("tx_bits", ["1000", "1001", "4294967295"]), ("errors", ["1001", "4294967295", "1000"]),
            ("cookie", ["1001", "4294967295", "1000"]), ("oos", ["1001", "4294967295", "1000"]),
        ])
    func sorted(column: String, ids: [Substring]) {
        let output = run("--sort \(column)", bench()).output
        let found = output.split(separator: "\n").dropFirst().map { $0.split(separator: " ")[2] }
        #expect(found == ids)
    }

    @Test("Sessions that come, go or begin anew are marked, and never have an absurd rate")
    func notes() {
        let bench = bench()
        bench.pacing.steps = [
            second(bench, 5),
            {
                // Recreated under the same identifiers, and another one made and one deleted.
                for line in ["del session tid 3000 sid 1000", "add session tid 3000 sid 1000 psid 2000"] { bench(line) }
                for line in ["del session tid 4 sid 4294967295", "add session tid 3000 sid 7 psid 7"] { bench(line) }
                return .time
            },
            { .time },
        ]
        let output = bench("stats").output.split(separator: "\n").map(String.init)
        let dashes = "        -         -         -         -    -      -    -    -"
        #expect(
            output.dropFirst(4) == [
                "     2.0      4 4294967295 l2tpeth1   \(dashes) gone",
                "     2.0   3000          7 l2tpeth1   \(dashes) new",
                "     2.0   3000       1000 l2tpeth0   \(dashes) reset",
                "     2.0   3000       1001 l2tp-voice         0         0         0         0    0      0    0    0",
                "     3.0   3000       7 l2tpeth1           0         0         0         0    0      0    0    0",
                "     3.0   3000    1000 l2tpeth0           0         0         0         0    0      0    0    0",
                "     3.0   3000    1001 l2tp-voice         0         0         0         0    0      0    0    0",
            ])
    }

    @Test("Another session under the same identifiers is a new beginning, whatever it has counted")
    func otherSession() {
        let bench = bench()
        bench.pacing.steps = [
            {
                bench("del session tid 3000 sid 1000")
                bench("add session tid 3000 sid 1000 psid 99")
                return second(bench, 9)()
            }
        ]
        #expect(bench("stats sid 1000").output.hasSuffix("- reset\n"))
    }

    @Test("What only tunnels count stands below")
    func invalid() {
        let bench = bench()
        bench.pacing.steps = [
            {
                bench.kernel.setStatistics(Statistics(receiveInvalidPackets: 5), of: TunnelID(3000))
                return .time
            },
            {
                bench.kernel.setStatistics(Statistics(receiveInvalidPackets: 6), of: TunnelID(3000))
                return .time
            },
        ]
        let output = bench("stats tid 3000").output.split(separator: "\n")
        #expect(output[3] == "     1.0 tunnel 3000: 5 packets were malformed or of another version")
        #expect(output[6] == "     2.0 tunnel 3000: 1 packet was malformed or of another version")
    }

    @Test("With --json each report is an object in a line")
    func json() {
        #expect(
            run("--json --count 1 tid 3000 --sort errors", bench()).output == """
                {"elapsed":1.000,"interval":1.000,"sessions":[\
                {"tunnel_id":3000,"session_id":1001,"interface":"l2tp-voice","rx_pps":50.0,"rx_bits":64000.0,\
                "tx_pps":50.0,"tx_bits":64000.0,"rx_errors":33,"tx_errors":1,"rx_cookie_discards":31,\
                "rx_seq_discards":2,"rx_oos_packets":17},\
                {"tunnel_id":3000,"session_id":1000,"interface":"l2tpeth0","rx_pps":12400.0,"rx_bits":98100000.0,\
                "tx_pps":11900.0,"tx_bits":94600000.0,"rx_errors":0,"tx_errors":0,"rx_cookie_discards":0,\
                "rx_seq_discards":0,"rx_oos_packets":0}],"tunnels":[]}

                """)
        let bench = bench()
        bench.pacing.steps = [
            {
                bench("add session tid 4 sid 1 psid 1")
                bench.kernel.setStatistics(Statistics(receiveInvalidPackets: 5), of: TunnelID(4))
                return .time
            }
        ]
        bench.pacing.delay = .milliseconds(5)
        #expect(
            bench("-p stats tid 4 sid 1").output == """
                {"elapsed":1.005,"interval":1.005,"sessions":[{"tunnel_id":4,"session_id":1,"interface":"l2tpeth2",\
                "note":"new"}],"tunnels":[]}

                """)
    }

    @Test("On a terminal the table takes its own place, and the cursor comes back")
    func terminal() {
        let bench = bench()
        bench.terminal = TerminalSize(columns: 60, rows: 24)
        let header = "TUNNEL SESSION INTERFACE     RX pps  RX bit/s    TX pps  TX bit/s"
        #expect(
            run("tid 3000", bench, seconds: 2).output == """
                \u{1b}[?25l\(header.prefix(60))\u{1b}[K
                  3000    1000 l2tpeth0      12.4 k    98.1 M    11.9 k    9\u{1b}[K
                  3000    1001 l2tp-voice        50    64.0 k        50    6\u{1b}[K
                \u{1b}[J\u{1b}[3A\r\(header.prefix(60))\u{1b}[K
                  3000    1000 l2tpeth0      12.4 k    98.1 M    11.9 k    9\u{1b}[K
                  3000    1001 l2tp-voice        50    64.0 k        50    6\u{1b}[K
                \u{1b}[J\u{1b}[?25h
                """)
    }

    @Test("What does not fit on the terminal is counted")
    func smallTerminal() {
        let bench = bench()
        bench.terminal = TerminalSize(columns: 200, rows: 4)
        func lines(_ run: Run) -> [String] {
            run.output.replacing("\u{1b}[K", with: "").split(separator: "\n").map(String.init)
        }
        #expect(lines(run("", bench))[1].hasPrefix("     4 4294967295"))
        #expect(lines(run("", bench))[2] == "2 more sessions do not fit")
        bench.terminal = TerminalSize(columns: 200, rows: 1)
        #expect(lines(run("", bench)).count == 2)
        bench.terminal = TerminalSize(columns: 200, rows: 10)
        #expect(lines(run("tid 9", bench))[1] == "no session")
    }

    @Test("A terminal of another size is drawn anew at once")
    func resized() {
        let bench = bench()
        bench.terminal = TerminalSize(columns: 60, rows: 24)
        bench.pacing.steps = [
            { .resized }, { .time },
            {
                bench.terminal = TerminalSize(columns: 20, rows: 3)
                return .resized
            },
        ]
        let output = bench("stats tid 3000").output
        #expect(
            output.hasSuffix(
                "\u{1b}[HTUNNEL SESSION INTER\u{1b}[K\n2 more sessions do n\u{1b}[K\n\u{1b}[J\u{1b}[?25h"))
    }

    @Test(
        "An option that is wrong is told",
        arguments: [
            ("--interval 0", "--interval \"0\": expected a time of 10 ms to one day, as 1s or 500ms"),
            ("--interval 5x", "--interval \"5x\": expected a time of 10 ms to one day, as 1s or 500ms"),
            ("--count=0", "--count \"0\": expected a number, 1 or more"), ("--count", "--count: the value is missing"),
            ("--sort rx_bit", "--sort \"rx_bit\": no such column; did you mean \"rx_bits\"?"),
        ])
    func wrongOption(words: String, text: String) {
        #expect(Bench.withSession()("stats \(words)") == Run(status: .usage, error: "l2tp: stats: \(text)\n"))
    }

    @Test(
        "An interval is a number with its unit",
        arguments: [
            ("1", 1000), ("1s", 1000), ("0.5s", 500), ("500ms", 500), ("2min", 120_000), ("10ms", 10),
        ])
    func interval(text: String, milliseconds: Int) throws {
        var words = ["tid", "1", "--interval", text, "-c", "3"]
        let options = try CommandOptions(takenFrom: &words, of: .stats)
        #expect(options.interval == .milliseconds(milliseconds))
        #expect(options.count == 3)
        #expect(words == ["tid", "1"])
    }

    @Test("What follows a keyword is its value, even if it looks like an option")
    func valuesAreLeft() throws {
        var words = ["name", "--yes", "--yes"]
        #expect(try CommandOptions(takenFrom: &words, of: .flush).yes)
        #expect(words == ["name", "--yes"])
        words = ["name", "--yes"]
        #expect(try CommandOptions(takenFrom: &words, of: .flush).yes == false)
    }

    @Test("A kernel that stops answering ends it, with the terminal as it was")
    func kernelFails() {
        let bench = bench()
        bench.terminal = TerminalSize(columns: 80, rows: 24)
        bench.pacing.steps = [
            { .time },
            {
                bench.kernel.behavior.isPrivileged = false
                return .time
            },
        ]
        let run = bench("stats")
        #expect(run.status == .failure)
        #expect(run.output.hasSuffix("\u{1b}[?25h"))
        #expect(run.error.hasPrefix("l2tp: cannot read sessions: not permitted (EPERM)\n"))
    }

    @Test("Where nobody reads any more it ends quietly, and a batch has no place for it")
    func noReader() {
        let bench = bench()
        bench.outputError = .brokenPipe
        let run = run("", bench)
        #expect(run.error == "")
        #expect(run.status == .success)
        bench.files["f"] = "stats\n"
        bench.outputError = nil
        #expect(bench("-b f") == Run(status: .failure, error: "f:1: stats is not for batches: it goes on and on\n"))
    }

    @Test("The screen in the documents has the header of today")
    func documented() throws {
        let folder = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
        let file = try FileDescriptor.open(folder.appending("docs/stats.txt"), .readOnly)
        let text = try file.closeAfter {
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let count = try unsafe bytes.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
            return String(decoding: bytes[..<count], as: UTF8.self)
        }
        let bench = bench()
        bench.terminal = TerminalSize(columns: 200, rows: 24)
        let header = run("tid 9", bench).output.split { $0 == "\n" || $0 == "\u{1b}" }[0].dropFirst("[?25l".count)
        #expect(text.hasPrefix("# l2tp stats\n"))
        // The names in the document are longer.
        #expect(text.split(separator: "\n")[1].split(separator: " ") == header.split(separator: " "))
    }

    @Test("A header comes again after many lines")
    func headerAgain() {
        let output = run("tid 3000", bench(), seconds: 50).output
        #expect(output.split(separator: "\n").count { $0.contains("TUNNEL") } == 3)
    }
}
