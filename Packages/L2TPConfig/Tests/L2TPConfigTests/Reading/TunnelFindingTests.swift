import Testing

/// Keys of a tunnel.
@Suite struct TunnelFindingTests {
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
        let found = SchemaFindings.of(SchemaFindings.document(entry.text, in: "tunnel"))
        #expect(found == entry.expected)
    }
}
