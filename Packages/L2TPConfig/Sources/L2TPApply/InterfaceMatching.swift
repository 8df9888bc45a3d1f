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
            link: link, addresses: addresses[link.index] ?? [], masterName: link.masterIndex.flatMap { names[$0] },
            namespace: namespace)
    }
}

/// In which named network namespaces the interfaces of sessions may be.
struct InterfacePlaces {
    /// What is recorded of them.
    let recorded: [SessionKey: Ownership.OwnedSession]
    /// Where they are configured to be, for those that are not to stay in the tunnels' namespace.
    var configured: [SessionKey: String]
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
        namespaces = Set(configured.values)
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
    /// After a renaming two sessions may report the same name: what is recorded takes precedence, and no link is two
    /// sessions' interface.
    func interfaces(of sessions: [Session], _ places: InterfacePlaces) -> [SessionKey: InterfaceState] {
        var interfaces = [SessionKey: InterfaceState](minimumCapacity: sessions.count)
        var taken = Set<Place>(minimumCapacity: sessions.count)
        func note(_ session: Session, _ name: String, in namespace: String?) -> Bool {
            guard let view = namespace.map({ named[$0] }) ?? home, let link = view.link(named: name),
                taken.insert(Place(namespace: namespace, index: link.index)).inserted
            else { return false }
            interfaces[session.key] = view.state(of: link, namespace: namespace)
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
            guard let name = session.interfaceName, !note(session, name, in: nil) else { continue }
            if let namespace = places.configured[session.key], note(session, name, in: namespace) { continue }
        }
        return interfaces
    }
}
