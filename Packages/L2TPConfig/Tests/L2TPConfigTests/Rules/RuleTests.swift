import L2TPConfig
import L2TPConfigTOML
import L2TPModel
import L2TPWire
import Testing

/// Where rules across tables speak, and where they are silent. What they say of errors is in `Broken`.
@Suite struct RuleTests {
    /// Tunnel `t1`… over UDP, unless `keys` say otherwise, with sessions `s0`… of those keys.
    static func tunnel(_ number: Int, _ keys: String = "", sessions: [String]) -> String {
        let ports = "udp_sport = \(5000 + number)\nudp_dport = 1"
        var text = """
            [tunnel.t\(number)]
            local = "192.0.2.1"
            remote = "198.51.100.\(number)"
            tunnel_id = \(number)
            peer_tunnel_id = \(number)
            \(keys.isEmpty ? ports : keys)

            """
        for (index, session) in sessions.enumerated() {
            text += """
                [tunnel.t\(number).session.s\(index)]
                session_id = \(100 * number + index)
                peer_session_id = \(100 * number + index)
                \(session)

                """
        }
        return text
    }

    static func findings(_ text: String) -> [String] {
        let file = ConfigurationFile(name: "t", text: text)
        return ConfigurationLoader().load([file], secrets: FakeSecrets()).diagnostics.map(\.description)
    }

    /// What is found in sessions of one tunnel over UDP, without places and the first part of paths.
    static func warnings(of sessions: String...) -> [String] {
        findings(tunnel(1, sessions: sessions)).map { line in
            line.split(separator: ": ", maxSplits: 1).dropFirst().joined()
                .replacing("tunnel.t1.session.", with: "").replacing("interface.", with: "")
        }
    }

    // MARK: - Cookies and sublayer

    @Test("cookies in both directions, or in none over UDP, are right")
    func cookies() {
        let both = "cookie = \"00000001\"\npeer_cookie = \"0000000200000003\""
        #expect(Self.warnings(of: "", both) == [])
        #expect(Self.findings(Self.tunnel(1, "encap = \"ip\"", sessions: [both])) == [])
        #expect(Self.findings(Self.tunnel(1, "encap = \"ip\"", sessions: ["", "cookie = \"00000001\""])).count == 2)
        #expect(
            Self.findings(Self.tunnel(1, "encap = \"ip\"", sessions: ["peer_cookie = \"00000001\""])) == [
                "t:10:15: warning: tunnel.t1.session.s0.peer_cookie: is expected, but none is sent: without cookie "
                    + "the peer cannot check what arrives, and if it expects one it drops everything"
            ])
    }

    @Test("a reorder timeout needs no sequence numbers of ours, only room for the peer's")
    func reorderTimeout() {
        #expect(Self.warnings(of: "reorder_timeout = \"1s\"\nlns_mode = true") == [])
        #expect(
            Self.warnings(of: "reorder_timeout = \"1s\"\nl2spec_type = \"none\"") == [
                "warning: s0.reorder_timeout: has no effect: l2spec_type \"none\" has no room for sequence numbers"
            ])
    }

    // MARK: - MTU

    @Test("the largest MTU that a path of 1500 carries whole, for each encapsulation")
    func mtu() {
        func warningCount(_ mtu: Int, _ session: String, _ keys: String = "") -> Int {
            Self.findings(Self.tunnel(1, keys, sessions: ["interface.mtu = \(mtu)\n\(session)"])).count
        }
        let cookies = "cookie = \"0123456789abcdef\"\npeer_cookie = \"00000000\""
        let cases: [(Int, String, String)] = [
            (1446, "", ""), (1450, "l2spec_type = \"none\"", ""), (1438, cookies, ""),
            (1450, cookies, "encap = \"ip\""), (1454, cookies + "\nl2spec_type = \"none\"", "encap = \"ip\""),
        ]
        for (largest, session, keys) in cases {
            #expect(warningCount(largest, session, keys) == 0, "\(largest)")
            #expect(warningCount(largest + 1, session, keys) == 1, "\(largest + 1)")
        }
        #expect(
            Self.warnings(of: "interface.mtu = 1500") == [
                "warning: s0.mtu: 1500 needs a path MTU of 1554: on a path of 1500 bytes full frames are sent in "
                    + "fragments; at most 1446 fits, and \"auto\" follows the path"
            ])
        #expect(Self.warnings(of: "interface.mtu = 65481").first?.contains("needs a path MTU of 65535") == true)
        #expect(
            Self.warnings(of: "interface.mtu = 65482") == [
                "warning: s0.mtu: 65482 and 54 bytes of headers are more than a packet can have: at most 65481"
            ])
    }

    @Test("IPv4 does not need the MTU that IPv6 does")
    func smallMTU() {
        #expect(Self.warnings(of: "interface.mtu = 1279\ninterface.addresses = [\"10.0.0.1/24\"]") == [])
        #expect(Self.warnings(of: "interface.mtu = 1280\ninterface.addresses = [\"2001:db8::1/64\"]") == [])
    }

    // MARK: - Names and masters

    @Test("numbers that the kernel chooses")
    func patterns() {
        func named(_ name: String, _ more: String = "") -> String { "interface.name = \"\(name)\"\n\(more)" }
        #expect(
            Self.warnings(of: named("a%d"), named("a%d"), named("a01"), named("a"), named("ab1"), "", "") == [])
        #expect(
            Self.warnings(of: named("a7"), named("a%d")) == [
                "warning: s0.name: the kernel may give a7 to the interface of s1 (a%d); choose names that do not "
                    + "overlap; the other is at t:13:1"
            ])
        #expect(Self.warnings(of: "", named("l2tpeth0")).count == 1)
        #expect(Self.warnings(of: named("l2tpeth0"), named("l2tpeth1")) == [])
        let red = "interface.netns = \"red\""
        #expect(Self.warnings(of: named("a%d", red), named("b%d", red), named("a%d"), "", red) == [])
        #expect(
            Self.warnings(of: named("a%d", red), named("a%d", red)) == [
                "warning: s1.name: the number that the kernel finds for a%d may be taken in network namespace red, to "
                    + "which the interface of s0 moves too; give each a name of its own; the other is at t:8:1"
            ])
    }

    @Test("masters of the same name in other network namespaces are others")
    func masters() {
        let red = "\ninterface.netns = \"red\"\ninterface.name = \"y\""
        #expect(Self.warnings(of: "interface.name = \"x\"", "interface.bridge = \"x\"" + red) == [])
        #expect(Self.warnings(of: "interface.bridge = \"x\"", "interface.vrf = \"x\"" + red) == [])
        #expect(Self.warnings(of: "interface.bridge = \"b\"", "interface.bridge = \"b\"") == [])
    }

    @Test("ports of a bridge have addresses of their own")
    func macAddresses() {
        let mac = "interface.mac = \"02:00:00:00:00:01\"\n"
        let (first, second) = (mac + "interface.bridge = \"b\"", mac + "interface.bridge = \"c\"")
        #expect(Self.warnings(of: mac, mac, first, second) == [])
        #expect(
            Self.warnings(of: first, first) == [
                "warning: s1.mac: 02:00:00:00:00:01 is the address of s0 too, on the same bridge b; the other is at "
                    + "t:11:17"
            ])
    }

    // MARK: - Tunnels

    @Test("ports of different addresses and versions are different ports")
    func ports() {
        let text = Self.tunnel(1, "udp_sport = 5\nudp_dport = 1", sessions: [])
        let other = Self.tunnel(2, "udp_sport = 5\nudp_dport = 1", sessions: [])
        #expect(Self.findings(text + other.replacing("192.0.2.1", with: "192.0.2.2")) == [])
        let six = other.replacing("192.0.2.1", with: "2001:db8::1").replacing("198.51.100.2", with: "2001:db8::2")
        #expect(Self.findings(text + six) == [])
        let wildcard = six.replacing("2001:db8::1", with: "::")
        #expect(Self.findings(text + wildcard).count == 1)
        #expect(Self.findings(text.replacing("192.0.2.1", with: "0.0.0.0") + wildcard).count == 1)
        #expect(Self.findings(text + Self.tunnel(2, "encap = \"ip\"", sessions: [])) == [])
    }

    @Test("both ends on one host")
    func bothEnds() {
        let there = Self.tunnel(1, "udp_sport = 5001\nudp_dport = 5002", sessions: ["", ""])
        let back = """
            [tunnel.back]
            local = "198.51.100.1"
            remote = "192.0.2.1"
            tunnel_id = 11
            peer_tunnel_id = 1
            udp_sport = 5002
            udp_dport = 5001
            session.s0 = { session_id = 200, peer_session_id = 100 }
            session.s1 = { session_id = 201, peer_session_id = 101 }
            """
        #expect(Self.findings(there + back) == [])
        for (local, remote) in [("127.0.0.1", "127.0.0.2"), ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "127.0.0.1")] {
            let text = there.replacing("192.0.2.1", with: local).replacing("198.51.100.1", with: remote)
            #expect(Self.findings(text) == [])
        }
    }

    @Test("the peer's session ids may be the same in tunnels over UDP, and at different peers")
    func peerSessionIDs() {
        let cookies = "cookie = \"00000001\"\npeer_cookie = \"00000002\""
        func text(_ keys: String) -> String {
            (1...2).map { Self.tunnel($0, keys, sessions: [cookies]) }.joined()
                .replacing("peer_session_id = 200", with: "peer_session_id = 100")
        }
        #expect(Self.findings(text("")) == [])
        #expect(Self.findings(text("encap = \"ip\"")) == [])
        #expect(
            Self.findings(text("encap = \"ip\"").replacing("198.51.100.2", with: "198.51.100.1")) == [
                "t:20:19: warning: tunnel.t2.session.s0.peer_session_id: 100 is the peer's id of tunnel.t1.session.s0 "
                    + "too: what both send arrives in one session of the peer; the other is at t:9:19"
            ])
    }

    @Test("a multicast group sends nothing back")
    func multicast() {
        let text = Self.tunnel(1, sessions: []).replacing("198.51.100.1", with: "224.0.0.5")
        #expect(
            Self.findings(text) == [
                "t:3:10: warning: tunnel.t1.remote: 224.0.0.5 is a multicast group: nothing can be received from it"
            ])
    }

    // MARK: - Values that no file gives

    @Test("what only a program can write is found too")
    func values() throws {
        let session = SessionConfiguration(
            name: "s",
            specification: SessionSpecification(
                tunnelID: TunnelID(8), id: SessionID(0), peerID: SessionID(2), pseudowireType: .ppp),
            interface: InterfaceConfiguration(mac: .address(try #require(MACAddress(number: 0)))))
        let tunnel = TunnelConfiguration(
            name: "t",
            specification: TunnelSpecification(
                id: TunnelID(0), peerID: TunnelID(1), local: .any(.v4), peer: try #require(IPAddress("192.0.2.1")),
                encapsulation: .other(9)),
            sessions: [session])
        let findings = Configuration(tunnels: [tunnel]).findings().map { "\($0.path): \($0.message)" }
        #expect(
            findings == [
                "tunnel.t.tunnel_id: 0 is not a tunnel id (1…4294967295)",
                "tunnel.t.encap: 9 is not known here: udp and ip are",
                "tunnel.t.session.s.session_id: 0 is not a session id (1…4294967295)",
                "tunnel.t.session.s: carries ppp; only eth can be configured",
                "tunnel.t.session.s: is for tunnel 8 but stands in tunnel 0",
                "tunnel.t.session.s.interface.mac: 00:00:00:00:00:00 is no address; an interface needs one of a station",
            ])
    }
}
