/// The labels there are. Those of counters are identifiers and the network namespace; all others are labels of
/// the infos `l2tp_tunnel_info`, `l2tp_session_info` and `l2tp_exporter_build_info`, and of what is configured.
public enum LabelName: String, Hashable, Sendable, CaseIterable {
    /// The name that ip-netns(8) has given to the network namespace; empty for the exporter's own. Only there if
    /// namespaces were asked for.
    case netns
    /// Our identifier of the tunnel, decimal.
    case tunnelID = "tunnel_id"
    /// Our identifier of the session, decimal.
    case sessionID = "session_id"
    /// The peer's identifier of the tunnel, decimal.
    case peerTunnelID = "peer_tunnel_id"
    /// The peer's identifier of the session, decimal.
    case peerSessionID = "peer_session_id"
    /// The version: of L2TP (`2`, `3`), in `l2tp_exporter_build_info` of the exporter.
    case version
    /// The encapsulation: `udp`, `ip`, or the number of one that is not known.
    case encap
    /// Our address; empty while the tunnel has no socket.
    case local
    /// The peer's address; empty while the tunnel has no socket.
    case remote
    /// Our UDP port; empty without UDP.
    case udpSourcePort = "udp_sport"
    /// The peer's UDP port; empty without UDP.
    case udpDestinationPort = "udp_dport"
    /// What the session carries: `eth`, `eth-vlan`, `ppp` and so on.
    case pseudowire
    /// The present name of the session's interface; empty if it has none.
    case interface
    /// The name of a tunnel in the configuration.
    case tunnel
    /// The name of a session in the configuration.
    case session
}
