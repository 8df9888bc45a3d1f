import L2TPConfig
import L2TPModel
import L2TPWire
import Testing

/// That two configurations are the ends of the same pseudowires: what one has as its own, the other has as its peer's.
struct MirroredEnds {
    let near: Configuration
    let far: Configuration

    /// Checks each tunnel of the far end; `isWhole` says whether the near end has no others.
    func check(isWhole: Bool = true) throws {
        #expect(!far.tunnels.isEmpty)
        if isWhole { #expect(near.tunnels.count == far.tunnels.count) }
        for tunnel in far.tunnels {
            let other = try #require(
                near.tunnels.first { $0.specification.id == tunnel.specification.peerID }, "\(tunnel.path)")
            check(tunnel.specification, other.specification)
            #expect(tunnel.sessions.count == other.sessions.count)
            for session in tunnel.sessions {
                let opposite = try #require(
                    other.sessions.first { $0.specification.id == session.specification.peerID }, "\(session.name)")
                try check(session, opposite)
            }
        }
    }

    private func check(_ far: TunnelSpecification, _ near: TunnelSpecification) {
        #expect(near.peerID == far.id)
        #expect(near.local == far.peer)
        #expect(near.peer == far.local)
        #expect(near.encapsulation.kind == far.encapsulation.kind)
        #expect(near.encapsulation.udp?.sourcePort == far.encapsulation.udp?.destinationPort)
        #expect(near.encapsulation.udp?.destinationPort == far.encapsulation.udp?.sourcePort)
        #expect(near.encapsulation.udp?.ipv6TransmitChecksum == far.encapsulation.udp?.ipv6ReceiveChecksum)
    }

    private func check(_ far: SessionConfiguration, _ near: SessionConfiguration) throws {
        #expect(near.specification.peerID == far.specification.id)
        #expect(near.specification.cookie == far.specification.peerCookie)
        #expect(near.specification.peerCookie == far.specification.cookie)
        #expect(near.specification.cookie != nil)
        #expect(near.specification.l2SpecificSublayer == far.specification.l2SpecificSublayer)
        #expect(near.interface.mtu == far.interface.mtu)
        #expect(near.interface.addresses.count == far.interface.addresses.count)
        for (address, opposite) in zip(far.interface.addresses, near.interface.addresses) {
            #expect(address.address != opposite.address)
            if let peer = address.peer {
                #expect(peer == opposite.address && opposite.peer == address.address)
            } else {
                let assigned = InterfaceAddress(
                    linkIndex: 1, address: address.address, prefixBitCount: address.prefixBitCount)
                #expect(assigned.sharesPrefix(with: opposite.address))
                #expect(address.prefixBitCount == opposite.prefixBitCount)
            }
        }
    }
}
