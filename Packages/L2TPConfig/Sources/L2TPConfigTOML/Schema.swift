/// The keys of each table; ip-l2tp(8)'s words. l2tp.toml(5) explains them.
enum Schema {
    /// `[tunnel.NAME]`.
    static let tunnel = [
        "local", "remote", "encap", "tunnel_id", "peer_tunnel_id", "udp_sport", "udp_dport", "udp_csum",
        "udp6_csum_tx", "udp6_csum_rx", "session",
    ]
    /// `[tunnel.NAME.session.NAME]`.
    static let session = [
        "session_id", "peer_session_id", "cookie", "peer_cookie", "cookie_file", "peer_cookie_file", "l2spec_type",
        "seq", "reorder_timeout", "lns_mode", "interface",
    ]
    /// `[tunnel.NAME.session.NAME.interface]`.
    static let interface = ["name", "mtu", "mac", "up", "addresses", "bridge", "vrf", "netns"]
    /// A member of `addresses` that is a table.
    static let address = ["local", "peer", "prefix"]

    /// What keys that must be there mean, with an example.
    static let required = [
        "local": "our address, as local = \"192.0.2.1\"",
        "remote": "the peer's address, as remote = \"198.51.100.7\"",
        "tunnel_id": "our tunnel id, as tunnel_id = 3000",
        "peer_tunnel_id": "the peer's tunnel id, as peer_tunnel_id = 4000",
        "udp_sport": "our UDP port, as udp_sport = 5000",
        "udp_dport": "the peer's UDP port, as udp_dport = 6000",
        "session_id": "our session id, as session_id = 1000",
        "peer_session_id": "the peer's session id, as peer_session_id = 2000",
        "peer": "the address of the other end, as peer = \"10.42.1.2\"",
    ]

    /// What other programs call keys: ip-l2tp(8) by its short words, ip-link(8), and systemd.netdev(5).
    static let synonyms = [
        "tid": "tunnel_id", "tunnelid": "tunnel_id", "ptid": "peer_tunnel_id", "peertunnelid": "peer_tunnel_id",
        "sid": "session_id", "sessionid": "session_id", "psid": "peer_session_id", "peersessionid": "peer_session_id",
        "peer": "remote", "encapsulation": "encap", "encapsulationtype": "encap", "udpsourceport": "udp_sport",
        "udpdestinationport": "udp_dport", "udp_checksum": "udp_csum", "udpchecksum": "udp_csum",
        "layer2specificheader": "l2spec_type", "dev": "name", "ifname": "name", "hwaddr": "mac", "lladdr": "mac",
        "macaddress": "mac", "master": "bridge",
    ]

    /// Where a key belongs that stands in the wrong table, in words; nil if it belongs nowhere.
    static func home(of key: String) -> String? {
        if tunnel.contains(key) { return "[tunnel.NAME]" }
        if session.contains(key) { return "[tunnel.NAME.session.NAME]" }
        if interface.contains(key) { return "[tunnel.NAME.session.NAME.interface]" }
        return nil
    }
}
