public import L2TPWire

/// A session as the kernel reports it.
///
/// The kernel never tells the L2-specific sublayer. Addresses, ports and encapsulation belong to the
/// tunnel, the MTU to the interface.
public struct Session: Hashable, Sendable {
    /// Our identifier of the tunnel (`L2TP_ATTR_CONN_ID`).
    public var tunnelID: TunnelID
    /// The peer's identifier of the tunnel (`L2TP_ATTR_PEER_CONN_ID`).
    public var peerTunnelID: TunnelID
    /// Our identifier (`L2TP_ATTR_SESSION_ID`).
    public var id: SessionID
    /// The peer's identifier (`L2TP_ATTR_PEER_SESSION_ID`).
    public var peerID: SessionID
    /// What the session carries (`L2TP_ATTR_PW_TYPE`).
    public var pseudowireType: PseudowireType
    /// The name the interface had when the session was created (`L2TP_ATTR_IFNAME`): a later renaming
    /// does not show here. PPP sessions have none.
    public var interfaceName: String?
    /// The cookie we *send* (`L2TP_ATTR_COOKIE`).
    public var cookie: Cookie?
    /// The cookie we *expect* (`L2TP_ATTR_PEER_COOKIE`).
    public var peerCookie: Cookie?
    /// Whether we number what we send (`L2TP_ATTR_SEND_SEQ`); unless in LNS mode the kernel changes it
    /// to follow the peer.
    public var sendsSequenceNumbers: Bool
    /// Whether we drop what arrives without a sequence number (`L2TP_ATTR_RECV_SEQ`).
    public var requiresSequenceNumbers: Bool
    /// Whether we alone decide on sequence numbers (`L2TP_ATTR_LNS_MODE`).
    public var lnsMode: Bool
    /// How long a gap in the sequence is waited for, in whole milliseconds as the kernel rounded it
    /// (`L2TP_ATTR_RECV_TIMEOUT`).
    public var reorderTimeout: Duration
    /// Whether the tunnel's socket has an IPsec policy of its own (`L2TP_ATTR_USING_IPSEC`). Policies
    /// of the whole host do not show here.
    public var usesIPsec: Bool
    /// The session's counters (`L2TP_ATTR_STATS`).
    public var statistics: Statistics

    /// A session from its parts.
    public init(
        tunnelID: TunnelID,
        peerTunnelID: TunnelID,
        id: SessionID,
        peerID: SessionID,
        pseudowireType: PseudowireType = .ethernet,
        interfaceName: String? = nil,
        cookie: Cookie? = nil,
        peerCookie: Cookie? = nil,
        sendsSequenceNumbers: Bool = false,
        requiresSequenceNumbers: Bool = false,
        lnsMode: Bool = false,
        reorderTimeout: Duration = .zero,
        usesIPsec: Bool = false,
        statistics: Statistics = Statistics()
    ) {
        self.tunnelID = tunnelID
        self.peerTunnelID = peerTunnelID
        self.id = id
        self.peerID = peerID
        self.pseudowireType = pseudowireType
        self.interfaceName = interfaceName
        self.cookie = cookie
        self.peerCookie = peerCookie
        self.sendsSequenceNumbers = sendsSequenceNumbers
        self.requiresSequenceNumbers = requiresSequenceNumbers
        self.lnsMode = lnsMode
        self.reorderTimeout = reorderTimeout
        self.usesIPsec = usesIPsec
        self.statistics = statistics
    }
}
