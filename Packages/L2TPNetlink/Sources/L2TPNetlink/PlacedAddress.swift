internal import L2TPModel
internal import LinkControl

/// An address and the interface that has it.
struct PlacedAddress: Hashable, Sendable {
    var address: InterfaceAddress
    var link: Link

    /// `eth0 has 192.0.2.1/24`.
    var sentence: String { "\(link.name) has \(address.address)/\(address.prefixBitCount)" }

    /// Whether the address can be a tunnel's local one: not of the loopback, not in use by another host, and not
    /// link-local, for which netlink would have to name an interface.
    var isUsable: Bool {
        if case .v6(let address) = address.address, address.isLinkLocal { return false }
        return !link.isLoopback && !address.isDuplicate
    }

    /// Whether the address can be used at once: not tentative, on an interface that is up.
    var isReady: Bool { !address.isTentative && link.isUp }

    /// Whether the interface is down that has the local address or is in the peer's network.
    func isDown(onTheWayFrom local: IPAddress, to peer: IPAddress) -> Bool {
        !link.isUp && (address.address == local || address.sharesPrefix(with: peer))
    }
}
