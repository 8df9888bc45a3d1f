public import L2TPWire

/// The tunnel a user asks for.
///
/// It describes an *unmanaged* tunnel: one whose socket the kernel makes and keeps, without a control
/// connection (`L2TP_CMD_TUNNEL_CREATE` without `L2TP_ATTR_FD`). ``violations()`` tells what the
/// kernel would accept although it cannot work.
public struct TunnelSpecification: Hashable, Sendable {
    /// Our identifier; the kernel attribute is `L2TP_ATTR_CONN_ID`.
    public var id: TunnelID
    /// The peer's identifier; the kernel attribute is `L2TP_ATTR_PEER_CONN_ID`.
    public var peerID: TunnelID
    /// The protocol version; the kernel attribute is `L2TP_ATTR_PROTO_VERSION`.
    public var protocolVersion: ProtocolVersion
    /// Our address; the wildcard leaves the choice to the kernel's routing. The kernel attribute is
    /// `L2TP_ATTR_IP_SADDR` or `L2TP_ATTR_IP6_SADDR`.
    public var local: IPAddress
    /// The peer's address; the kernel attribute is `L2TP_ATTR_IP_DADDR` or `L2TP_ATTR_IP6_DADDR`.
    public var peer: IPAddress
    /// What carries the tunnel; the kernel attribute is `L2TP_ATTR_ENCAP_TYPE`.
    public var encapsulation: TunnelEncapsulation

    /// A specification of an L2TPv3 tunnel.
    public init(
        id: TunnelID,
        peerID: TunnelID,
        protocolVersion: ProtocolVersion = .v3,
        local: IPAddress,
        peer: IPAddress,
        encapsulation: TunnelEncapsulation
    ) {
        self.id = id
        self.peerID = peerID
        self.protocolVersion = protocolVersion
        self.local = local
        self.peer = peer
        self.encapsulation = encapsulation
    }
}
