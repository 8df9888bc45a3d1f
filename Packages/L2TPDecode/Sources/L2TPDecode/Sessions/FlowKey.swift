public import L2TPWire
public import PacketCapture

/// Which messages belong together: those of one session in one direction.
public struct FlowKey: Hashable, Sendable {
    /// Who sends them.
    public let source: NetworkAddress
    /// Whom they are sent to.
    public let destination: NetworkAddress
    /// The UDP port they come from; 0 over IP.
    public let sourcePort: UInt16
    /// The UDP port they are sent to; 0 over IP.
    public let destinationPort: UInt16
    /// What carries them.
    public let encapsulation: Encapsulation
    /// L2TPv2 or L2TPv3.
    public let version: ProtocolVersion
    /// The receiver's tunnel identifier, which L2TPv2 alone has in data messages; else 0.
    public let tunnelID: TunnelID
    /// The receiver's session identifier.
    public let sessionID: SessionID

    /// The messages of an L2TPv3 session.
    init(_ datagram: borrowing Datagram, sessionID: SessionID) {
        self.init(datagram, version: .v3, tunnelID: TunnelID(0), sessionID: sessionID)
    }

    /// The messages of a session.
    init(_ datagram: borrowing Datagram, version: ProtocolVersion, tunnelID: TunnelID, sessionID: SessionID) {
        source = datagram.source
        destination = datagram.destination
        sourcePort = datagram.sourcePort
        destinationPort = datagram.destinationPort
        encapsulation = datagram.encapsulation
        self.version = version
        self.tunnelID = tunnelID
        self.sessionID = sessionID
    }
}
