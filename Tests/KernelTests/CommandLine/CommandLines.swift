/// The command lines on which `l2tp` and `ip l2tp` agree.
enum CommandLines {
    static let all = tunnels + wrongTunnels + sessions + wrongSessions + deletions + shows + others

    static let ids = "tunnel_id 1 peer_tunnel_id 2"
    static let v4 = "local 192.0.2.1 remote 192.0.2.2"
    static let v6 = "local 2001:db8::1 remote 2001:db8::2"
    static let ports = "udp_sport 5000 udp_dport 6000"
    static let udpTunnel = "add tunnel \(ids) encap udp \(v4) \(ports)"
    static let secondUDPTunnel = "add tunnel tunnel_id 3 peer_tunnel_id 4 \(v4) udp_sport 5001 udp_dport 6000"
    static let ipTunnel = "add tunnel tunnel_id 5 peer_tunnel_id 6 encap ip \(v4)"
    static let session = "add session tunnel_id 1 session_id 10 peer_session_id 20"

    private static func lines(_ words: [String], after setUp: [String] = []) -> [TestLine] {
        words.map { TestLine($0, after: setUp) }
    }

    static let tunnels = lines([
        udpTunnel,
        "add tunnel \(ids) \(v4) \(ports)",
        "add tunnel \(ids) encap ip \(v4)",
        "add tunnel \(ids) encap udp \(v6) \(ports)",
        "add tunnel \(ids) encap ip \(v6)",
        "add tunnel tid 1 ptid 2 \(v4) \(ports)",
        "a tunnel \(ids) \(v4) \(ports)",
        "ad \(ports) \(v4) \(ids) tunnel",
        "add tunnel \(ids) \(v4) \(ports) udp_csum on",
        "add tunnel \(ids) \(v4) \(ports) udp_csum off",
        "add tunnel \(ids) \(v6) \(ports) udp6_csum_tx off",
        "add tunnel \(ids) \(v6) \(ports) udp6_csum_rx off",
        "add tunnel \(ids) \(v6) \(ports) udp6_csum_tx off udp6_csum_rx off",
        "add tunnel \(ids) \(v6) \(ports) udp6_csum_tx on udp6_csum_rx on",
        "add tunnel \(ids) \(v4) \(ports) udp6_csum_tx off",
        "add tunnel \(ids) \(v6) \(ports) udp_csum on",
        "add tunnel tunnel_id 0x10 peer_tunnel_id 010 \(v4) udp_sport 0x1388 udp_dport 013560",
        "add tunnel tunnel_id 4294967295 peer_tunnel_id 4294967295 \(v4) \(ports)",
        "add tunnel tunnel_id 7 tunnel_id 1 peer_tunnel_id 2 \(v4) \(ports)",
        "add tunnel \(ids) encap ip encap udp \(v4) \(ports)",
        "add tunnel \(ids) encap ip local 127.1 remote 127.2",
        "add tunnel \(ids) encap ip local 0300.0.2.1 remote 0xc0.0.2.2",
        "add tunnel \(ids) \(ports) local 0.0.0.0 remote 192.0.2.2",
        "add tunnel \(ids) \(ports) local :: remote 2001:db8::2",
        "add tunnel \(ids) encap ip local 0.0.0.0 remote 192.0.2.2",
        "add tunnel \(ids) encap ip local :: remote 2001:db8::2",
        "add tunnel \(ids) encap ip local 192.0.2.1 remote 192.0.2.1",
        "add tunnel \(ids) local 192.0.2.255 remote 192.0.2.2 \(ports)",
        "add tunnel \(ids) \(v4) \(ports) session_id 10 cookie 01234567 name pw seq both offset 4",
        "add tunnel session \(ids) \(v4) \(ports) session_id 10 peer_session_id 20 name pw",
    ])

    static let wrongTunnels =
        lines([
            "add tunnel peer_tunnel_id 2 \(v4) \(ports)",
            "add tunnel tunnel_id 1 \(v4) \(ports)",
            "add tunnel \(ids) remote 192.0.2.2 \(ports)",
            "add tunnel \(ids) local 192.0.2.1 \(ports)",
            "add tunnel \(ids) \(v4) udp_dport 6000",
            "add tunnel \(ids) \(v4) udp_sport 5000",
            "add \(ids) \(v4) \(ports)",
            "add tunnel tunnel_id 0 peer_tunnel_id 2 \(v4) \(ports)",
            "add tunnel tunnel_id 1 peer_tunnel_id 0 \(v4) \(ports)",
            "add tunnel tunnel_id 4294967296 peer_tunnel_id 2 \(v4) \(ports)",
            "add tunnel tunnel_id -1 peer_tunnel_id 2 \(v4) \(ports)",
            "add tunnel tunnel_id 12x peer_tunnel_id 2 \(v4) \(ports)",
            "add tunnel tunnel_id 08 peer_tunnel_id 2 \(v4) \(ports)",
            "add tunnel tunnel_id 0x peer_tunnel_id 2 \(v4) \(ports)",
            "add tunnel \(ids) encap gre \(v4) \(ports)",
            "add tunnel \(ids) encap UDP \(v4) \(ports)",
            "add tunnel \(ids) local host.example remote 192.0.2.2 \(ports)",
            "add tunnel \(ids) local 192.0.2.1/24 remote 192.0.2.2 \(ports)",
            "add tunnel \(ids) local 192.0.2.256 remote 192.0.2.2 \(ports)",
            "add tunnel \(ids) local 192.0.2.1.1 remote 192.0.2.2 \(ports)",
            "add tunnel \(ids) local 2001:db8::g remote 2001:db8::2 \(ports)",
            "add tunnel \(ids) local 192.0.2.9 remote 192.0.2.2 \(ports)",
            "add tunnel \(ids) encap ip local 2001:db8::9 remote 2001:db8::2",
            "add tunnel \(ids) local 192.0.2.1 remote 198.51.100.7 \(ports)",
            "add tunnel \(ids) local 2001:db8::1 remote 2001:db9::7 \(ports)",
            "add tunnel \(ids) local 192.0.2.1 remote 2001:db8::2 \(ports)",
            "add tunnel \(ids) encap ip local 2001:db8::1 remote 192.0.2.2",
            "add tunnel \(ids) encap ip local 192.0.2.1 remote 224.0.0.5",
            "add tunnel \(ids) encap ip local ::ffff:192.0.2.1 remote ::ffff:192.0.2.2",
            "add tunnel \(ids) local 2001:db8::1 remote fe80::2 \(ports)",
            "add tunnel \(ids) local 192.0.2.1 remote 192.0.2.255 \(ports)",
            "add tunnel \(ids) local 127.0.0.1 remote 192.0.2.2 \(ports)",
            "add tunnel \(ids) \(v4) udp_sport 65536 udp_dport 6000",
            "add tunnel \(ids) \(v4) udp_sport 0 udp_dport 6000",
            "add tunnel \(ids) \(v4) udp_sport 5000 udp_dport 0",
            "add tunnel \(ids) \(v4) udp_sport 70000 udp_dport 0",
            "add tunnel tunnel_id 0 local host.example",
            "add tunnel \(ids) \(v4) \(ports) udp_csum maybe",
            "add tunnel \(ids) \(v6) \(ports) udp6_csum_tx 1",
            "add tunnel \(ids) \(v4) \(ports) bogus 1",
            "add tunnel \(ids) \(v4) udp_sport 5000 udp_dport",
            "add tunnel \(ids) \(v4) \(ports) tunnel_i 1",
            "add tunnel \(ids) local any remote any \(ports)",
            "add tunnel \(ids) \(v4) \(ports) help",
            "add tunnel",
            "add",
        ])
        + lines(
            [
                udpTunnel,
                "add tunnel tunnel_id 1 peer_tunnel_id 2 encap ip \(v4)",
                "add tunnel tunnel_id 3 peer_tunnel_id 4 \(v4) \(ports)",
                "add tunnel tunnel_id 3 peer_tunnel_id 4 local 192.0.2.1 remote 192.0.2.3 \(ports)",
                "add tunnel tunnel_id 3 peer_tunnel_id 4 local 0.0.0.0 remote 192.0.2.2 \(ports)",
                secondUDPTunnel,
                ipTunnel,
            ], after: [udpTunnel])

    static let sessions =
        lines(
            [
                session,
                "add session tid 1 sid 10 psid 20",
                "add peer_session_id 20 session_id 10 tunnel_id 1 session",
                "add session tunnel_id 0x1 session_id 4294967295 peer_session_id 0xffffffff",
                "\(session) name pw",
                "\(session) name pw%d",
                "\(session) name 123456789012345",
                "\(session) cookie 01234567",
                "\(session) cookie 0123456789abcdef",
                "\(session) cookie 0123456789ABCDEF peer_cookie FEDCBA98",
                "\(session) peer_cookie 01234567",
                "\(session) cookie 00000000 peer_cookie 0000000000000000",
                "\(session) l2spec_type default",
                "\(session) l2spec_type none",
                "\(session) l2spec_type None",
                "\(session) l2spec_type none cookie 0123456789abcdef",
                "\(session) seq none",
                "\(session) seq send",
                "\(session) seq recv",
                "\(session) seq both",
                "\(session) seq BOTH",
                "\(session) seq send seq recv",
                "\(session) seq both seq none",
                "\(session) seq none seq recv",
                "\(session) offset 4 peer_offset 8",
                "\(session) peer_tunnel_id 99 encap ip local 192.0.2.77 udp_sport 1",
            ], after: [udpTunnel])
        + [
            TestLine("add session tunnel_id 5 session_id 10 peer_session_id 20", after: [ipTunnel]),
            TestLine(
                "add session tunnel_id 3 session_id 10 peer_session_id 20",
                after: [udpTunnel, secondUDPTunnel, session]),
            TestLine("add session tunnel_id 1 session_id 11 peer_session_id 20", after: [udpTunnel, session]),
        ]

    static let wrongSessions =
        lines(
            [
                "add session session_id 10 peer_session_id 20",
                "add session tunnel_id 1 peer_session_id 20",
                "add session tunnel_id 1 session_id 10",
                "add session tunnel_id 1 session_id 0 peer_session_id 20",
                "add session tunnel_id 1 session_id 10 peer_session_id 0",
                "add session tunnel_id 9 session_id 10 peer_session_id 20",
                "\(session) name wan",
                "\(session) name 1234567890123456",
                "\(session) name a/b",
                "\(session) name a:b",
                "\(session) name à",
                "\(session) name all",
                "\(session) name default",
                "\(session) name a%b",
                "\(session) name",
                "\(session) cookie 0123456",
                "\(session) cookie 0x012345",
                "\(session) cookie 0123456g",
                "\(session) cookie 0123456789abcde",
                "\(session) peer_cookie 0123456789abcdefg",
                "\(session) l2spec_type ppp",
                "\(session) seq all",
            ], after: [udpTunnel])
        + [
            TestLine(session, after: []),
            TestLine(
                "add session tunnel_id 5 session_id 10 peer_session_id 20", after: [udpTunnel, session, ipTunnel]),
            TestLine(
                "add session tunnel_id 1 session_id 11 peer_session_id 20 name pw",
                after: [udpTunnel, "\(session) name pw"]),
        ]

    static let deletions =
        lines(
            [
                "del tunnel tunnel_id 1",
                "delete tunnel tid 1",
                "d tunnel tunnel_id 1",
                "del session tunnel_id 1 session_id 10",
                "del session tid 1 sid 10",
                "del tunnel tunnel_id 1 session_id 10",
                "del tunnel session tunnel_id 1 session_id 10",
                "del session tunnel_id 1 session_id 11",
                "del session tunnel_id 9 session_id 10",
                "del session session_id 10",
                "del session tunnel_id 1",
                "del tunnel tunnel_id 9",
                "del tunnel",
                "del tunnel_id 1",
                "del tunnel tunnel_id x",
                "del tunnel 1",
            ], after: [udpTunnel, session])
        + lines(
            ["del tunnel tunnel_id 3", "del session tunnel_id 3 session_id 10"],
            after: [udpTunnel, secondUDPTunnel, session, "add session tunnel_id 3 session_id 10 peer_session_id 20"])

    static let shows =
        lines(["show tunnel", "show session", "show", "list tunnel", "lst session", "sh tunnel", "show bogus"])
        + lines(
            [
                "show tunnel", "show session", "show tunnel session", "show tunnel tunnel_id 1",
                "show session tunnel_id 1 session_id 10", "l session", "show session tunnel_id x",
            ],
            after: [udpTunnel, "\(session) cookie 01234567 peer_cookie 0123456789abcdef seq both"])

    static let others =
        lines([
            "", "help", "h", "help nope", "dle tunnel", "modify tunnel tunnel_id 1", "frobnicate", "add tunnel help",
            "show help", "del help",
        ])
        + ["-4", "-6", "-d", "-N", "-t", "-c"].map {
            TestLine("show tunnel", after: [udpTunnel], options: [$0])
        }
}
