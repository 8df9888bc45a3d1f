import L2TPModel
import L2TPWire
import Testing

@testable import l2tp

@Suite struct KeywordParserTests {
    @Test(arguments: ["tunnel_id", "tid"])
    func tunnelID(word: String) { #expect(arguments("\(word) 0x10")?.tunnelID == 16) }

    @Test(arguments: ["peer_tunnel_id", "ptid"])
    func peerTunnelID(word: String) { #expect(arguments("\(word) 010")?.peerTunnelID == 8) }

    @Test(arguments: ["session_id", "sid"])
    func sessionID(word: String) { #expect(arguments("\(word) 7")?.sessionID == 7) }

    @Test(arguments: ["peer_session_id", "psid"])
    func peerSessionID(word: String) { #expect(arguments("\(word) 4294967295")?.peerSessionID == .max) }

    @Test func defaults() {
        let arguments = arguments("tunnel")
        #expect(arguments?.encapsulation == .udp)
        #expect(arguments?.checksum == false)
        #expect(arguments?.ipv6TransmitChecksum == true)
        #expect(arguments?.ipv6ReceiveChecksum == true)
        #expect(arguments?.l2SpecificSublayer == .default)
        #expect(arguments?.sendsSequenceNumbers == false)
        #expect(arguments?.requiresSequenceNumbers == false)
    }

    @Test func everythingInAnyOrder() {
        let words =
            "remote 192.0.2.2 udp_dport 2 session seq both name lan udp6_csum_rx off tunnel l2spec_type NONE "
            + "cookie 01234567 peer_cookie 0123456789ABCDEF encap ip udp_csum on udp_sport 0x1 udp6_csum_tx off local any "
            + "tid 1 ptid 2 sid 3 psid 4"
        var expected = Arguments()
        expected.tunnel = true
        expected.session = true
        expected.tunnelID = 1
        expected.peerTunnelID = 2
        expected.sessionID = 3
        expected.peerSessionID = 4
        expected.encapsulation = .ip
        expected.local = .any
        expected.remote = AddressWord("192.0.2.2")
        expected.sourcePort = 1
        expected.destinationPort = 2
        expected.checksum = true
        expected.ipv6TransmitChecksum = false
        expected.ipv6ReceiveChecksum = false
        expected.interfaceName = try? InterfaceName("lan")
        expected.cookie = Cookie(0x0123_4567 as UInt32)
        expected.peerCookie = Cookie(0x0123_4567_89ab_cdef as UInt64)
        expected.l2SpecificSublayer = .none
        expected.sendsSequenceNumbers = true
        expected.requiresSequenceNumbers = true
        #expect(arguments(words) == expected)
    }

    @Test func theLastOfARepeatedKeywordCounts() {
        #expect(arguments("tid 1 tunnel_id 2 encap ip encap udp") == arguments("encap udp tid 2"))
    }

    /// (words, send, receive)
    @Test(arguments: [
        ("seq none", false, false), ("seq send", true, false), ("seq recv", false, true), ("seq both", true, true),
        ("seq BOTH", true, true), ("seq send seq recv", true, true), ("seq both seq none", false, false),
        ("seq both seq none seq recv", false, true), ("seq add", true, false), ("counter", true, false),
        ("ordering", false, true), ("counter ordering", true, true),
    ])
    func sequenceNumbers(words: String, send: Bool, receive: Bool) {
        let arguments = arguments(words)
        #expect(arguments?.sendsSequenceNumbers == send)
        #expect(arguments?.requiresSequenceNumbers == receive)
    }

    @Test func olderSpellings() {
        #expect(arguments("ifname lan") == arguments("name lan"))
        #expect(arguments("csum add") == arguments("udp_csum on"))
        #expect(arguments("l2spec_type none l2spec_type ethernet") == arguments("l2spec_type default"))
        #expect(arguments("cookie u32 01234567") == arguments("cookie 01234567"))
        #expect(arguments("peer_cookie c32 0123456789abcdef") == arguments("peer_cookie 0123456789abcdef"))
    }

    @Test(arguments: ["offset", "peer_offset"])
    func offsetsAreIgnoredWithAWarning(word: String) {
        let (outcome, warnings) = KeywordParser.parse([word, "whatever", "tunnel"])
        #expect(outcome == KeywordParser.parse(["tunnel"]).outcome)
        #expect(warnings == ["Ignoring option \"\(word)\""])
    }

    @Test(arguments: ["h", "he", "hel", "help"])
    func helpAnywhere(word: String) {
        #expect(KeywordParser.parse([word]).outcome == .usage)
        #expect(KeywordParser.parse(["tunnel", "tid", "1", word]).outcome == .usage)
        #expect(KeywordParser.parse(["tunnel", "--help"]).outcome == .help)
    }

    @Test func outputOptionsMayStandAmongTheWords() {
        #expect(arguments("tunnel -j")?.output == OutputOptions(json: true))
        #expect(arguments("--pretty tunnel")?.output == OutputOptions(pretty: true))
        #expect(arguments("name -j")?.interfaceName?.text == "-j")
        #expect(problem("tunnel --netns x")?.status == .usage)
    }

    /// What ip refuses, with the status it ends with, and where only the message is new, the message.
    @Test(
        arguments: [
            ("tunnel_id x", .usage, "tunnel_id \"x\": expected a number, 1…4294967295"),
            ("tid 4294967296", .usage, "tunnel_id \"4294967296\": expected a number, 1…4294967295"),
            ("ptid -1", .usage, "peer_tunnel_id \"-1\": expected a number, 1…4294967295"),
            ("sid 1x", .usage, "session_id \"1x\": expected a number, 1…4294967295"),
            ("psid 08", .usage, "peer_session_id \"08\": expected a number, 1…4294967295"),
            ("tunnel_id", .usage, "tunnel_id: the value is missing"),
            ("tunnel_id session_id 5", .usage, "tunnel_id: the value is missing before \"session_id\""),
            ("udp_sport 65536", .usage, "udp_sport \"65536\": expected a port, 1…65535"),
            ("udp_dport x", .usage, "udp_dport \"x\": expected a port, 1…65535"),
            ("encap UDP", .usage, "encap \"UDP\": expected udp or ip"),
            ("encap gre", .usage, "encap \"gre\": expected udp or ip"),
            ("local foo", .failure, "local \"foo\": expected an IPv4 or IPv6 address; names are not looked up"),
            (
                "remote fe80::1%eth0", .failure,
                "remote \"fe80::1%eth0\": expected an IPv4 or IPv6 address without a zone; names are not looked up"
            ),
            ("udp_csum yes", .usage, "udp_csum \"yes\": expected on or off"),
            ("udp6_csum_tx ON", .usage, "udp6_csum_tx \"ON\": expected on or off"),
            ("udp6_csum_rx", .usage, "udp6_csum_rx: the value is missing"),
            ("name sixteen-letters-", .usage, nil),
            ("name a/b", .usage, nil),
            ("name ..", .usage, nil),
            ("name a:b", .refused, nil),
            ("name a%b", .refused, nil),
            ("cookie 0123456", .usage, "cookie: has 7 characters; expected 8 or 16 hex digits"),
            ("cookie 0x012345", .usage, "cookie: character 2 is no hex digit; expected 8 or 16 hex digits without 0x"),
            ("peer_cookie 0123456g", .usage, "peer_cookie: character 8 is no hex digit; expected 8 or 16 hex digits"),
            ("cookie u32 0123456789abcdef", .usage, "cookie: has 16 characters; expected 8 hex digits after u32"),
            ("cookie c32 01234567", .usage, "cookie: has 8 characters; expected 16 hex digits after c32"),
            ("cookie u32", .usage, "cookie: the value is missing"),
            ("l2spec_type atm", .usage, "l2spec_type \"atm\": expected default or none"),
            ("seq some", .usage, "seq \"some\": expected none, send, recv or both"),
            ("csum on", .usage, "csum \"on\": expected add; to switch checksums use udp_csum on or off"),
            ("offset", .usage, "offset: the value is missing"),
            ("coookie 01234567", .usage, "unknown keyword \"coookie\"; did you mean \"cookie\"?"),
            ("mtu 1400", .usage, "unknown keyword \"mtu\""),
            ("tunnelid 1", .usage, "unknown keyword \"tunnelid\"; did you mean \"tunnel_id\"?"),
        ] as [(String, Status, String?)])
    func refuses(words: String, status: Status, message: String?) {
        let problem = problem(words)
        #expect(problem?.status == status)
        if let message { #expect(problem?.message == message) }
    }

    /// What the data path does not have is refused with the reason.
    @Test(arguments: [
        ("rexmit", "never sends data messages again"), ("seq strip", "takes the sequence number off"),
        ("csum strip", "takes the UDP checksum off"),
    ])
    func refusesWhatTheDataPathLacks(words: String, reason: String) {
        #expect(problem(words)?.status == .usage)
        #expect(problem(words)?.message.contains(reason) == true)
    }

    @Test func theEmptyWordIsUnknown() {
        guard case .wrong(let problems) = KeywordParser.parse([""]).outcome else {
            Issue.record("accepted")
            return
        }
        #expect(problems == [Problem("unknown keyword \"\"", .usage)])
    }

    @Test func reportsAllWrongValues() {
        let words = "tid x local foo encap gre sid 5".split(separator: " ").map(String.init)
        guard case .wrong(let problems) = KeywordParser.parse(words).outcome else {
            Issue.record("accepted")
            return
        }
        #expect(problems.map(\.status) == [.usage, .failure, .usage])
    }

    @Test func cookiesNeverGetIntoMessages() {
        for words in ["cookie 5ec1e7", "peer_cookie 5ec1e75g", "cookie u32 5ec1e75ec1e7", "cookie 0x5ec1e7"] {
            #expect(problem(words)?.message.contains("5ec1e7") == false)
        }
    }
}
