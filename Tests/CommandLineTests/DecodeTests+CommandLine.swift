import L2TPWireTestSupport
import Netlink
import SystemPackage
import Testing

@testable import l2tp

/// What is wrong with a command line, a file or a configuration, and what helps.
extension DecodeTests {
    @Test(arguments: [
        (["decode"], "decode: a capture file is missing; - stands for standard input"),
        (["decode", "a", "b"], "decode: one capture is read; \"b\" cannot follow \"a\""),
        (["decode", "--sumary", "a"], "decode: unknown option \"--sumary\"; did you mean \"--summary\"?"),
        (
            ["decode", "--cookie", "8", "a"],
            "decode: unknown option \"--cookie\"; --config tells cookies and sublayers\n"
        ),
        (["decode", "--port", "0", "a"], "decode: --port \"0\": expected a port from 1 to 65535"),
        (["decode", "--port"], "decode: --port: the value is missing"),
        (["decode", "--summary", "--verbose", "a"], "decode: --verbose and --summary exclude each other"),
        (["decode", "--summary=1", "a"], "decode: --summary: takes no value"),
        (["decode", "--count", "x", "a"], "decode: --count \"x\": expected a number, 1 or more"),
        (["decode", "--live", "lo", "a"], "decode: --live reads no file; \"a\" cannot be given too"),
        (
            ["decode", "--link-type", "ip", "a"],
            "decode: --link-type is for --hex: captures and interfaces tell it themselves"
        ),
        (["decode", "--live", "lo", "--hex"], "decode: --live and --hex exclude each other"),
        (
            ["decode", "--hex", "a", "--link-type", "wlan"],
            "decode: --link-type \"wlan\": no such type; there are ethernet, sll, sll2, ip, l2tp-udp, l2tp-ip"
        ),
    ]) func usageErrors(words: [String], message: String) {
        let run = Bench().run(words)
        #expect(run.status == .usage)
        #expect(run.output == "")
        #expect(run.error.contains(message))
    }

    /// An interface is looked for in the network namespace; a file is the same in all of them.
    @Test func liveInANamespace() throws {
        let missing = Bench()("-n no-such-namespace decode --live lo")
        #expect(missing.status == .usage)
        #expect(
            missing.error.hasPrefix(
                "l2tp: cannot enter network namespace /run/netns/no-such-namespace: there is none (ENOENT)\n  "))
        let noNamespace = Bench()("-n /dev/null decode --live lo")
        #expect(noNamespace.status == .usage)
        #expect(
            noNamespace.error == "l2tp: cannot enter network namespace /dev/null: not a network namespace (EINVAL)\n")
        let own = Bench()("-n /proc/thread-self/ns/net decode --live no-such-dev")
        #expect(own.status == .failure)
        #expect(own.error.hasPrefix("l2tp: decode: --live: cannot find interface no-such-dev"))
        let capture = Captures.folder.appending("v2-challenge.pcapng").string
        #expect(Bench().run(["-n", "no-such-namespace", "decode", capture]) == decode("v2-challenge.pcapng"))
    }

    @Test func filesThatCannotBeRead() throws {
        #expect(
            Bench().run(["decode", "/nowhere"])
                == Run(
                    status: .failure,
                    error: "l2tp: decode: cannot read /nowhere: No such file or directory (ENOENT)\n"))
        #expect(Bench().run(["decode", "/tmp"]).error.contains("Is a directory (EISDIR)"))
        #expect(
            try decode("no capture".utf8, "--summary").error.hasPrefix("l2tp: decode: FILE: neither pcap nor pcapng"))
        #expect(try decode("0g".utf8, "--hex").error.hasPrefix("l2tp: decode: FILE: line 1, column 2: "))
    }

    /// What comes before the end of a damaged capture is printed.
    @Test func truncatedCapture() throws {
        let whole = try FileSystem.read(Captures.folder.appending("v2-challenge.pcapng"), atMost: 65536)
        let run = try decode(whole.prefix(1500))
        #expect(run.status == .failure)
        #expect(run.output.contains("SCCRQ"))
        #expect(run.error.contains("FILE: capture ends too soon, at byte 1500"))
    }

    @Test func invalidConfiguration() throws {
        let file = FilePath("/tmp/l2tp-decode-\(UInt64.random(in: .min ... .max)).toml")
        try FileSystem.replace(file, by: Array("[tunel]\n".utf8), permissions: .ownerReadWrite)
        defer { try? FileSystem.remove(file) }
        let run = Bench().run(["decode", "--config", file.string, "/dev/null"])
        #expect(run.status == .failure)
        #expect(run.error.contains("\(file):1:"))
        #expect(run.error.contains("the configuration is not valid"))
    }

    /// A capture of which nothing can be read, and one of which a part can.
    @Test func linkTypeThatIsNotRead() throws {
        func packet(_ bytes: [UInt8]) -> [UInt8] {
            [UInt8](repeating: 0, count: 8) + [0, 0, 0, UInt8(bytes.count), 0, 0, 0, UInt8(bytes.count)] + bytes
        }
        let capture =
            try Hex.parse("a1b2c3d4 00020004 00000000 00000000 00040000 00000069") + packet([1, 2]) + packet([3])
        let problem = "unsupported link type: link type 105; Ethernet, Linux cooked, raw IP and BSD loopback are read"
        for options in [[], ["--json"], ["--verbose"], ["--summary"], ["--summary", "--json"]] {
            let run = try decode(capture, arguments: options)
            #expect(run.status == .failure)
            #expect(run.error.hasSuffix("l2tp: decode: FILE: \(problem)\n"))
            #expect(!run.output.contains("! malformed") && !run.output.contains("\"malformed\":{"))
        }
        #expect(try decode(capture).output.hasPrefix("1 0.000000 ! unsupported link type, at byte 0 (link layer): "))
        #expect(try decode(capture, "--json").output.contains(#""detail":"link type 105; Ethernet"#))
        #expect(try decode(capture, "--summary").output.hasPrefix("2 packets of a link type that is not read\n2 pack"))
        #expect(try decode(capture, "--summary", "--json").output.contains(#""malformed":0,"#))
        #expect(try decode(capture, "--summary", "--json").output.contains(#""unsupported":2,"#))
    }

    /// Numbers are those of the other commands.
    @Test func portsInOtherBases() {
        let capture = "v3-udp-ipv4-cookies-differ.pcapng"
        let lines = decode(capture, "--port", "5000").output
        #expect(!lines.isEmpty)
        for port in ["0x1388", "011610"] { #expect(decode(capture, "--port", port).output == lines) }
        for port in ["0", "65536", "-1", "08", "x", "0x"] {
            #expect(decode(capture, "--port", port).error.contains("expected a port from 1 to 65535"))
        }
    }

    @Test func count() {
        #expect(decode("v2-challenge.pcapng", "--count", "5").output.split(separator: "\n").count == 3)
        #expect(decode("v2-challenge.pcapng", "--count", "5", "--summary").output.hasSuffix("5 packets in all\n"))
    }

    @Test func nobodyReads() {
        let bench = Bench()
        bench.outputError = .brokenPipe
        let capture = Captures.folder.appending("v2-challenge.pcapng").string
        #expect(bench.run(["decode", capture]) == Run(status: .success))
        #expect(bench.run(["decode", "--summary", capture]) == Run(status: .success))
        bench.outputError = .noSpace
        #expect(bench.run(["decode", capture]).error.contains("cannot write: No space left on device (ENOSPC)"))
        #expect(bench.run(["decode", "--summary", capture]).status == .failure)
    }

    @Test func optionsEndBeforeTheFile() throws {
        let capture = Captures.folder.appending("v2-challenge.pcapng").string
        #expect(Bench().run(["decode", "--", capture]) == decode("v2-challenge.pcapng"))
        #expect(Bench().run(["decode", "--summary", "--", "--x"]).error.contains("cannot read --x: No such file"))
        #expect(Bench().run(["decode", "--", "a", "-b"]).error.contains("\"-b\" cannot follow \"a\""))
    }

    @Test func helpListsTheOptions() {
        let help = Bench()("decode --help").output
        for name in DecodeOptions.names { #expect(help.contains("\(name) ")) }
        #expect(!help.contains("--version") && !help.contains("WORD"))
    }

    @Test func help() {
        #expect(Bench()("decode --help").output.contains("USAGE: l2tp decode"))
        #expect(Bench()("help decode").error.contains("USAGE: l2tp decode"))
    }

    @Test func completion() {
        #expect(Completion.candidates(["decode", "--s"]) == ["--summary"])
        #expect(Completion.candidates(["decode", "--link-type", "s"]) == ["sll", "sll2"])
        #expect(Completion.candidates(["decode", "--config", ""]) == ["/"])
        #expect(Completion.candidates(["decode", ""]) == ["/"])
        #expect(Completion.candidates(["decode", "--", "-"]) == ["/"])
    }
}
