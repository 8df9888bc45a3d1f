import Testing

/// Tables where there should be others.
@Suite struct DocumentFindingTests {
    @Test func theTablesAroundHaveNoFindings() {
        #expect(SchemaFindings.of(SchemaFindings.document("", in: "tunnel")) == [])
        #expect(SchemaFindings.of(SchemaFindings.document("", in: "session")) == [])
        #expect(SchemaFindings.of(SchemaFindings.document("", in: "interface")) == [])
    }

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
        let found = SchemaFindings.of(entry.text)
        #expect(found == entry.expected)
    }
}
