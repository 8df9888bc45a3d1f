/// The words after a sub-command.
enum Keyword: String, Hashable, CaseIterable {
    case tunnel
    case session
    case tunnelID = "tunnel_id"
    case peerTunnelID = "peer_tunnel_id"
    case sessionID = "session_id"
    case peerSessionID = "peer_session_id"
    case encapsulation = "encap"
    case local
    case remote
    case sourcePort = "udp_sport"
    case destinationPort = "udp_dport"
    case udpChecksum = "udp_csum"
    case ipv6TransmitChecksum = "udp6_csum_tx"
    case ipv6ReceiveChecksum = "udp6_csum_rx"
    case name
    case cookie
    case peerCookie = "peer_cookie"
    case l2SpecificSublayer = "l2spec_type"
    case sequenceNumbers = "seq"
    case offset
    case peerOffset = "peer_offset"
    // Words of older documents.
    case checksum = "csum"
    case counter
    case ordering
    case retransmission = "rexmit"

    /// Other spellings, of ip and of older tools.
    static let aliases: [String: Keyword] = [
        "tid": .tunnelID, "ptid": .peerTunnelID, "sid": .sessionID, "psid": .peerSessionID, "ifname": .name,
    ]

    /// A keyword by any of its spellings; ip knows no abbreviations here.
    init?(spelling word: String) {
        guard let keyword = Keyword(rawValue: word) ?? Self.aliases[word] else { return nil }
        self = keyword
    }

    /// All spellings: those of the manual first, then aliases.
    static let spellings: [String] = allCases.map(\.rawValue) + aliases.keys.sorted()
}
