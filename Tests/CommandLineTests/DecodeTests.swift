import L2TPWireTestSupport
import Netlink
import SystemPackage
import Testing

@testable import l2tp

/// `l2tp decode`, on the captures of Tests/Captures and on text.
@Suite struct DecodeTests {
    /// Decodes a capture without what is known of it.
    func decode(_ capture: String, _ options: String...) -> Run {
        Bench().run(["decode"] + options + [Captures.folder.appending(capture).string])
    }

    /// Runs with a file that has some bytes.
    func decode(_ bytes: some Sequence<UInt8>, _ options: String...) throws -> Run {
        try decode(bytes, arguments: options)
    }

    func decode(_ bytes: some Sequence<UInt8>, arguments options: [String]) throws -> Run {
        let file = FilePath("/tmp/l2tp-decode-\(UInt64.random(in: .min ... .max))")
        try FileSystem.replace(file, by: Array(bytes), permissions: .ownerReadWrite)
        defer { try? FileSystem.remove(file) }
        var run = Bench().run(["decode"] + options + [file.string])
        run.error = run.error.replacing(file.string, with: "FILE")
        return run
    }

    @Test func thereAreCaptures() {
        #expect(Captures.all.count > 30)
    }

    /// No capture has anything that is malformed, and all that is configured is found.
    @Test(arguments: Captures.all) func decodesEveryCapture(capture: String) throws {
        let run = try Captures.decode(capture)
        #expect(run.status == .success)
        #expect(!run.output.isEmpty)
        #expect(!run.output.contains("malformed"))
        #expect(!run.output.contains("inferred"))
        #expect(!run.output.contains("expected"))
        #expect(run.error == "")
        let verbose = try Captures.decode(capture, "--verbose").output.split(separator: "\n")
        #expect(
            verbose.filter { !$0.hasPrefix(" ") }.map(String.init) == run.output.split(separator: "\n").map(String.init)
        )
    }

    /// Ports, cookies and sublayers are those that the control messages tell.
    @Test(arguments: [("v3-control-udp.pcap", 8), ("v3-control-ip.pcap", 16)])
    func learnsFromControlMessages(capture: String, dataCount: Int) {
        let lines = decode(capture, "--json").output.split(separator: "\n")
        let data = lines.filter { $0.contains(#""type":"data""#) }
        #expect(data.count == dataCount)
        for line in data {
            #expect(line.contains(#""format_source":"control""#))
            #expect(line.contains(#""cookie_ok":true"#) || line.contains(#""cookie_length":0"#))
            #expect(line.contains(#""description":"ARP "#) || line.contains("ICMP echo"))
        }
    }

    /// Without a configuration the same cookies and sublayers are inferred that the configuration has.
    @Test(arguments: Captures.all.filter { Captures.configuration(of: $0) != nil })
    func infersWhatIsConfigured(capture: String) throws {
        let known = try Captures.decode(capture, "--json")
        let ports = Set(
            known.output.split(separator: "\"").enumerated().compactMap { index, part in
                part == "destination_port" || part == "source_port"
                    ? known.output.split(separator: "\"")[index + 1].filter(\.isNumber) : nil
            })
        let inferred = Bench().run(
            ["decode", "--json"] + ports.flatMap { ["--port", $0] } + [Captures.folder.appending(capture).string])
        let replacements = [#","session":"site-b/lan""#, #","session":"site-b/second""#, #","session":"site-b/voice""#]
        var expected = known.output.replacing("\"configuration\"", with: "\"inferred\"")
            .replacing(#","cookie_ok":true"#, with: "")
        for text in replacements { expected = expected.replacing(text, with: "") }
        #expect(inferred.output == expected)
    }

    @Test func wrongCookieIsTold() throws {
        let capture = "v3-udp-ipv4-cookies-differ.pcapng"
        let file = try #require(Captures.configuration(of: capture))
        let text = try String(decoding: FileSystem.read(FilePath(file), atMost: 65536), as: UTF8.self)
        let cookie = try #require(
            text.split(separator: "\n").first { $0.hasPrefix("cookie = ") }?.split(separator: "\"")[1])
        let wrong = FilePath("/tmp/l2tp-decode-\(UInt64.random(in: .min ... .max)).toml")
        let other = String(repeating: "5", count: cookie.count)
        try FileSystem.replace(
            wrong, by: Array(text.replacing(cookie, with: other).utf8), permissions: .ownerReadWrite)
        defer { try? FileSystem.remove(wrong) }
        let path = Captures.folder.appending(capture).string
        let hidden = Bench().run(["decode", "--config", wrong.string, path])
        #expect(hidden.output.contains(" cookie is not the expected one"))
        #expect(!hidden.output.contains(other) && !hidden.output.contains(cookie))
        let shown = Bench().run(["decode", "--with-cookies", "--config", wrong.string, path])
        #expect(shown.output.contains(" cookie \(cookie), expected \(other)"))
        let summary = Bench().run(["decode", "--summary", "--config", wrong.string, path])
        #expect(summary.output.contains("with a cookie that is not the expected one"))
    }

    /// Cookies of 8 bytes, of which a configuration has the first 4: what is read behind them is the rest of the cookie.
    func decodeShortCookie(_ options: String...) throws -> Run {
        try decode(with: "cookie = \"01234567\"\npeer_cookie = \"89abcdef\"", options)
    }

    func decode(with keys: String, _ options: [String]) throws -> Run {
        let configuration = FilePath("/tmp/l2tp-decode-\(UInt64.random(in: .min ... .max)).toml")
        let text = """
            [tunnel.t]
            local = "192.0.2.2"
            remote = "192.0.2.1"
            encap = "ip"
            tunnel_id = 1
            peer_tunnel_id = 2

            [tunnel.t.session.s]
            session_id = 1000
            peer_session_id = 2000
            \(keys)
            """
        try FileSystem.replace(configuration, by: Array(text.utf8), permissions: .ownerReadWrite)
        defer { try? FileSystem.remove(configuration) }
        let packet = """
            4500004e 00000000 40730000 c0000201 c0000202 000003e8 11223344 40dcba98 00000000 ffffffffffff 02000000010a \
            0806 0001080006040001 02000000010a 0a000001 000000000000 0a000002

            """
        return try decode(
            (packet + packet).utf8,
            arguments: ["--hex", "--link-type", "ip", "--config", configuration.string] + options)
    }

    /// What the damaged end of a capture leaves incomplete is told, whatever is printed.
    @Test func fragmentsBeforeADamagedEnd() throws {
        let packet = try Hex.parse("45000024 00012000 40110000 c0000201 c0000202 06a506a5 00ff0000 00000000 00000000")
        let capture =
            try Hex.parse("a1b2c3d4 00020004 00000000 00000000 00040000 00000065 00000000 00000000")
            + [0, 0, 0, UInt8(packet.count), 0, 0, 0, UInt8(packet.count)] + packet
        for bytes in [capture, capture + [1, 2, 3]] {
            let run = try decode(bytes)
            #expect(run.output.contains("! malformed: fragments of 192.0.2.1 > 192.0.2.2"))
            #expect(run.error.isEmpty == (bytes == capture))
        }
    }

    @Test func numbersBehindAnotherCookieDoNotCount() throws {
        let summary = try decodeShortCookie("--summary").output
        #expect(summary.contains("2 with a cookie that is not the expected one, so loss cannot be seen\n"))
        let json = try decodeShortCookie("--summary", "--json").output
        #expect(json.contains(#""wrong_cookies":2,"cookie_changes":0,"numbered":0,"lost":0,"#))
        #expect(json.contains(#""duplicated":0"#))
    }

    /// What is configured makes no frame plausible.
    @Test(arguments: [
        ("", "cookie (none) and sublayer (default)"),
        (#"l2spec_type = "none""#, "cookie (none) and sublayer (none)"),
        (#"peer_cookie = "11223344""#, "cookie (4 bytes) and sublayer (default)"),
    ])
    func configurationThatDoesNotFit(keys: String, known: String) throws {
        let text =
            "session 1000 t/s: with the configured \(known) inner frames are plausible "
            + "by chance at most, with cookie 8 bytes, sublayer default 2 of 2: compare cookie and l2spec_type at both ends\n"
        #expect(try decode(with: keys, []).error == "l2tp: decode: \(text)")
        #expect(try decode(with: keys, ["--json"]).error == "l2tp: decode: \(text)")
        let summary = try decode(with: keys, ["--summary"])
        #expect(summary.output.contains("\n\(text)") && summary.error.isEmpty)
        let json = try decode(with: keys, ["--summary", "--json"]).output
        #expect(
            json.contains(
                #""contradiction":{"cookie_length":8,"sublayer":"default","plausible":2,"messages":2},"wrong_"#))
    }

    @Test func configurationThatFits() throws {
        let keys = #"peer_cookie = "1122334440dcba98""#
        #expect(try decode(with: keys, []).error == "")
        #expect(try !decode(with: keys, ["--summary", "--json"]).output.contains("contradiction"))
    }

    /// Of what is cut off, nothing is said twice, nor called unknown.
    @Test func cutByTheCapture() throws {
        func capture(_ packet: String, of length: UInt8) throws -> [UInt8] {
            let packet = try Hex.parse(packet)
            return try Hex.parse("a1b2c3d4 00020004 00000000 00000000 00040000 00000065 00000000 00000000")
                + [0, 0, 0, UInt8(packet.count), 0, 0, 0, length] + packet
        }
        let header = try capture("4500003c 00000000 40110000 c0000201", of: 60)
        #expect(try decode(header).output == "1 0.000000 cut by the capture at byte 16 (IPv4 header)\n")
        let type = try capture(
            "45000030 00000000 40110000 c0000201 c0000202 06a506a5 001c0000 c8020014 00010000 00000000 8008", of: 48)
        #expect(
            try decode(type).output.hasSuffix("ns 0 nr 0 message type not captured [cut by the capture]\n"))
        #expect(try decode(type, "--summary").output.contains(": 1 control message (type not captured 1)\n"))
    }

    @Test func summaryOfLoss() throws {
        let run = try Captures.decode("v3-loss-and-reordering.pcapng", "--summary")
        #expect(run.output.contains(" lost, "))
        #expect(run.output.contains(" out of order"))
        #expect(run.output.contains("(configured)"))
    }

    @Test func otherPortsAreHintedAt() {
        let run = decode("v3-udp-ipv4-cookies-differ.pcapng")
        #expect(run.output == "")
        #expect(run.error.contains("between ports 5000 and 6000 look like L2TPv3: --port 5000 decodes them"))
        #expect(decode("v3-udp-ipv4-cookies-differ.pcapng", "--summary").output.contains("--port 5000"))
        #expect(decode("v3-udp-ipv4-cookies-differ.pcapng", "--port", "6000", "--summary").output.contains("inferred"))
    }

    @Test func nothingFoundIsTold() throws {
        #expect(decode("v2-challenge.pcapng", "--count", "2").error == "l2tp: decode: no L2TP in 2 packets\n")
        let run = try decode("c8020014000100000001000180080000 00000006".utf8, "--hex")
        #expect(run.error.contains("--link-type l2tp-udp or l2tp-ip reads it, with the IP packet, --link-type ip\n"))
    }

    /// Times count from the first packet of the capture, whether that is L2TP or not, as in tshark.
    @Test func timesCountFromTheFirstPacket() {
        #expect(decode("v2-challenge.pcapng").output.split(separator: " ")[1] != "0.000000")
    }

    @Test func encryptedPacketsAreTold() throws {
        let run = try Captures.decode("v3-esp.pcapng")
        #expect(run.output.split(separator: "\n").count == 2)
        #expect(run.output.contains("ESP | encrypted"))
        #expect(try Captures.decode("v3-esp.pcapng", "--summary").output.contains("12 packets, encrypted"))
    }

    /// What a capture says of times may be anything.
    @Test func timesFarApart() throws {
        var bytes: [UInt8] = [0x0A, 0x0D, 0x0D, 0x0A, 0, 0, 0, 28, 0x1A, 0x2B, 0x3C, 0x4D, 0, 1, 0, 0]
        bytes += [UInt8](repeating: 0xFF, count: 8) + [0, 0, 0, 28]
        for offset: Int64 in [-9_000_000_000, 9_000_000_000] {
            bytes += [0, 0, 0, 1, 0, 0, 0, 36, 0, 101, 0, 0, 0, 0, 0, 0, 0, 14, 0, 8]
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: offset >> (56 - 8 * $0)) } + [0, 0, 0, 0, 0, 0, 0, 36]
        }
        let packet = try Hex.parse("45000030 00000000 4011 0000 c0000201 c0000202 06a506a5 001c0000") + hello
        for interface: UInt8 in [0, 1] {
            let count = UInt8(packet.count)
            bytes += [0, 0, 0, 6, 0, 0, 0, 32 + count, 0, 0, 0, interface, 0, 0, 0, 0, 0, 0, 0, 0]
            bytes += [0, 0, 0, count, 0, 0, 0, count] + packet + [0, 0, 0, 32 + count]
        }
        let run = try decode(bytes)
        #expect(run.error == "")
        #expect(run.output.split(separator: "\n").map { $0.split(separator: " ")[1] } == ["0.000000", "-"])
    }

    private let hello: [UInt8] = [0xC8, 2, 0, 20, 0, 1, 0, 0, 0, 1, 0, 1, 0x80, 8, 0, 0, 0, 0, 0, 6]

    // MARK: - Hexadecimal text

    @Test func hexadecimalMessage() throws {
        let hello = Array("c8020014 00010000 00010001 80080000 00000006\n".utf8)
        let run = try decode(hello, "--hex", "--link-type", "l2tp-udp", "--verbose")
        #expect(
            run
                == Run(
                    status: .success,
                    output: """
                        1 - 0.0.0.0 > 0.0.0.0 UDP 1701>1701 v2 control tunnel 1 session 0 ns 1 nr 1 HELLO
                            L2TP, 20 bytes, at byte 0 of the frame
                             0  Flags: T L S
                             1  Ver: 2
                             2  Length: 20
                             4  Tunnel ID: 1
                             6  Session ID: 0
                             8  Ns: 1
                            10  Nr: 1
                            12  AVP 0 Message Type [M], 8 bytes: 6 (HELLO)

                        """))
    }

    /// What is malformed is reported with its place, and the message after it decoded.
    @Test func malformedMessages() throws {
        let text = """
            c8020015 00010000 00010001 80080000 00000006
            c8020014 00010000 00010001 80090000 00000006
            c8
            c8020014 00010000 00010001 80080000 00000006

            """
        let run = try decode(text.utf8, "--hex", "--link-type", "l2tp-udp")
        #expect(run.status == .success)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasSuffix("HELLO ! malformed: message is truncated, at byte 20 (Length)"))
        #expect(lines[1].contains("! malformed: AVP reaches beyond the message, at byte 12 (AVP Length)"))
        #expect(lines[2].contains("! malformed: message is truncated"))
        #expect(lines[3].hasSuffix("HELLO"))
    }
}
