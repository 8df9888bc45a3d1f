public import L2TPWire

/// The session a user asks for.
///
/// ``violations()`` tells what the kernel would accept although it cannot work.
public struct SessionSpecification: Hashable, Sendable {
    /// Our identifier of the tunnel that carries the session; the kernel attribute is `L2TP_ATTR_CONN_ID`.
    public var tunnelID: TunnelID
    /// Our identifier: what the peer's data messages carry. The kernel attribute is `L2TP_ATTR_SESSION_ID`.
    public var id: SessionID
    /// The peer's identifier: what our data messages carry. The kernel attribute is
    /// `L2TP_ATTR_PEER_SESSION_ID`.
    public var peerID: SessionID
    /// What the session carries: Ethernet, or PPP, which a PPPoL2TP socket takes up later. The kernel attribute
    /// is `L2TP_ATTR_PW_TYPE`.
    public var pseudowireType: PseudowireType
    /// The sublayer, which must be the same at both ends. L2TPv2 has none, whatever stands here. The kernel
    /// attribute is `L2TP_ATTR_L2SPEC_TYPE`.
    public var l2SpecificSublayer: L2SpecificSublayer
    /// The cookie we *send*; the kernel attribute is `L2TP_ATTR_COOKIE`.
    public var cookie: Cookie?
    /// The cookie we *expect* from the peer; the kernel attribute is `L2TP_ATTR_PEER_COOKIE`.
    public var peerCookie: Cookie?
    /// Whether we number what we send; needs the default sublayer. The kernel attribute is
    /// `L2TP_ATTR_SEND_SEQ`.
    public var sendsSequenceNumbers: Bool
    /// Whether we drop what arrives without a sequence number; needs the default sublayer. The kernel
    /// attribute is `L2TP_ATTR_RECV_SEQ`.
    public var requiresSequenceNumbers: Bool
    /// Whether we alone decide on sequence numbers (LNS) instead of following the peer (LAC). The
    /// kernel attribute is `L2TP_ATTR_LNS_MODE`.
    public var lnsMode: Bool
    /// How long a gap in the sequence is waited for; zero drops what comes out of order. Whole
    /// milliseconds, which the kernel rounds up to its clock tick. The kernel attribute is
    /// `L2TP_ATTR_RECV_TIMEOUT`.
    public var reorderTimeout: Duration
    /// The name of the interface; nil leaves it to the kernel (`l2tpeth0`, …). PPP sessions have none. The kernel
    /// attribute is `L2TP_ATTR_IFNAME`.
    public var interfaceName: InterfaceName?

    /// A specification with ip-l2tp(8)'s defaults: Ethernet, default sublayer, no cookies, no sequence
    /// numbers.
    public init(
        tunnelID: TunnelID,
        id: SessionID,
        peerID: SessionID,
        pseudowireType: PseudowireType = .ethernet,
        l2SpecificSublayer: L2SpecificSublayer = .default,
        cookie: Cookie? = nil,
        peerCookie: Cookie? = nil,
        sendsSequenceNumbers: Bool = false,
        requiresSequenceNumbers: Bool = false,
        lnsMode: Bool = false,
        reorderTimeout: Duration = .zero,
        interfaceName: InterfaceName? = nil
    ) {
        self.tunnelID = tunnelID
        self.id = id
        self.peerID = peerID
        self.pseudowireType = pseudowireType
        self.l2SpecificSublayer = l2SpecificSublayer
        self.cookie = cookie
        self.peerCookie = peerCookie
        self.sendsSequenceNumbers = sendsSequenceNumbers
        self.requiresSequenceNumbers = requiresSequenceNumbers
        self.lnsMode = lnsMode
        self.reorderTimeout = reorderTimeout
        self.interfaceName = interfaceName
    }
}
