internal import L2TPModel
internal import L2TPWire

extension AttributeChange {
    /// In what a tunnel differs from a specification, by the configuration's keys; empty if ``Tunnel/fulfils(_:)``. The
    /// kernel changes nothing of a tunnel, so that each of them forces its re-creation.
    static func differences(of tunnel: Tunnel, from specification: TunnelSpecification) -> [Self] {
        guard !tunnel.fulfils(specification) else { return [] }
        var differences: [Self] = []
        func note(_ key: String, _ old: (some CustomStringConvertible)?, _ new: (some CustomStringConvertible)?) {
            let (old, new) = (old?.description, new?.description)
            guard old != new else { return }
            differences.append(Self(key, old: old, new: new, forcesRecreation: true))
        }
        note("version", tunnel.protocolVersion, specification.protocolVersion)
        if !(specification.local.isAny && tunnel.local?.version == specification.local.version) {
            note("local", tunnel.local, specification.local)
        }
        note("remote", tunnel.peer, specification.peer)
        note("peer_tunnel_id", tunnel.peerID, specification.peerID)
        note("encap", tunnel.encapsulation.word, specification.encapsulation.word)
        let (old, new) = (tunnel.encapsulation.udp, specification.encapsulation.udp)
        note("udp_sport", old?.sourcePort, new?.sourcePort)
        note("udp_dport", old?.destinationPort, new?.destinationPort)
        // Between encapsulations and IP versions checksums are not what one has chosen to change.
        guard let old, let new, tunnel.peer?.version == specification.peer.version else { return differences }
        switch specification.peer.version {
        case .v4: note("udp_csum", old.ipv4Checksum, new.ipv4Checksum)
        case .v6:
            note("udp6_csum_tx", old.ipv6TransmitChecksum, new.ipv6TransmitChecksum)
            note("udp6_csum_rx", old.ipv6ReceiveChecksum, new.ipv6ReceiveChecksum)
        }
        return differences
    }
}

extension TunnelEncapsulation {
    /// The configuration's word: `udp` or `ip`; the number of one that it does not know.
    fileprivate var word: String {
        switch self {
        case .udp: "udp"
        case .ip: "ip"
        case .other(let number): String(number)
        }
    }
}
