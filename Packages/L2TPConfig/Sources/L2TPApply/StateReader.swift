internal import L2TPConfig
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import LinkControl
internal import Netlink

/// Reads what there is from the kernel: one list each of tunnels, sessions, links and addresses, whatever their number.
struct StateReader<Transport: NetlinkTransport & ~Copyable> {
    let access: LinkAccess<Transport>
    let machineID: MachineID?

    /// Reads what a configuration and what is recorded are compared with.
    func read(
        _ client: inout L2TPClient<Transport>, for configuration: Configuration, _ owned: Ownership
    ) throws(ApplyError) -> CurrentState {
        let tunnels: [Tunnel]
        let sessions: [Session]
        do throws(L2TPError) {
            tunnels = try client.tunnels()
            sessions = try client.sessions()
        } catch {
            throw ApplyError(error)
        }
        let places = InterfacePlaces(configuration, owned)
        let home = try view(nil)
        var views: [String: NamespaceView] = [:]
        var namespaces: [String: [Link]?] = [:]
        for name in places.namespaces {
            guard access.exists(name), let view = try view(name, isRequired: places.required.contains(name)) else {
                namespaces.updateValue(nil, forKey: name)
                continue
            }
            views[name] = view
            namespaces.updateValue(view.links, forKey: name)
        }
        return CurrentState(
            tunnels: tunnels, sessions: sessions,
            interfaces: InterfaceMatching(home: home, named: views).interfaces(of: sessions, places) { key in
                macAddresses(of: key, configuration, owned)
            },
            links: home.links, namespaces: namespaces, pathMTUs: try pathMTUs(configuration), machineID: machineID)
    }

    /// The links and addresses of a named namespace; nil if it cannot be entered and need not be: one that only the record
    /// names may be gone, or closed to this process, and must not keep what is in it from being taken down.
    private func view(_ namespace: String, isRequired: Bool) throws(ApplyError) -> NamespaceView? {
        isRequired ? try view(namespace) : try? view(namespace)
    }

    /// The links and addresses of a namespace.
    func view(_ namespace: String?) throws(ApplyError) -> NamespaceView {
        let links = try access.read("the interfaces", in: namespace) { (client) throws(NetlinkError) in
            try client.links()
        }
        let addresses = try access.read("the addresses", in: namespace) { (client) throws(NetlinkError) in
            try client.addresses()
        }
        return NamespaceView(links: links, addresses: addresses)
    }

    /// The MAC addresses by which the interface of a session that is recorded can be known.
    private func macAddresses(
        of key: SessionKey, _ configuration: Configuration, _ owned: Ownership
    ) -> Set<MACAddress> {
        guard owned.sessions[key] != nil else { return [] }
        var addresses: Set<MACAddress> = []
        if let machineID {
            for tunnel in owned.tunnels[key.tunnelID]?.specifications ?? [] {
                addresses.insert(
                    StableMACAddress.address(
                        machine: machineID, local: tunnel.local, tunnelID: key.tunnelID, sessionID: key.id))
            }
        }
        let tunnel = configuration.tunnels.first { $0.specification.id == key.tunnelID }
        let session = tunnel?.sessions.first { $0.specification.id == key.id }
        if case .address(let address) = session?.interface.mac { addresses.insert(address) }
        return addresses
    }

    /// The path MTUs to the peers of the tunnels that have a session whose MTU follows it, as far as there are routes.
    private func pathMTUs(_ configuration: Configuration) throws(ApplyError) -> [TunnelID: UInt32] {
        let tunnels = configuration.tunnels.filter { tunnel in
            tunnel.sessions.contains { $0.interface.mtu == .automatic }
        }
        return try pathMTUs(tunnels.map(\.specification))
    }

    /// The path MTUs to the peers of tunnels, as far as there are routes.
    func pathMTUs(_ specifications: [TunnelSpecification]) throws(ApplyError) -> [TunnelID: UInt32] {
        let found = try pathMTUs(Set(specifications.map(PeerPath.init)))
        return Dictionary(
            specifications.compactMap { tunnel in found[PeerPath(tunnel)].map { (tunnel.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The path MTUs of ways to peers, without those to which there is no route.
    func pathMTUs(_ paths: Set<PeerPath>) throws(ApplyError) -> [PeerPath: UInt32] {
        let paths = Array(paths)
        guard !paths.isEmpty else { return [:] }
        let seat = try access.seat(nil)
        var found: [PeerPath: UInt32] = [:]
        for (path, lookup) in zip(paths, seat.client.routes(to: paths.map { ($0.peer, $0.source) })) {
            switch lookup {
            case .success(let lookup): found[path] = lookup.route?.pathMTU
            case .failure(let error) where error.reason == .addressNotLocal || error.reason == .invalid: break
            case .failure(let error): throw ApplyError(error)
            }
        }
        return found
    }
}

/// The addresses between which the packets of a tunnel travel.
struct PeerPath: Hashable {
    /// The peer's.
    var peer: IPAddress
    /// Ours; nil leaves it to the kernel.
    var source: IPAddress?

    init(_ tunnel: TunnelSpecification) {
        peer = tunnel.peer
        source = tunnel.local.isAny ? nil : tunnel.local
    }
}
