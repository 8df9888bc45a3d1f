public import L2TPWire

/// A managed tunnel to ask for: one over a socket of the caller's own, which carries its control connection
/// and with which it ends (`L2TP_CMD_TUNNEL_CREATE` with `L2TP_ATTR_FD`).
///
/// Addresses and ports are the socket's. ``violations(over:)`` tells what the kernel would accept although it
/// cannot work.
public struct ManagedTunnelSpecification: Hashable, Sendable {
    /// Our identifier; the kernel attribute is `L2TP_ATTR_CONN_ID`.
    public var id: TunnelID
    /// The peer's identifier; the kernel attribute is `L2TP_ATTR_PEER_CONN_ID`.
    public var peerID: TunnelID
    /// The protocol version; the kernel attribute is `L2TP_ATTR_PROTO_VERSION`.
    public var protocolVersion: ProtocolVersion

    /// A specification from its parts.
    public init(id: TunnelID, peerID: TunnelID, protocolVersion: ProtocolVersion = .v3) {
        self.id = id
        self.peerID = peerID
        self.protocolVersion = protocolVersion
    }

    /// Everything that is wrong with the specification for a socket that speaks `encapsulation`, all findings
    /// at once; empty when it can be created.
    public func violations(over encapsulation: Encapsulation) -> [Violation] {
        var found: [Violation] = []
        let isShort = protocolVersion == .v2
        let largest = isShort ? UInt32(UInt16.max) : UInt32.max
        for (field, id) in [("tunnel_id", id), ("peer_tunnel_id", peerID)] where !(1...largest).contains(id.rawValue) {
            found.append(
                Violation(field: field, message: "\(id) is not an \(protocolVersion) tunnel id (1…\(largest))"))
        }
        if ![.v2, .v3].contains(protocolVersion) {
            found.append(Violation(field: "version", message: "\(protocolVersion) is not known: L2TPv2 and L2TPv3 are"))
        }
        if isShort, encapsulation == .ip {
            found.append(Violation(field: "encap", message: "L2TPv2 is carried by UDP only"))
        }
        return found
    }
}
