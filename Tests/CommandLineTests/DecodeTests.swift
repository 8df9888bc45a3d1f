import L2TPWireTestSupport
import Netlink
import SystemPackage
import Testing

@testable import l2tp

/// `l2tp decode`, on the captures of Tests/Captures and on text.
@Suite struct DecodeTests {
    /// Decodes a capture without what is known of it.
    private func decode(_ capture: String, _ options: String...) -> Run {
        Bench().run(["decode"] + options + [Captures.folder.appending(capture).string])
    }

    /// Runs with a file that has some bytes.
    private func decode(_ bytes: some Sequence<UInt8>, _ options: String...) throws -> Run {
        try decode(bytes, arguments: options)
    }

    private func decode(_ bytes: some Sequence<UInt8>, arguments options: [String]) throws -> Run {
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
    private func decodeShortCookie(_ options: String...) throws -> Run {
        try decode(with: "cookie = \"01234567\"\npeer_cookie = \"89abcdef\"", options)
    }

    private func decode(with keys: String, _ options: [String]) throws -> Run {
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

    @Test func restOfAnotherCookieIsWithheld() throws {
        let line = try decodeShortCookie().output
        #expect(
            line.split(separator: "\n").first?.hasSuffix("(t/s) cookie is not the expected one, rest withheld") == true)
        let json = try decodeShortCookie("--json").output
        #expect(json.contains(#""cookie_ok":false,"sublayer":"default"}"#))
        let verbose = try decodeShortCookie("--verbose").output
        #expect(verbose.contains("Cookie: 4 bytes\n2 "))
        for text in [line, json, verbose] { #expect(!text.contains("dcba98") && !text.contains("14465688")) }
        #expect(try decodeShortCookie("--with-cookies").output.contains(" seq 14465688"))
        #expect(
            try decodeShortCookie("--with-cookies", "--json").output.contains(#""sequence_number":14465688,"inner""#))
        #expect(try decodeShortCookie("--with-cookies", "--verbose").output.contains("Sequence Number: 14465688"))
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
            "session 1000 t/s: with the configured \(known) 0 of 2 inner frames are plausible, "
            + "with cookie 8 bytes, sublayer default 2 of 2: compare cookie and l2spec_type at both ends\n"
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
        #expect(run.error.contains("--link-type l2tp-udp or l2tp-ip reads it"))
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

    // MARK: - Findings

    /// A StopCCN of L2TPv2 with something of each kind: an M bit that is clear, a vendor's AVP that may not be ignored,
    /// a Host Name that is hidden, a reserved bit; and no Result Code.
    private let stop = """
        c8020033 00010000 00000000 8008 0000 0000 0004 0008 0000 0009 0007 8008 0009 0001 0102 c007 0000 0007 61
        a008 0000 000a 0004
        """.replacing("\n", with: " ")

    @Test func findings() throws {
        let head =
            "v2 control tunnel 1 session 0 ns 0 nr 0 StopCCN | Assigned Tunnel ID 7; "
            + "AVP 9/1 0102 (mandatory, unknown); Host Name hidden (1 bytes); "
            + "Receive Window Size 4 (mandatory, unknown) ! Result Code is missing"
        let line = try decode(stop.utf8, "--hex", "--link-type", "l2tp-udp").output
        #expect(line == "1 - 0.0.0.0 > 0.0.0.0 UDP 1701>1701 \(head)\n")
        let verbose = try decode(stop.utf8, "--hex", "--link-type", "l2tp-udp", "--verbose").output
        #expect(
            verbose == line + """
                    L2TP, 51 bytes, at byte 0 of the frame
                     0  Flags: T L S
                     1  Ver: 2
                     2  Length: 51
                     4  Tunnel ID: 1
                     6  Session ID: 0
                     8  Ns: 0
                    10  Nr: 0
                    12  AVP 0 Message Type [M], 8 bytes: 4 (StopCCN)
                    20  AVP 9 Assigned Tunnel ID, 8 bytes: 7
                    28  AVP 9/1 unknown [M], 8 bytes: 0102
                    36  AVP 7 Host Name [M H], 7 bytes: hidden (1 bytes)
                    43  AVP 10 Receive Window Size [M], 8 bytes: 4
                    ! Assigned Tunnel ID has its M bit clear, at byte 20
                    ! AVP 9/1 counts as unknown and has its M bit set, at byte 28
                    ! Host Name is hidden, which its definition does not allow, at byte 36
                    ! Receive Window Size has a reserved bit set, at byte 43
                    ! Receive Window Size counts as unknown and has its M bit set, at byte 43
                    ! Result Code is missing, at byte 51

                """)
    }

    @Test func findingsInJSON() throws {
        let json = try decode(stop.utf8, "--hex", "--link-type", "l2tp-udp", "--json").output
        let findings = json.split(separator: #","findings":["#).last.map(String.init) ?? ""
        #expect(
            findings.split(separator: "},{").map(String.init) == [
                #"{"kind":"mandatory_bit","vendor_id":0,"type":9,"name":"Assigned Tunnel ID","offset":20,"#
                    + #""text":"Assigned Tunnel ID has its M bit clear, at byte 20""#,
                #""kind":"unrecognized_mandatory","vendor_id":9,"type":1,"offset":28,"#
                    + #""text":"AVP 9/1 counts as unknown and has its M bit set, at byte 28""#,
                #""kind":"hidden","vendor_id":0,"type":7,"name":"Host Name","offset":36,"#
                    + #""text":"Host Name is hidden, which its definition does not allow, at byte 36""#,
                #""kind":"reserved_bits","vendor_id":0,"type":10,"name":"Receive Window Size","offset":43,"#
                    + #""text":"Receive Window Size has a reserved bit set, at byte 43""#,
                #""kind":"unrecognized_mandatory","vendor_id":0,"type":10,"name":"Receive Window Size","offset":43,"#
                    + #""text":"Receive Window Size counts as unknown and has its M bit set, at byte 43""#,
                #""kind":"missing","vendor_id":0,"type":1,"name":"Result Code","offset":51,"#
                    + #""text":"Result Code is missing, at byte 51"}]}"# + "\n",
            ])
        #expect(json.split(separator: #""unrecognized_mandatory":true"#).count == 3)
    }

    /// What is missing from several messages, and what is not known to be missing from one that ends too soon.
    @Test func missingAVPs() throws {
        let text = """
            c8030014 00000001 00000000 80080000 0000000e
            c8030014 00000001 00000000 80080000 00000063
            c8030014 00000001 00000000 00080000 00000063
            c8030014 00000001 00000000 80080000 00000006
            c8030015 00000001 00000000 80080000 0000000e
            c803000c 00000001 00000000

            """
        let lines = try decode(text.utf8, "--hex", "--link-type", "l2tp-udp").output.split(separator: "\n")
        #expect(
            lines.map { $0.split(separator: " nr 0 ").last } == [
                "CDN ! Result Code, Local Session ID, Remote Session ID are missing",
                "message type 99 (mandatory, unknown)", "message type 99", "HELLO",
                "CDN ! malformed: message is truncated, at byte 20 (Length)", "ZLB",
            ])
        let json = try decode(text.utf8, "--hex", "--link-type", "l2tp-udp", "--json").output.split(separator: "\n")
        #expect(json.map { $0.contains("findings") } == [true, true, false, false, false, false])
        #expect(
            json[1].hasSuffix(
                #","findings":[{"kind":"unrecognized_message","vendor_id":0,"type":0,"name":"Message Type","#
                    + #""offset":12,"text":"the message is unknown and has its M bit set, at byte 12"}]}"#))
    }

    /// The real peers of the captures send what the RFCs have them send.
    @Test(arguments: Captures.all.filter { !$0.hasPrefix("control-vectors") })
    func realPeersHaveNoFindings(capture: String) throws {
        #expect(try !Captures.decode(capture, "--json").output.contains("findings"))
    }

    // MARK: - JSON

    @Test func namesOfNumbersInJSON() throws {
        let text = """
            c803002c 00000001 00000000 8008 0000 0000 000e 800c 0000 0001 0002 0006 6e6f 800c 0000 003e 0005 0004 00ff
            c803001a 00000001 00000000 8008 0000 0000 0006 8006 0000 003e
            c803001c 00000001 00000000 8008 0000 0000 0006 8008 0000 0001 0002

            """
        let lines = try decode(text.utf8, "--hex", "--link-type", "l2tp-udp", "--json").output.split(separator: "\n")
        #expect(
            lines[0].contains(
                #""data":"000200066e6f","value":{"result_code":2,"error_code":6,"error_message":"no"},"#
                    + #""meaning":{"result_code":"disconnected for the reason in the error code","#
                    + #""error_code":"vendor-specific error"}}"#))
        #expect(lines[0].contains(#""data":"0005000400ff","value":[5,4,255],"meaning":["eth","eth-vlan",null]}"#))
        #expect(lines[0].contains(#""data":"000e","value":14,"meaning":"CDN"}"#))
        #expect(lines[1].hasSuffix(#""data":"","value":[]}]}"#))
        #expect(lines[2].contains(#""data":"0002","value":{"result_code":2}}]"#))
    }

    /// Of headers in a datagram that was put together, the place is not in a frame.
    @Test func malformedReassembledDatagram() throws {
        let text = """
            4500001c 00012000 40110000 c0000201 c0000202 06a506a5 00ff0000
            4500001c 00010001 40110000 c0000201 c0000202 00000000 00000000
            4500001c 00020000 40110000 c0000201 c0000202 06a506a5 00ff0000

            """
        let run = try decode(text.utf8, "--hex", "--link-type", "ip", "--json")
        #expect(
            run.output == """
                {"number":2,"malformed":{"reason":"packet is truncated","offset":16,"field":"UDP Length",\
                "reassembled":true}}
                {"number":3,"malformed":{"reason":"packet is truncated","offset":28,"field":"UDP Length"}}

                """)
    }

    /// A datagram whose fragments contradict each other, and one of which some are missing.
    @Test func summaryOfFragments() throws {
        let text = """
            4500001c 00010002 40110000 c0000201 c0000202 00000000 00000000
            4500001c 00010004 40110000 c0000201 c0000202 00000000 00000000
            4500001c 00022000 40110000 c0000201 c0000202 06a506a5 00ff0000

            """
        let summary = try decode(text.utf8, "--hex", "--link-type", "ip", "--summary").output
        #expect(summary == "2 datagrams that could not be put together from fragments\n3 packets in all\n")
        let json = try decode(text.utf8, "--hex", "--link-type", "ip", "--summary", "--json").output
        #expect(json.contains(#""incomplete":2,"#))
        let lines = try decode(text.utf8, "--hex", "--link-type", "ip", "--json").output.split(separator: "\n")
        #expect(lines.map { $0.contains(#""abandoned":"fragments of 192.0.2.1 > 192.0.2.2"#) } == [true, true])
    }

    /// A session of IP packets without frames, as its ICRQ has it.
    @Test func innerIPPacket() throws {
        let text = """
            00000000 c803 0055 00000009 0002 0001 8008 0000 0000 000a 800a 0000 003f 000003e8 800a 0000 0040 00000000 \
            000a 0000 000f 00000001 8008 0000 0044 000b 8009 0000 0042 6c616e 8008 0000 0047 0003 \
            800a 0000 0041 11223344
            000003e8 11223344 4500001c 00000000 40010000 c0000201 c0000202 08000000 00010007

            """
        let lines = try decode(text.utf8, "--hex", "--link-type", "l2tp-ip", "--json").output.split(separator: "\n")
        let inner = #"{"kind":"ip","length":28,"description":"IPv4 192.0.2.1 > 192.0.2.2 ICMP echo request seq 7"}"#
        #expect(lines.last?.hasSuffix(#","inner":\#(inner)}"#) == true)
    }

    // MARK: - What is wrong

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
