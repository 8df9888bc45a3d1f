internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// Addresses that no host has, or that no link has. The kernel takes most of them, and no frame ever reaches them.
    func unusableAddresses(_ sessions: [ConfiguredSession]) -> [Finding] {
        var found: [Finding] = []
        for item in sessions {
            for (index, specification) in item.session.interface.addresses.enumerated() {
                if let (severity, message) = specification.problem {
                    found.append(Finding(severity, item.addressPath(index), message))
                }
            }
        }
        return found
    }

    /// Addresses of bridge ports: what a port receives goes to the bridge, and so does what is for such an address.
    func misplacedAddresses(_ sessions: [ConfiguredSession]) -> [Finding] {
        sessions.compactMap { item in
            let interface = item.session.interface
            guard case .bridge(let bridge) = interface.master, !interface.addresses.isEmpty else { return nil }
            return Finding(
                .warning, item.interfacePath("addresses"),
                "a port of a bridge does not use its addresses: give them to \(bridge)")
        }
    }

    /// Addresses that one interface has twice, which the kernel refuses (EEXIST): of IPv6 whatever the prefix, of IPv4
    /// with the same prefix.
    func addressesTwice(_ sessions: [ConfiguredSession]) -> [Finding] {
        var found: [Finding] = []
        for item in sessions {
            let addresses = item.session.interface.addresses
            guard addresses.count > 1 else { continue }
            var first: [KernelAddress: Int] = [:]
            for (index, specification) in addresses.enumerated() {
                guard let earlier = first[KernelAddress(specification)] else {
                    first[KernelAddress(specification)] = index
                    continue
                }
                found.append(
                    Finding(
                        .error, item.addressPath(index), related: item.addressPath(earlier),
                        "\(specification.address) is there already, as \(addresses[earlier])"))
            }
        }
        return found
    }

    /// Peers that an address of the tunnel's own interface makes look like neighbours behind it: what carries the tunnel
    /// would go through the tunnel.
    ///
    /// A longer prefix of another interface would win, and an interface in another network namespace or in a VRF has
    /// routes of its own.
    func routesIntoTheTunnelItself(_ sessions: [ConfiguredSession]) -> [Finding] {
        var found: [Finding] = []
        for item in sessions {
            let interface = item.session.interface
            guard interface.isUp, interface.namespace == nil, interface.master == nil else { continue }
            let peer = item.tunnel.specification.peer
            for (index, specification) in interface.addresses.enumerated() {
                guard Prefix(specification).contains(peer), specification.isUsable else { continue }
                found.append(
                    Finding(
                        .warning, item.addressPath(index),
                        "the prefix of \(specification) holds the tunnel's own remote \(peer), so that the tunnel's "
                            + "packets may be sent into the tunnel"))
            }
        }
        return found
    }
}

/// What makes two addresses of one interface the same to the kernel.
private struct KernelAddress: Hashable {
    let address: IPAddress
    /// Nil for IPv6, where the prefix does not matter.
    let prefix: Prefix?

    init(_ specification: AddressSpecification) {
        address = specification.address
        prefix = specification.address.version == .v4 ? Prefix(specification) : nil
    }
}

extension AddressSpecification {
    /// Whether a host can have the address.
    var isUsable: Bool { problem?.severity != .error }

    /// What is wrong with the address by itself; nil if nothing is.
    fileprivate var problem: (severity: Diagnostic.Severity, message: String)? {
        if let peer, peer.version != address.version {
            return (.error, "\(address) is \(address.version) but its peer \(peer) is \(peer.version)")
        }
        for address in [address, peer].compactMap(\.self) {
            if address.isAny { return (.error, "\(address) is no address of a host") }
            if address.isMulticast { return (.error, "\(address) is a multicast group, not an address of a host") }
            if address == .v4(.broadcast) { return (.error, "\(address) is the broadcast address of every link") }
            if address.isLoopback {
                return (.error, "\(address) is a loopback address, which is not used on any link")
            }
        }
        if peer == address { return (.error, "\(address) is its own peer") }
        let prefix = Prefix(self)
        // Links of two addresses have no others than those of hosts (RFC 3021, RFC 6164).
        guard peer == nil, prefix.hostBitCount > 1 else { return nil }
        if case .v4 = address {
            if prefix.first == address {
                return (.error, "\(address) is the address of the network \(prefix), not of a host in it")
            }
            if prefix.last == address {
                return (.error, "\(address) is the broadcast address of \(prefix), not of a host in it")
            }
        } else if prefix.first == address {
            return (
                .warning,
                "\(address) is the anycast address of all routers of \(prefix) (RFC 4291), not of one host"
            )
        }
        return nil
    }
}
