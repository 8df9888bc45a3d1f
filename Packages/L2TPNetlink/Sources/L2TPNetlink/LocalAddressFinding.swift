internal import L2TPModel
internal import LinkControl

/// An address and the interface that has it.
struct PlacedAddress: Hashable, Sendable {
    var address: InterfaceAddress
    var link: Link

    /// `eth0 has 192.0.2.1/24`.
    var sentence: String { "\(link.name) has \(address.address)/\(address.prefixBitCount)" }
}

/// Why a local address cannot be bound, from the addresses the host has.
struct LocalAddressFinding: Hashable, Sendable {
    let reason: L2TPError.Reason
    let explanation: String
    let remedy: String?

    /// What is wrong with `local` as the address of a tunnel to `peer`.
    init(of local: IPAddress, towards peer: IPAddress, among addresses: [PlacedAddress]) {
        if let own = addresses.first(where: { $0.address.address == local }) {
            if own.address.isDuplicate {
                reason = .addressTentative
                explanation = "local address \(local) on \(own.link.name) is in use by another host"
                remedy = "duplicate address detection failed; give \(own.link.name) another address"
            } else if own.address.isTentative {
                reason = .addressTentative
                explanation = "local address \(local) on \(own.link.name) is still tentative"
                remedy = "duplicate address detection takes a second or two; try again then"
            } else {
                reason = .other
                explanation = "local address \(local) on \(own.link.name) cannot be bound"
                remedy = nil
            }
            return
        }
        reason = .addressNotLocal
        explanation = "local address \(local) is not on this host"
        let usable = addresses.filter { $0.address.address.version == peer.version && !$0.link.isLoopback }
        let near = usable.filter { $0.address.sharesPrefix(with: peer) || $0.address.sharesPrefix(with: local) }
        guard let best = near.first ?? usable.first else {
            remedy = addresses.isEmpty ? nil : "no interface has an \(peer.version) address; add the address first"
            return
        }
        remedy = "\(best.sentence); add the address first, or use local \(best.address.address)"
    }
}
