public import L2TPWire

/// A tunnel as the kernel reports it.
public struct Tunnel: Hashable, Sendable, Identifiable {
    /// Our identifier (`L2TP_ATTR_CONN_ID`).
    public var id: TunnelID
    /// The peer's identifier (`L2TP_ATTR_PEER_CONN_ID`).
    public var peerID: TunnelID
    /// The protocol version (`L2TP_ATTR_PROTO_VERSION`).
    public var protocolVersion: ProtocolVersion
    /// What carries the tunnel (`L2TP_ATTR_ENCAP_TYPE`). The kernel reports only the checksums of the
    /// address family in use; the others have their default here.
    public var encapsulation: TunnelEncapsulation
    /// Our address; nil while the tunnel has no socket.
    public var local: IPAddress?
    /// The peer's address; nil while the tunnel has no socket.
    public var peer: IPAddress?
    /// The counters of all sessions together (`L2TP_ATTR_STATS`).
    public var statistics: Statistics

    /// A tunnel from its parts.
    public init(
        id: TunnelID,
        peerID: TunnelID,
        protocolVersion: ProtocolVersion = .v3,
        encapsulation: TunnelEncapsulation,
        local: IPAddress?,
        peer: IPAddress?,
        statistics: Statistics = Statistics()
    ) {
        self.id = id
        self.peerID = peerID
        self.protocolVersion = protocolVersion
        self.encapsulation = encapsulation
        self.local = local
        self.peer = peer
        self.statistics = statistics
    }
}
