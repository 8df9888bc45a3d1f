internal import L2TPConfig
internal import L2TPModel

/// The links and addresses of a network namespace, to find interfaces by name.
struct NamespaceView {
    /// All links.
    let links: [Link]
    /// The links that can be interfaces of sessions, by name: those have no kind.
    private let candidates: [String: Link]
    private let names: [UInt32: String]
    private let addresses: [UInt32: [InterfaceAddress]]

    init(links: [Link], addresses: [InterfaceAddress]) {
        self.links = links
        var candidates = [String: Link](minimumCapacity: links.count)
        var names: [UInt32: String] = [:]
        for link in links {
            if link.kind == nil, !link.isLoopback { candidates[link.name] = link }
            // Only what has a kind can be a master.
            if link.kind != nil { names[link.index] = link.name }
        }
        self.candidates = candidates
        self.names = names
        self.addresses = Dictionary(grouping: addresses, by: \.linkIndex)
    }

    /// The link of that name that can be a session's interface; nil if there is none.
    func link(named name: String) -> Link? { candidates[name] }

    /// How a link is; `namespace` is this namespace's name.
    func state(of link: Link, namespace: String?) -> InterfaceState {
        InterfaceState(
            link: link, addresses: (addresses[link.index] ?? []).map { $0.withoutLabel(of: link) },
            masterName: link.masterIndex.flatMap { names[$0] },
            namespace: namespace)
    }
}

/// In which named network namespaces the interfaces of sessions may be.
struct InterfacePlaces {
    /// What is recorded of them.
    let recorded: [SessionKey: Ownership.OwnedSession]
    /// Where they are configured to be, for those that are not to stay in the tunnels' namespace.
    var configured: [SessionKey: String]
    /// Those that the configuration names, which have to be there.
    let required: Set<String>
    /// All that are named.
    var namespaces: Set<String>

    init(_ configuration: Configuration, _ owned: Ownership) {
        recorded = owned.sessions
        configured = [:]
        for tunnel in configuration.tunnels {
            for session in tunnel.sessions {
                guard let namespace = session.interface.namespace else { continue }
                configured[session.specification.key] = namespace
            }
        }
        required = Set(configured.values)
        namespaces = required
        for session in owned.sessions.values {
            if let namespace = session.namespace { namespaces.insert(namespace) }
            namespaces.formUnion(session.formerNamespaces)
            if let namespace = session.kept?.namespace { namespaces.insert(namespace) }
        }
    }
}

/// Finds the interfaces of sessions: by the name that a session reports, which is its interface's at creation.
struct InterfaceMatching {
    /// The namespace of the tunnels.
    let home: NamespaceView
    /// The named ones.
    let named: [String: NamespaceView]

    private struct Place: Hashable {
        var namespace: String?
        var index: UInt32
    }

    /// The interfaces of sessions, without those that cannot be found.
    ///
    /// After a renaming two sessions may report the same name, of which one has the link at most. Which, only a MAC address
    /// tells that one of them alone is to have; if none does, it is taken for nobody's.
    ///
    /// - Parameters:
    ///   - sessions: All sessions.
    ///   - places: Where their interfaces may be.
    ///   - macAddresses: The MAC addresses by which a session's interface can be known; asked only in such a case.
    /// - Returns: The interfaces.
    func interfaces(
        of sessions: [Session], _ places: InterfacePlaces, macAddresses: (SessionKey) -> Set<MACAddress>
    ) -> [SessionKey: InterfaceState] {
        var interfaces = [SessionKey: InterfaceState](minimumCapacity: sessions.count)
        var claims = [Place: SessionKey](minimumCapacity: sessions.count)
        var disputes: [Place: [SessionKey]] = [:]
        func note(_ session: Session, _ name: String, in namespace: String?, isContested: Bool = true) -> Bool {
            guard let view = namespace.map({ named[$0] }) ?? home, let link = view.link(named: name) else {
                return false
            }
            let place = Place(namespace: namespace, index: link.index)
            if let claimant = claims[place] {
                guard isContested else { return false }
                disputes[place, default: [claimant]].append(session.key)
            } else {
                claims[place] = session.key
                interfaces[session.key] = view.state(of: link, namespace: namespace)
            }
            return true
        }
        var others: [Session] = []
        for session in sessions {
            guard let name = session.interfaceName else { continue }
            guard let record = places.recorded[session.key],
                note(session, name, in: record.namespace)
                    || record.formerNamespaces.contains(where: { note(session, name, in: $0) })
            else {
                others.append(session)
                continue
            }
        }
        for session in others {
            guard let name = session.interfaceName, !note(session, name, in: nil, isContested: false) else { continue }
            if let namespace = places.configured[session.key], note(session, name, in: namespace) { continue }
            _ = note(session, name, in: nil)
        }
        for keys in disputes.values { settle(keys, &interfaces, macAddresses) }
        return interfaces
    }

    /// Leaves an interface that was given to the first of some sessions to the one that it can be known to be of, if any.
    private func settle(
        _ claimants: [SessionKey], _ interfaces: inout [SessionKey: InterfaceState],
        _ macAddresses: (SessionKey) -> Set<MACAddress>
    ) {
        guard let interface = interfaces.removeValue(forKey: claimants[0]) else { return }
        guard let address = interface.link.macAddress else { return }
        let known = claimants.filter { macAddresses($0).contains(address) }
        if known.count == 1 { interfaces[known[0]] = interface }
    }
}
