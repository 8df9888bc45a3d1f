import Testing

@testable import L2TPConfig

/// A text with what is to be found in it.
struct FindingCase: Sendable, CustomTestStringConvertible {
    var text: String
    var expected: [String]

    init(_ text: String, _ expected: String...) {
        self.text = text
        self.expected = expected
    }

    var testDescription: String { text }
}

/// What is found in tables and values by themselves: place, path, and words.
@Suite struct SchemaFindingTests {
    /// The keys that a tunnel must have.
    static let tunnel = [
        "local": "\"192.0.2.1\"", "remote": "\"198.51.100.7\"", "tunnel_id": "3000", "peer_tunnel_id": "4000",
        "udp_sport": "5000", "udp_dport": "6000",
    ]
    /// The keys that a session must have.
    static let session = ["session_id": "1000", "peer_session_id": "2000"]

    /// A table whose first lines are the given ones, with the keys that are missing then.
    static func table(_ header: String, _ lines: String, _ required: [String: String]) -> String {
        let missing = required.filter { key in !lines.split(separator: "\n").contains { $0.hasPrefix("\(key.key) =") } }
        let rest = missing.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)\n" }.joined()
        let isHeader = lines.hasPrefix("[")
        return isHeader ? "[\(header)]\n\(rest)\(lines)\n" : "[\(header)]\n\(lines)\n\(rest)"
    }

    static func findings(_ text: String) -> [String] {
        let secrets = FakeSecrets(
            files: ["/etc/l2tp/bad": "deadbeef\n\n", "/etc/l2tp/open": "deadbeef\r\n"],
            readableByOthers: ["/etc/l2tp/open"])
        return read(text, secrets: secrets).diagnostics.map {
            String($0.description.dropFirst("/etc/l2tp/site.toml:".count))
        }
    }

    @Test func theTablesAroundHaveNoFindings() {
        #expect(Self.findings(Self.document("", in: "tunnel")) == [])
        #expect(Self.findings(Self.document("", in: "session")) == [])
        #expect(Self.findings(Self.document("", in: "interface")) == [])
    }

    /// A document with lines at the beginning of one of its tables.
    static func document(_ lines: String, in table: String) -> String {
        switch table {
        case "tunnel":
            return Self.table("tunnel.hq", lines, tunnel)
        case "session":
            return Self.table("tunnel.hq.session.lan", lines, session) + Self.table("tunnel.hq", "", tunnel)
        default:
            return "[tunnel.hq.session.lan.interface]\n\(lines)\n" + document("", in: "session")
        }
    }

    /// Tables where there should be others.
    @Test(arguments: [
        FindingCase(
            "tunnel = \"t1\"",
            "1:10: error: tunnel: expected a table for each tunnel, not a string: as [tunnel.hq]"),
        FindingCase(
            "[[tunnel.hq]]",
            "1:10: error: tunnel.hq: expected a table, not an array: write [tunnel.hq], with single brackets"),
        FindingCase(
            "[[tunnel]]\nlocal = 1",
            "1:3: error: tunnel: expected a table for each tunnel, not an array: write [tunnel.hq], with single brackets"
        ),
        FindingCase(
            "[tunnel]\nlocal = \"192.0.2.1\"\nremote = 3",
            "1:1: error: tunnel: the tunnel has no name: write [tunnel.hq]"),
        FindingCase(
            "[tunnel]\nhq = 3",
            "2:6: error: tunnel.hq: expected a table for each tunnel, not a number: as [tunnel.hq]"),
        FindingCase(
            "[tunnels.hq]",
            "1:2: error: unknown key \"tunnels\"; did you mean \"tunnel\"?"),
        FindingCase(
            "[hq]",
            "1:2: error: unknown key \"hq\"; a tunnel stands in [tunnel.NAME], as [tunnel.hq]"),
        FindingCase(
            "[session.lan]",
            "1:2: error: unknown key \"session\"; a session stands in its tunnel, as [tunnel.hq.session.lan]"),
        FindingCase(
            "interface.mtu = 1400",
            "1:1: error: unknown key \"interface\"; an interface stands in its session, as [tunnel.hq.session.lan.interface]"
        ),
        FindingCase(
            "x = 1",
            "1:1: error: unknown key \"x\"; a tunnel stands in [tunnel.NAME], as [tunnel.hq]"),
        FindingCase(
            "[tunnel.hq]",
            "1:1: error: tunnel.hq: local is missing: our address, as local = \"192.0.2.1\"",
            "1:1: error: tunnel.hq: remote is missing: the peer's address, as remote = \"198.51.100.7\"",
            "1:1: error: tunnel.hq: tunnel_id is missing: our tunnel id, as tunnel_id = 3000",
            "1:1: error: tunnel.hq: peer_tunnel_id is missing: the peer's tunnel id, as peer_tunnel_id = 4000",
            "1:1: error: tunnel.hq: udp_sport is missing: our UDP port, as udp_sport = 5000",
            "1:1: error: tunnel.hq: udp_dport is missing: the peer's UDP port, as udp_dport = 6000"),
        FindingCase(
            "[tunnel.hq]\nencap = \"ip\"",
            "1:1: error: tunnel.hq: local is missing: our address, as local = \"192.0.2.1\"",
            "1:1: error: tunnel.hq: remote is missing: the peer's address, as remote = \"198.51.100.7\"",
            "1:1: error: tunnel.hq: tunnel_id is missing: our tunnel id, as tunnel_id = 3000",
            "1:1: error: tunnel.hq: peer_tunnel_id is missing: the peer's tunnel id, as peer_tunnel_id = 4000"),
        FindingCase(
            "[tunnel.\"\"]\nencap = \"ip\"",
            "1:1: error: tunnel.\"\": local is missing: our address, as local = \"192.0.2.1\"",
            "1:1: error: tunnel.\"\": remote is missing: the peer's address, as remote = \"198.51.100.7\"",
            "1:1: error: tunnel.\"\": tunnel_id is missing: our tunnel id, as tunnel_id = 3000",
            "1:1: error: tunnel.\"\": peer_tunnel_id is missing: the peer's tunnel id, as peer_tunnel_id = 4000",
            "1:9: error: tunnel.\"\": the name of a tunnel is empty"),
        FindingCase(
            "[tunnel.\"a\\nb\"]\nencap = \"ip\"",
            "1:1: error: tunnel.\"a\\nb\": local is missing: our address, as local = \"192.0.2.1\"",
            "1:1: error: tunnel.\"a\\nb\": remote is missing: the peer's address, as remote = \"198.51.100.7\"",
            "1:1: error: tunnel.\"a\\nb\": tunnel_id is missing: our tunnel id, as tunnel_id = 3000",
            "1:1: error: tunnel.\"a\\nb\": peer_tunnel_id is missing: the peer's tunnel id, as peer_tunnel_id = 4000",
            "1:9: error: tunnel.\"a\\nb\": the name of a tunnel holds a control character"),
        FindingCase(
            "tunnel.hq.session.lan.session_id = 1",
            "1:8: error: tunnel.hq: only sessions stand here: local, remote and the ids of the tunnel must stand in the same file, in [tunnel.hq]",
            "1:19: error: tunnel.hq.session.lan: peer_session_id is missing: the peer's session id, as peer_session_id = 2000"
        ),
        FindingCase(
            "[tunnel.hq.session.lan]\npeer_session_id = 1",
            "1:1: error: tunnel.hq.session.lan: session_id is missing: our session id, as session_id = 1000",
            "1:9: error: tunnel.hq: only sessions stand here: local, remote and the ids of the tunnel must stand in the same file, in [tunnel.hq]"
        ),
    ])
    func documentsOfAnotherForm(_ entry: FindingCase) {
        let found = Self.findings(entry.text)
        #expect(found == entry.expected)
    }

    /// Keys of a tunnel, each with a value that it cannot have.
    @Test(arguments: [
        FindingCase(
            "local = \"192.0.2.1/24\"",
            "2:9: error: tunnel.hq.local: \"192.0.2.1/24\": expected an address without prefix length, as \"192.0.2.1\""
        ),
        FindingCase(
            "local = 3",
            "2:9: error: tunnel.hq.local: expected an IP address in quotation marks, not a number"),
        FindingCase(
            "local = \"fe80::1%eth0\"",
            "2:9: error: tunnel.hq.local: \"fe80::1%eth0\": an address with a zone cannot be used"),
        FindingCase(
            "local = \"example.com\"",
            "2:9: error: tunnel.hq.local: \"example.com\" is not an IP address, as 192.0.2.1 or 2001:db8::1; names are not resolved"
        ),
        FindingCase(
            "local = \"2001:db8::1\"",
            "4:10: error: tunnel.hq.remote: 198.51.100.7 is IPv4 but local 2001:db8::1 is IPv6"),
        FindingCase(
            "local = \"224.0.0.1\"",
            "2:9: error: tunnel.hq.local: 224.0.0.1 is a multicast group, not an address of this host"),
        FindingCase(
            "local = \"192.0.2.01\"",
            "2:9: error: tunnel.hq.local: \"192.0.2.01\" is not an IP address, as 192.0.2.1 or 2001:db8::1; names are not resolved"
        ),
        FindingCase(
            "remote = \"0.0.0.0\"",
            "2:10: error: tunnel.hq.remote: 0.0.0.0 is no peer: a tunnel needs the address of the other end"),
        FindingCase(
            "remote = \"::ffff:1.2.3.4\"",
            "2:10: error: tunnel.hq.remote: ::ffff:1.2.3.4 is IPv6 but local 192.0.2.1 is IPv4",
            "2:10: error: tunnel.hq.remote: ::ffff:1.2.3.4 is an IPv4-mapped address: write it as IPv4"),
        FindingCase(
            "tunnel_id = 0",
            "2:13: error: tunnel.hq.tunnel_id: 0 is not a tunnel id (1…4294967295)"),
        FindingCase(
            "tunnel_id = -1",
            "2:13: error: tunnel.hq.tunnel_id: -1 is not a tunnel id (1…4294967295)"),
        FindingCase(
            "tunnel_id = 4294967296",
            "2:13: error: tunnel.hq.tunnel_id: 4294967296 is not a tunnel id (1…4294967295)"),
        FindingCase(
            "tunnel_id = \"3000\"",
            "2:13: error: tunnel.hq.tunnel_id: expected a number, 1…4294967295, not a string: write 3000 without quotation marks"
        ),
        FindingCase(
            "tunnel_id = \"x\"",
            "2:13: error: tunnel.hq.tunnel_id: expected a number, 1…4294967295, not a string"),
        FindingCase(
            "tunnel_id = 1.5",
            "2:13: error: tunnel.hq.tunnel_id: expected a number, 1…4294967295, not a floating-point number"),
        FindingCase(
            "tunnel_id = [1]",
            "2:13: error: tunnel.hq.tunnel_id: expected a number, 1…4294967295, not an array"),
        FindingCase(
            "peer_tunnel_id = 1979-05-27",
            "2:18: error: tunnel.hq.peer_tunnel_id: expected a number, 1…4294967295, not a date"),
        FindingCase(
            "peer_tunnel_id = 07:32:00",
            "2:18: error: tunnel.hq.peer_tunnel_id: expected a number, 1…4294967295, not a time of day"),
        FindingCase(
            "udp_sport = 70000",
            "2:13: error: tunnel.hq.udp_sport: 70000 is not a port (1…65535)"),
        FindingCase(
            "udp_sport = true",
            "2:13: error: tunnel.hq.udp_sport: expected a number, 1…65535, not true or false"),
        FindingCase(
            "udp_dport = 0",
            "2:13: error: tunnel.hq.udp_dport: 0 is not a port (1…65535)"),
        FindingCase(
            "encap = \"l2tp\"",
            "2:9: error: tunnel.hq.encap: \"l2tp\": expected \"udp\" or \"ip\""),
        FindingCase(
            "encap = \"UDP\"",
            "2:9: error: tunnel.hq.encap: \"UDP\": expected \"udp\" or \"ip\"; did you mean \"udp\"?"),
        FindingCase(
            "encap = 1",
            "2:9: error: tunnel.hq.encap: expected \"udp\" or \"ip\", not a number"),
        FindingCase(
            "encap = \"ip\"\nudp_csum = true",
            "3:1: error: tunnel.hq.udp_csum: is for encap = \"udp\", but encap is \"ip\", which has no ports and checksums",
            "8:1: error: tunnel.hq.udp_dport: is for encap = \"udp\", but encap is \"ip\", which has no ports and checksums",
            "9:1: error: tunnel.hq.udp_sport: is for encap = \"udp\", but encap is \"ip\", which has no ports and checksums"
        ),
        FindingCase(
            "udp6_csum_tx = true",
            "2:1: error: tunnel.hq.udp6_csum_tx: is for IPv6: over IPv4 write udp_csum"),
        FindingCase(
            "udp_csum = \"yes\"",
            "2:12: error: tunnel.hq.udp_csum: expected true or false, not a string: write true without quotation marks"),
        FindingCase(
            "udp_csum = 1",
            "2:12: error: tunnel.hq.udp_csum: expected true or false, not a number: write true"),
        FindingCase(
            "udp_csum = 2",
            "2:12: error: tunnel.hq.udp_csum: expected true or false, not a number"),
        FindingCase(
            "cookie = \"deadbeef\"",
            "2:1: error: tunnel.hq: unknown key \"cookie\"; it belongs into [tunnel.NAME.session.NAME]"),
        FindingCase(
            "rmote = 1\nzzz = 2",
            "2:1: error: tunnel.hq: unknown key \"rmote\"; did you mean \"remote\"?",
            "3:1: error: tunnel.hq: unknown key \"zzz\"; known are local, remote, encap, tunnel_id, peer_tunnel_id, udp_sport, udp_dport, udp_csum, udp6_csum_tx, udp6_csum_rx, session"
        ),
        FindingCase(
            "session = 3",
            "2:11: error: tunnel.hq.session: expected a table for each session, not a number: as [tunnel.hq.session.lan]"
        ),
        FindingCase(
            "[tunnel.hq.lan]\nsession_id = 1",
            "8:12: error: tunnel.hq: unknown key \"lan\"; a session stands in [tunnel.hq.session.NAME]"),
        FindingCase(
            "[[tunnel.hq.session]]",
            "8:13: error: tunnel.hq.session: expected a table for each session, not an array: write [tunnel.hq.session.lan], with single brackets"
        ),
        FindingCase(
            "[tunnel.hq.session]\nsession_id = 1\ncookie = \"x\"",
            "8:1: error: tunnel.hq.session: the session has no name: write [tunnel.hq.session.lan]"),
        FindingCase(
            "[tunnel.hq.session.lan]",
            "8:1: error: tunnel.hq.session.lan: session_id is missing: our session id, as session_id = 1000",
            "8:1: error: tunnel.hq.session.lan: peer_session_id is missing: the peer's session id, as peer_session_id = 2000"
        ),
        FindingCase(
            "[tunnel.hq.session.\"a\\u0007b\"]\nsession_id = 1\npeer_session_id = 2",
            "8:20: error: tunnel.hq.session.\"a\\u0007b\": the name of a session holds a control character"),
    ])
    func valuesOfTunnels(_ entry: FindingCase) {
        let found = Self.findings(Self.document(entry.text, in: "tunnel"))
        #expect(found == entry.expected)
    }

    /// A cookie under the wrong key is told to nobody, not even one that is written otherwise than cookies are.
    @Test(arguments: [
        "deadbeef", "0123456789abcdef", "DEADBEE", "0xdeadbeef", "0Xdeadbeef", "de:ad:be:ef", "dead-beef", "dead beef",
        "dead_beef", " deadbeef ", "deadbeef\\n", "0xde, 0xad, 0xbe, 0xef", "0123456789abcdef01",
    ])
    func cookiesAsFiles(_ cookie: String) {
        for key in ["cookie", "peer_cookie"] {
            let found = Self.findings(Self.document("\(key)_file = \"\(cookie)\"", in: "session"))
            #expect(
                found == [
                    "2:\(key.utf8.count + 9): error: tunnel.hq.session.lan.\(key)_file: expected the name of a file, "
                        + "not a cookie: write \(key) for that"
                ])
        }
    }

    @Test("what can only be a file's name is told", arguments: ["./deadbeef", "deadbeef.key", "/deadbeef", "cookie"])
    func filesOfCookies(_ path: String) {
        #expect(
            Self.findings(Self.document("cookie_file = \"\(path)\"", in: "session")) == [
                "2:15: error: tunnel.hq.session.lan.cookie_file: \"\(path)\" cannot be read: No such file or directory "
                    + "(ENOENT)"
            ])
    }

    /// Keys of a session.
    @Test(arguments: [
        FindingCase(
            "session_id = 0",
            "2:14: error: tunnel.hq.session.lan.session_id: 0 is not a session id (1…4294967295)"),
        FindingCase(
            "session_id = -7",
            "2:14: error: tunnel.hq.session.lan.session_id: -7 is not a session id (1…4294967295)"),
        FindingCase(
            "peer_session_id = 4294967296",
            "2:19: error: tunnel.hq.session.lan.peer_session_id: 4294967296 is not a session id (1…4294967295)"),
        FindingCase(
            "peer_session_id = \"7\"",
            "2:19: error: tunnel.hq.session.lan.peer_session_id: expected a number, 1…4294967295, not a string: write 7 without quotation marks"
        ),
        FindingCase(
            "coookie = 1",
            "2:1: error: tunnel.hq.session.lan: unknown key \"coookie\"; did you mean \"cookie\"?"),
        FindingCase(
            "cookie = \"0xdeadbeef\"",
            "2:10: error: tunnel.hq.session.lan.cookie: expected 8 or 16 hex digits without 0x, as \"deadbeef\""),
        FindingCase(
            "cookie = \"deadbee\"",
            "2:10: error: tunnel.hq.session.lan.cookie: expected 8 or 16 hex digits, as \"deadbeef\", but there are 7"),
        FindingCase(
            "cookie = \"deadbeeg\"",
            "2:10: error: tunnel.hq.session.lan.cookie: expected 8 or 16 hex digits, as \"deadbeef\"; character 8 is not a hex digit"
        ),
        FindingCase(
            "peer_cookie = \"\"",
            "2:15: error: tunnel.hq.session.lan.peer_cookie: expected 8 or 16 hex digits, as \"deadbeef\", but there are 0"
        ),
        FindingCase(
            "cookie = 0xdeadbeef",
            "2:10: error: tunnel.hq.session.lan.cookie: expected 8 or 16 hex digits in quotation marks, not a number"),
        FindingCase(
            "cookie = \"deadbeef\"\ncookie_file = \"x\"",
            "3:1: error: tunnel.hq.session.lan.cookie_file: does not go together with cookie: write one of them"),
        FindingCase(
            "peer_cookie_file = \"x\"",
            "2:20: error: tunnel.hq.session.lan.peer_cookie_file: \"x\" cannot be read: No such file or directory (ENOENT)"
        ),
        FindingCase(
            "cookie_file = \"deadbeef\"",
            "2:15: error: tunnel.hq.session.lan.cookie_file: expected the name of a file, not a cookie: write cookie for that"
        ),
        FindingCase(
            "peer_cookie_file = \"0xDEADbeef\"",
            "2:20: error: tunnel.hq.session.lan.peer_cookie_file: expected the name of a file, not a cookie: write peer_cookie for that"
        ),
        FindingCase(
            "cookie_file = \"\"",
            "2:15: error: tunnel.hq.session.lan.cookie_file: is empty: write the name of a file that holds the cookie"),
        FindingCase(
            "cookie_file = \"bad\"",
            "2:15: error: tunnel.hq.session.lan.cookie_file: \"bad\" holds no cookie: expected 8 or 16 hex digits, as \"deadbeef\"; character 9 is not a hex digit"
        ),
        FindingCase(
            "cookie_file = \"open\"",
            "2:15: warning: tunnel.hq.session.lan.cookie_file: \"open\" is readable by others; chmod 600 it"),
        FindingCase(
            "cookie_file = 3",
            "2:15: error: tunnel.hq.session.lan.cookie_file: expected the name of a file in quotation marks, not a number"
        ),
        FindingCase(
            "l2spec_type = \"non\"",
            "2:15: error: tunnel.hq.session.lan.l2spec_type: \"non\": expected \"default\" or \"none\"; did you mean \"none\"?"
        ),
        FindingCase(
            "l2spec_type = \"none\"\nseq = \"both\"",
            "3:7: error: tunnel.hq.session.lan.seq: sequence numbers travel in the default sublayer: l2spec_type must be default"
        ),
        FindingCase(
            "l2spec_type = 1",
            "2:15: error: tunnel.hq.session.lan.l2spec_type: expected \"default\" or \"none\", not a number"),
        FindingCase(
            "seq = \"bth\"",
            "2:7: error: tunnel.hq.session.lan.seq: \"bth\": expected \"none\", \"send\", \"recv\" or \"both\"; did you mean \"both\"?"
        ),
        FindingCase(
            "seq = true",
            "2:7: error: tunnel.hq.session.lan.seq: expected \"none\", \"send\", \"recv\" or \"both\", not true or false"
        ),
        FindingCase(
            "reorder_timeout = 100",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: 100 has no unit: write \"100ms\" or \"100s\" in quotation marks"
        ),
        FindingCase(
            "reorder_timeout = \"100\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"100\" has no unit: write \"100ms\" or \"100s\""),
        FindingCase(
            "reorder_timeout = \"100 ms\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"100 ms\": write \"100ms\""),
        FindingCase(
            "reorder_timeout = \"1.5s\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"1.5s\": expected a duration in whole milliseconds or seconds, as \"100ms\" or \"1s\", or 0"
        ),
        FindingCase(
            "reorder_timeout = \"-1s\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"-1s\": expected a duration in whole milliseconds or seconds, as \"100ms\" or \"1s\", or 0"
        ),
        FindingCase(
            "reorder_timeout = \"99999999s\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: is longer than the kernel can wait, 2147483647 ms"),
        FindingCase(
            "reorder_timeout = \"99999999999999999999999s\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"99999999999999999999999s\" is longer than the kernel can wait, 2147483647 ms"
        ),
        FindingCase(
            "reorder_timeout = true",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: expected a duration in quotation marks, as \"100ms\", or 0, not true or false"
        ),
        FindingCase(
            "lns_mode = \"false\"",
            "2:12: error: tunnel.hq.session.lan.lns_mode: expected true or false, not a string: write false without quotation marks"
        ),
        FindingCase(
            "lns_mode = \"never\"",
            "2:12: error: tunnel.hq.session.lan.lns_mode: expected true or false, not a string"),
        FindingCase(
            "name = \"x\"",
            "2:1: error: tunnel.hq.session.lan: unknown key \"name\"; it belongs into [tunnel.NAME.session.NAME.interface]"
        ),
        FindingCase(
            "interface = \"l2tp0\"",
            "2:13: error: tunnel.hq.session.lan.interface: expected a table, not a string: write interface.name = \"l2tp0\""
        ),
        FindingCase(
            "interface = 1",
            "2:13: error: tunnel.hq.session.lan.interface: expected a table, not a number: as [tunnel.hq.session.lan.interface]"
        ),
        FindingCase(
            "[[tunnel.hq.session.lan.interface]]",
            "4:25: error: tunnel.hq.session.lan.interface: expected a table, not an array: write [tunnel.hq.session.lan.interface], with single brackets"
        ),
    ])
    func valuesOfSessions(_ entry: FindingCase) {
        let found = Self.findings(Self.document(entry.text, in: "session"))
        #expect(found == entry.expected)
    }

    /// Keys of an interface.
    @Test(arguments: [
        FindingCase(
            "name = \"a b\"",
            "2:8: error: tunnel.hq.session.lan.interface.name: the interface name \"a b\" has a character at offset 1 that no name may hold (/, : or white space)"
        ),
        FindingCase(
            "name = 1",
            "2:8: error: tunnel.hq.session.lan.interface.name: expected the name of an interface in quotation marks, not a number"
        ),
        FindingCase(
            "name = \"l2tp%d\"\nbridge = \"br%d\"",
            "3:10: error: tunnel.hq.session.lan.interface.bridge: \"br%d\" is a pattern: only the name of the session's interface can be one"
        ),
        FindingCase(
            "bridge = \"br0\"\nvrf = \"blue\"",
            "3:1: error: tunnel.hq.session.lan.interface.vrf: does not go together with bridge: an interface belongs to one of them"
        ),
        FindingCase(
            "mtu = 67",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: 67 is not an MTU (68…65535)"),
        FindingCase(
            "mtu = 65536",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: 65536 is not an MTU (68…65535)"),
        FindingCase(
            "mtu = \"1400\"",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: expected \"auto\" or a number of bytes, 68…65535: write 1400 without quotation marks"
        ),
        FindingCase(
            "mtu = \"automatic\"",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: \"automatic\": expected \"auto\" or a number of bytes, 68…65535"
        ),
        FindingCase(
            "mtu = true",
            "2:7: error: tunnel.hq.session.lan.interface.mtu: expected \"auto\" or a number of bytes, 68…65535, not true or false"
        ),
        FindingCase(
            "mac = \"stabel\"",
            "2:7: error: tunnel.hq.session.lan.interface.mac: \"stabel\": expected \"stable\", \"random\" or an address, as \"02:00:00:00:00:01\"; did you mean \"stable\"?"
        ),
        FindingCase(
            "mac = 1",
            "2:7: error: tunnel.hq.session.lan.interface.mac: expected \"stable\", \"random\" or a MAC address in quotation marks, not a number"
        ),
        FindingCase(
            "up = \"yes\"",
            "2:6: error: tunnel.hq.session.lan.interface.up: expected true or false, not a string: write true without quotation marks"
        ),
        FindingCase(
            "adresses = []",
            "2:1: error: tunnel.hq.session.lan.interface: unknown key \"adresses\"; did you mean \"addresses\"?"),
        FindingCase(
            "addresses = \"10.0.0.1/24\"",
            "2:13: error: tunnel.hq.session.lan.interface.addresses: expected an array, not a string: write [\"10.0.0.1/24\"]"
        ),
        FindingCase(
            "addresses = 3",
            "2:13: error: tunnel.hq.session.lan.interface.addresses: expected an array, as [\"10.42.1.1/30\"], not a number"
        ),
        FindingCase(
            "addresses = [\"10.0.0.1\", \"10.0.0.1/33\", \"x\", \"10.0.0.1/+3\", \"10.0.0.1/24/3\"]",
            "2:14: error: tunnel.hq.session.lan.interface.addresses[0]: \"10.0.0.1\" has no prefix length (0…32), as \"10.0.0.1/30\"",
            "2:26: error: tunnel.hq.session.lan.interface.addresses[1]: \"10.0.0.1/33\": \"33\" is not a prefix length (0…32)",
            "2:41: error: tunnel.hq.session.lan.interface.addresses[2]: \"x\" is not an address with prefix length, as \"10.42.1.1/30\"",
            "2:46: error: tunnel.hq.session.lan.interface.addresses[3]: \"10.0.0.1/+3\": \"+3\" is not a prefix length (0…32)",
            "2:61: error: tunnel.hq.session.lan.interface.addresses[4]: \"10.0.0.1/24/3\": \"24/3\" is not a prefix length (0…32)"
        ),
        FindingCase(
            "addresses = [\n  \"224.0.0.1/24\",\n  3, {}, # none\n  { local = \"10.0.0.1\", pear = \"10.0.0.2\" },\n]",
            "4:3: error: tunnel.hq.session.lan.interface.addresses[1]: expected an address, as \"10.42.1.1/30\" or { local = \"10.42.1.1\", peer = \"10.42.1.2\" }, not a number",
            "4:6: error: tunnel.hq.session.lan.interface.addresses[2]: local is missing: our address, as local = \"192.0.2.1\"",
            "4:6: error: tunnel.hq.session.lan.interface.addresses[2]: peer is missing: the address of the other end, as peer = \"10.42.1.2\"",
            "5:25: error: tunnel.hq.session.lan.interface.addresses[3]: unknown key \"pear\"; did you mean \"peer\"?"),
        FindingCase(
            "addresses = [{ local = \"10.0.0.1\", peer = \"::1\" }, { local = \"10.0.0.1\", peer = \"10.0.0.2\", prefix = 33 }]",
            "2:102: error: tunnel.hq.session.lan.interface.addresses[1].prefix: 33 is not a prefix length (0…32)"),
        FindingCase(
            "addresses = [{ local = \"0.0.0.0\", peer = \"::/1\" }, [\"10.0.0.1/24\"]]",
            "2:42: error: tunnel.hq.session.lan.interface.addresses[0].peer: \"::/1\": expected an address without prefix length, as \"::\"",
            "2:52: error: tunnel.hq.session.lan.interface.addresses[1]: expected an address, as \"10.42.1.1/30\" or { local = \"10.42.1.1\", peer = \"10.42.1.2\" }, not an array"
        ),
        FindingCase(
            "netns = \"a/b\"",
            "2:9: error: tunnel.hq.session.lan.interface.netns: \"a/b\" is not the name of a network namespace"),
        FindingCase(
            "netns = \"\"",
            "2:9: error: tunnel.hq.session.lan.interface.netns: is empty: write the name of a network namespace"),
        FindingCase(
            "netns = \"..\"",
            "2:9: error: tunnel.hq.session.lan.interface.netns: \"..\" is not the name of a network namespace"),
        FindingCase(
            "netns = 1",
            "2:9: error: tunnel.hq.session.lan.interface.netns: expected the name of a network namespace in quotation marks, not a number"
        ),
        FindingCase(
            "vrf = \"\"",
            "2:7: error: tunnel.hq.session.lan.interface.vrf: the interface name \"\" is empty; a name has 1 to 15 bytes"
        ),
    ])
    func valuesOfInterfaces(_ entry: FindingCase) {
        let found = Self.findings(Self.document(entry.text, in: "interface"))
        #expect(found == entry.expected)
    }

    /// What is not TOML, or not safe to read.
    @Test(arguments: [
        FindingCase(
            "[tunnel",
            "1:8: error: syntax error in table header: encountered end-of-file"),
        FindingCase(
            "a = ",
            "1:5: error: syntax error in key-value pair: encountered end-of-file"),
        FindingCase(
            "a = \"\\u0001\u{1}\"",
            "1:12: error: syntax error in string: unescaped control characters other than TAB (U+0009) are explicitly prohibited"
        ),
        FindingCase(
            "a = 99999999999999999999",
            "1:25: error: the number is too large; a text, as a cookie or an address, stands in quotation marks (\")"),
        FindingCase(
            "cookie = 0123456789abcdef",
            "1:11: error: syntax error in floating-point: leading zeroes are prohibited; a text, as a cookie or an address, stands in quotation marks (\")"
        ),
        FindingCase(
            "cookie = deadbeef",
            "1:10: error: syntax error in value: could not determine value type; a text, as a cookie or an address, stands in quotation marks (\")"
        ),
        FindingCase(
            "a = 1\na = 2",
            "2:5: error: syntax error in key-value pair: cannot redefine existing integer 'a'"),
        FindingCase(
            "a.b = 1\n[a]",
            "2:1: error: a table of this name stands further up: each tunnel and session needs a name of its own"),
        FindingCase(
            "[a]\n[a]",
            "2:1: error: a table of this name stands further up: each tunnel and session needs a name of its own"),
        FindingCase(
            "a = \"\\u0000\"",
            "1:6: error: the character U+0000 cannot be part of a string here"),
        FindingCase(
            "a = \"x",
            "1:7: error: syntax error in string: the quotation mark at its end is missing"),
        FindingCase(
            "a = \"x\nb = 1",
            "1:7: error: syntax error in string: the quotation mark at its end is missing"),
        FindingCase(
            "a = 'x\n",
            "1:7: error: syntax error in string: the quotation mark at its end is missing"),
        FindingCase(
            "é = 1",
            "1:1: error: syntax error in root table: expected keys, tables, whitespace or comments, saw 'é'"),
        FindingCase(
            "ü\u{a0}= 1",
            "1:1: error: syntax error in root table: expected keys, tables, whitespace or comments, saw 'ü'"),
        FindingCase(
            "a = 1 \r b",
            "1:8: error: syntax error in key-value pair: expected '\\n' after '\\r', saw ' '"),
        FindingCase(
            "a = [1, 2",
            "1:10: error: syntax error in array: encountered end-of-file"),
        FindingCase(
            "a = { b = 1",
            "1:12: error: syntax error in inline table: encountered end-of-file"),
        FindingCase(
            "a = \"\\x\"",
            "1:7: error: syntax error in string: escape sequence '\\x' is not supported in TOML 1.0.0 and earlier"),
        FindingCase(
            "a = 2026-13-01",
            "1:12: error: syntax error in date: expected month between 1 and 12 (inclusive), saw 13"),
    ])
    func errorsOfSyntax(_ entry: FindingCase) {
        let found = Self.findings(entry.text)
        #expect(found == entry.expected)
    }
}
