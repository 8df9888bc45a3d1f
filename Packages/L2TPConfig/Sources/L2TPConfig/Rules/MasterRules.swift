internal import L2TPModel

extension Configuration {
    /// Masters that cannot be what they are said to be: the interface of a session is no bridge, and no link is a bridge
    /// and a VRF at once.
    func mismatchedMasters(_ sessions: [ConfiguredSession]) -> [Finding] {
        struct Link: Hashable {
            let name: InterfaceName
            let namespace: String?
        }
        guard sessions.contains(where: { $0.session.interface.master != nil }) else { return [] }
        var interfaces: [Link: Int] = [:]
        for (index, item) in sessions.enumerated() {
            guard let name = item.session.specification.interfaceName, !name.isPattern else { continue }
            interfaces[Link(name: name, namespace: item.session.interface.namespace)] = index
        }
        var masters: [Link: Int] = [:]
        return sessions.indices.compactMap { index in
            let item = sessions[index]
            guard let master = item.session.interface.master else { return nil }
            let link = Link(name: master.name, namespace: item.session.interface.namespace)
            let path = item.interfacePath(master.key)
            if let other = interfaces[link] {
                guard other != index else {
                    return Finding(.error, path, "\(link.name) is this interface itself, not a \(master.noun)")
                }
                return Finding(
                    .error, path, related: sessions[other].interfacePath("name"),
                    "\(link.name) is the interface of \(sessions[other].path), not a \(master.noun)")
            }
            guard let earlier = masters[link] else {
                masters[link] = index
                return nil
            }
            let other = sessions[earlier]
            guard let otherMaster = other.session.interface.master, otherMaster.key != master.key else { return nil }
            return Finding(
                .error, path, related: other.interfacePath(otherMaster.key),
                "\(link.name) is a \(otherMaster.noun) for \(other.path): a link is a bridge or a VRF, not both")
        }
    }

    /// MAC addresses that two ports of a bridge have: it could not tell which of them a frame is for. One that is no
    /// station's is refused by the kernel (EADDRNOTAVAIL).
    func sharedMACAddresses(_ sessions: [ConfiguredSession]) -> [Finding] {
        struct Port: Hashable {
            let address: MACAddress
            let bridge: InterfaceName
            let namespace: String?
        }
        var first: [Port: Int] = [:]
        return sessions.indices.compactMap { index in
            let item = sessions[index]
            let interface = item.session.interface
            guard case .address(let address) = interface.mac else { return nil }
            if !address.isAssignable {
                let reason = address.isUnicast ? "is no address" : "is the address of a group"
                return Finding(
                    .error, item.interfacePath("mac"), "\(address) \(reason); an interface needs one of a station")
            }
            guard case .bridge(let bridge) = interface.master else { return nil }
            let port = Port(address: address, bridge: bridge, namespace: interface.namespace)
            guard let earlier = first[port] else {
                first[port] = index
                return nil
            }
            let other = sessions[earlier]
            return Finding(
                .warning, item.interfacePath("mac"), related: other.interfacePath("mac"),
                "\(address) is the address of \(other.path) too, on the same bridge \(bridge)")
        }
    }
}

extension InterfaceConfiguration.Master {
    /// Its key.
    var key: String {
        switch self {
        case .bridge: "bridge"
        case .vrf: "vrf"
        }
    }

    /// What it is called in a sentence.
    var noun: String {
        switch self {
        case .bridge: "bridge"
        case .vrf: "VRF"
        }
    }
}
