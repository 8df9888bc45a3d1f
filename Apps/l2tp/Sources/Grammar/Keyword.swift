/// The words after a sub-command.
///
/// Another keyword needs a case and its facts here, a place in ``Arguments``, a line in
/// `KeywordParser.read`, a use in ``Request`` (to add) or ``Filter`` (to show), a mention in ``HelpText``
/// and a section in the manual. Completion, suggestions and warnings follow from what stands here.
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
    case lnsMode = "lns_mode"
    case reorderTimeout = "reorder_timeout"
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
        "dev": .name,
    ]

    /// Words that are none, but that somebody may try.
    static let synonyms: [String: String] = [
        "id": "tunnel_id", "peer_id": "peer_tunnel_id", "peer": "remote", "dst": "remote", "src": "local",
        "sport": "udp_sport", "dport": "udp_dport", "port": "udp_sport", "interface": "name",
        "checksum": "udp_csum", "encapsulation": "encap", "lns": "lns_mode",
        "reorder": "reorder_timeout", "timeout": "reorder_timeout",
    ]

    /// A keyword by any of its spellings; ip knows no abbreviations here.
    init?(spelling word: String) {
        guard let keyword = Keyword(rawValue: word) ?? Self.aliases[word] else { return nil }
        self = keyword
    }

    /// All spellings: those of the manual first, then aliases.
    static let spellings: [String] = allCases.map(\.rawValue) + aliases.keys.sorted()

    /// The words that may follow where they are few, none where anything may follow; nil if nothing follows.
    var values: [String]? {
        switch self {
        case .tunnel, .session, .counter, .ordering, .retransmission: nil
        case .encapsulation: ["udp", "ip"]
        case .local: ["any"]
        case .udpChecksum, .ipv6TransmitChecksum, .ipv6ReceiveChecksum, .lnsMode: ["on", "off"]
        case .l2SpecificSublayer: ["default", "none"]
        case .sequenceNumbers: ["none", "send", "recv", "both"]
        case .checksum: ["add"]
        case .tunnelID, .peerTunnelID, .sessionID, .peerSessionID, .remote, .sourcePort, .destinationPort, .name,
            .cookie, .peerCookie, .reorderTimeout, .offset, .peerOffset:
            []
        }
    }

    /// The kinds of objects of which `show` and `lookup` select some by this keyword.
    var selects: Set<ObjectKind> {
        switch self {
        case .tunnelID, .peerTunnelID, .local, .remote, .encapsulation, .sourcePort, .destinationPort:
            [.tunnel, .session]
        case .sessionID, .peerSessionID, .name, .cookie, .peerCookie:
            [.session]
        default:
            []
        }
    }

    /// What `modify` makes of the keyword; nil if it is nothing that can be changed in place.
    var role: ModificationRole? {
        switch self {
        case .session, .tunnelID, .sessionID, .name: .selects
        case .sequenceNumbers, .lnsMode, .reorderTimeout, .counter, .ordering: .changes
        // Of these a warning is given.
        case .offset, .peerOffset: .ignored
        default: nil
        }
    }

    enum ModificationRole: Hashable {
        case selects, changes, ignored
    }

    /// The kinds of objects that `add` gives this; words of older documents are left out.
    var belongsTo: Set<ObjectKind> {
        switch self {
        case .tunnelID:
            [.tunnel, .session]
        case .peerTunnelID, .encapsulation, .local, .remote, .sourcePort, .destinationPort, .udpChecksum,
            .ipv6TransmitChecksum, .ipv6ReceiveChecksum:
            [.tunnel]
        case .sessionID, .peerSessionID, .name, .cookie, .peerCookie, .l2SpecificSublayer, .sequenceNumbers, .lnsMode,
            .reorderTimeout:
            [.session]
        default:
            []
        }
    }
}
