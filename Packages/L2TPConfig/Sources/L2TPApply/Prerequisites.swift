internal import L2TPConfig
internal import L2TPModel

/// What must be there before a plan can be carried out.
struct Prerequisites {
    /// A bridge or VRF that an interface is to belong to.
    struct Master: Hashable {
        var name: String
        /// The named network namespace it is in; nil for the tunnels'.
        var namespace: String?
    }

    /// The local addresses of tunnels.
    var addresses: [IPAddress]
    /// The ways to their peers.
    var paths: [PeerPath]
    /// The links that interfaces are to belong to.
    var masters: [Master]
    /// Where the configuration asks for them.
    private var places: [Requirement: ConfigurationPath] = [:]

    /// One of them.
    enum Requirement: Hashable {
        case address(IPAddress)
        case path(PeerPath)
        case master(Master)
    }

    /// What the tunnels to be created and the interfaces to be set up need, each once.
    init(_ stages: StagedWork) {
        addresses = Self.distinct(stages.tunnels.map(\.local).filter { !$0.isAny })
        paths = Self.distinct(stages.tunnels.map(PeerPath.init))
        let setups =
            stages.sessions.map { ($0.specification.key, $0.setup, nil) }
            + stages.setups.map { ($0.key, $0.setup, $0.previous.namespace) }
        let wanted = setups.compactMap { key, setup, present -> (key: SessionKey, master: Master)? in
            guard case .named(let name) = setup.master else { return nil }
            return (key, Master(name: name, namespace: setup.destination(from: present)))
        }
        masters = Self.distinct(wanted.map(\.master))
        for tunnel in stages.tunnels {
            guard let path = stages.tunnelPaths[tunnel.id] else { continue }
            note(.address(tunnel.local), path.appending("local"))
            note(.path(PeerPath(tunnel)), path.appending("remote"))
        }
        for (key, master) in wanted { note(.master(master), stages.sessionPaths[key]?.appending("interface")) }
    }

    /// Where the configuration asks for something that is needed; the first place if there are several.
    func place(of requirement: Requirement) -> ConfigurationPath? { places[requirement] }

    private mutating func note(_ requirement: Requirement, _ path: ConfigurationPath?) {
        if places[requirement] == nil { places[requirement] = path }
    }

    /// Whether all is there.
    var isEmpty: Bool { count == 0 }

    /// How many there are.
    var count: Int { addresses.count + paths.count + masters.count }

    /// In words, one line each. A way from an address that is missing itself cannot be looked up yet.
    var descriptions: [String] {
        addresses.map { "address \($0)" }
            + paths.filter { path in !addresses.contains { $0 == path.source } }.map { "route to \($0.peer)" }
            + masters.map { "interface \($0.name)\($0.namespace.map { " in network namespace \($0)" } ?? "")" }
    }

    private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }
}

extension InterfaceSetup {
    /// The named network namespace that an interface is in afterwards; nil for the tunnels'.
    func destination(from present: String?) -> String? {
        switch namespace {
        case nil: present
        case .tunnels: nil
        case .named(let name): name
        }
    }
}
