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
            + "tid 1 ptid 2 sid 3 psid 4 lns_mode on reorder_timeout 0x64"
        var expected = Arguments()
        for word in words.split(separator: " ") {
            if let keyword = Keyword(spelling: String(word)) { expected.give(keyword) }
        }
        #expect(expected.given.count == Keyword.allCases.count - 6)
        expected.tunnel = true
        expected.session = true
        expected.lnsMode = true
        expected.reorderTimeout = 100
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
        #expect(arguments("tid 1 tunnel_id 2 encap ip encap udp") == arguments("tid 2 encap udp"))
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
        #expect(arguments("csum add")?.checksum == true)
        #expect(arguments("l2spec_type none l2spec_type ethernet") == arguments("l2spec_type default"))
        #expect(arguments("cookie u32 01234567") == arguments("cookie 01234567"))
        #expect(arguments("peer_cookie c32 0123456789abcdef") == arguments("peer_cookie 0123456789abcdef"))
    }

    @Test(arguments: ["offset", "peer_offset"])
    func offsetsAreIgnoredWithAWarning(word: String) {
        let (outcome, warnings) = KeywordParser.parse([word, "whatever", "tunnel"])
        var expected = Arguments()
        expected.tunnel = true
        expected.give(word == "offset" ? .offset : .peerOffset)
        expected.give(.tunnel)
        #expect(outcome == .arguments(expected))
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
            ("psid 08", .usage, "peer_session_id \"08\": expected a number, 1…4294967295; a leading 0 means octal"),
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
            ("local 192.0.2.1/24", .failure, "local \"192.0.2.1/24\": expected an IPv4 or IPv6 address without /24"),
            ("udp_dport 09", .usage, "udp_dport \"09\": expected a port, 1…65535; a leading 0 means octal"),
            ("udp_csum yes", .usage, "udp_csum \"yes\": expected on or off"),
            ("udp6_csum_tx ON", .usage, "udp6_csum_tx \"ON\": expected on or off"),
            ("udp6_csum_rx", .usage, "udp6_csum_rx: the value is missing"),
            ("name sixteen-letters-", .usage, nil),
            ("name a/b", .usage, nil),
            ("name ..", .usage, nil),
            ("name a:b", .refused, nil),
            ("name a%b", .refused, nil),
            ("name à", .refused, nil),
            ("name all", .refused, "name \"all\": is reserved: the kernel has the settings of interfaces there"),
            ("name default", .refused, nil),
            ("cookie 0123456", .usage, "cookie: has 7 characters; expected 8 or 16 hex digits"),
            ("cookie 0x012345", .usage, "cookie: character 2 is no hex digit; expected 8 or 16 hex digits without 0x"),
            ("peer_cookie 0123456g", .usage, "peer_cookie: character 8 is no hex digit; expected 8 or 16 hex digits"),
            ("cookie u32 0123456789abcdef", .usage, "cookie: has 16 characters; expected 8 hex digits after u32"),
            ("cookie c32 01234567", .usage, "cookie: has 8 characters; expected 16 hex digits after c32"),
            ("cookie u32", .usage, "cookie: the value is missing"),
            ("cookie peer_cookie 01234567", .usage, "cookie: the value is missing before \"peer_cookie\""),
            ("l2spec_type atm", .usage, "l2spec_type \"atm\": expected default or none"),
            ("seq some", .usage, "seq \"some\": expected none, send, recv or both"),
            ("csum on", .usage, "csum \"on\": expected add; to switch checksums use udp_csum on or off"),
            ("offset", .usage, "offset: the value is missing"),
            ("coookie 01234567", .usage, "unknown keyword \"coookie\"; did you mean \"cookie\"?"),
            ("mtu 1400", .usage, "unknown keyword \"mtu\""),
            ("tunnelid 1", .usage, "unknown keyword \"tunnelid\"; did you mean \"tunnel_id\"?"),
            ("peer 192.0.2.2", .usage, "unknown keyword \"peer\"; did you mean \"remote\"?"),
            ("tunnel 3000", .usage, "unknown keyword \"3000\"; did you mean tunnel_id 3000?"),
            ("session 0x10", .usage, "unknown keyword \"0x10\"; did you mean session_id 0x10?"),
            ("tunnel tid 1 2", .usage, "unknown keyword \"2\""),
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
        #expect(
            KeywordParser.parse([""]).outcome == .wrong([Problem("unknown keyword \"\"", .usage)], Arguments()))
    }

    @Test func reportsAllWrongValues() {
        #expect(problems("tid x local foo encap gre sid 5").map(\.status) == [.usage, .failure, .usage])
        #expect(problems("tid x bogus 1 nonsense local foo").map(\.status) == [.usage, .usage, .usage, .failure])
    }

    /// What follows a word that takes nothing there is not complained of, too.
    @Test(arguments: ["tunnel -n a", "tunnel -netns a -j", "rexmit 5", "rexmit 5 tunnel", "bogus 5", "tunnel -l 5"])
    func oneProblemForOneMistake(words: String) {
        #expect(problems(words).count == 1)
    }

    @Test func cookiesNeverGetIntoMessages() {
        for words in [
            "cookie 5ec1e7", "peer_cookie 5ec1e75g", "cookie u32 5ec1e75ec1e7", "cookie 0x5ec1e7",
            "cooky u32 5ec1e75e", "coookie 5ec1e7", "cookie=5ec1e75e", "cookie u64 5ec1e75ec1e75ec1",
            "cookie 0x 5ec1e75ec1e75ec1", "cookie 01234567 5ec1e75e", "cookie name 5ec1e75ec1e75ec1",
            "5ec1e75ec1e7 cookie", "encap 5ec1e75e",
        ] {
            #expect(!problems(words).isEmpty)
            #expect(!problems(words).contains { $0.message.contains("5ec1e7") })
        }
    }
}
