internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// The path MTU of Ethernet, which most paths have at most.
    private static var commonPathMTU: Int { 1500 }
    /// The least MTU of a link that carries IPv6 (RFC 8200 §5, the kernel's `IPV6_MIN_MTU`).
    private static var leastIPv6MTU: UInt32 { 1280 }

    /// MTUs whose full frames do not cross a path of 1500 bytes in one piece, as the path to most peers is: each becomes
    /// two packets, and none arrives when one is lost or a firewall drops fragments.
    func mtusBeyondThePath(_ sessions: [ConfiguredSession]) -> [Finding] {
        sessions.compactMap { item in
            guard case .bytes(let mtu) = item.session.interface.mtu else { return nil }
            let specification = item.tunnel.specification
            let overhead = specification.overhead(of: item.session.specification)
            let needed = Int(mtu) + overhead
            guard needed > Self.commonPathMTU else { return nil }
            let path = item.interfacePath("mtu")
            let largest = specification.peer.version.maximumPacketByteCount
            if needed > largest {
                return Finding(
                    .warning, path,
                    "\(mtu) and \(overhead) bytes of headers are more than a packet can have: "
                        + "at most \(largest - overhead)")
            }
            return Finding(
                .warning, path,
                "\(mtu) needs a path MTU of \(needed): on a path of 1500 bytes full frames are sent in fragments; "
                    + "at most \(Self.commonPathMTU - overhead) fits, and \"auto\" follows the path")
        }
    }

    /// MTUs below what IPv6 needs on interfaces that have IPv6 addresses: the kernel then has no IPv6 there and takes
    /// none (EINVAL).
    func mtusBelowTheMinimum(_ sessions: [ConfiguredSession]) -> [Finding] {
        sessions.compactMap { item in
            let interface = item.session.interface
            guard case .bytes(let mtu) = interface.mtu, mtu < Self.leastIPv6MTU,
                let index = interface.addresses.firstIndex(where: { $0.address.version == .v6 })
            else { return nil }
            return Finding(
                .error, item.interfacePath("mtu"),
                "\(mtu) is too small for the address \(interface.addresses[index]): "
                    + "IPv6 needs \(Self.leastIPv6MTU) or more")
        }
    }
}
