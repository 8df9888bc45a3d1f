internal import L2TPModel
internal import L2TPWire

/// The metrics of tunnels.
struct TunnelMetrics {
    let families: [MetricFamily]

    /// - Parameters:
    ///   - tunnels: The tunnels, by ascending identifier.
    ///   - outer: The labels that all have.
    init(_ tunnels: [Tunnel], _ outer: LabelSet) {
        var identities: [LabelSet] = []
        var infos: [MetricSample] = []
        for tunnel in tunnels {
            var labels = outer
            labels.append(.tunnelID, number: UInt64(tunnel.id.rawValue))
            identities.append(labels)
            infos.append(MetricSample(Self.facts(of: tunnel, labels), .integer(1)))
        }
        let statistics = tunnels.map(\.statistics)
        let column = LabelColumn(identities)
        families =
            [MetricFamily(.tunnelInfo, infos)]
            + CounterFamilies(column, statistics).ofTunnels
    }

    private static func facts(of tunnel: Tunnel, _ identity: LabelSet) -> LabelSet {
        var labels = identity
        labels.append(.peerTunnelID, number: UInt64(tunnel.peerID.rawValue))
        labels.append(.version, number: UInt64(tunnel.protocolVersion.rawValue))
        labels.append(.encap, tunnel.encapsulation.kind?.description ?? String(tunnel.encapsulation.number))
        labels.append(.local, tunnel.local?.description ?? "")
        labels.append(.remote, tunnel.peer?.description ?? "")
        labels.append(.udpSourcePort, tunnel.encapsulation.udp.map { String($0.sourcePort) } ?? "")
        labels.append(.udpDestinationPort, tunnel.encapsulation.udp.map { String($0.destinationPort) } ?? "")
        return labels
    }
}
