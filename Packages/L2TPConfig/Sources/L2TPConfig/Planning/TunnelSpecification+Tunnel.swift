package import L2TPModel
internal import L2TPWire

extension TunnelSpecification {
    /// What creates a tunnel again. One without a socket counts as one without addresses.
    package init(_ tunnel: Tunnel) {
        self.init(
            id: tunnel.id, peerID: tunnel.peerID, protocolVersion: tunnel.protocolVersion,
            local: tunnel.local ?? .v4(.any), peer: tunnel.peer ?? .v4(.any), encapsulation: tunnel.encapsulation)
    }
}
