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

    /// What the tunnels to be created and the interfaces to be set up need, each once.
    init(_ stages: StagedWork) {
        addresses = Self.distinct(stages.tunnels.map(\.local).filter { !$0.isAny })
        paths = Self.distinct(stages.tunnels.map(PeerPath.init))
        let setups =
            stages.sessions.map { ($0.setup, nil) } + stages.setups.map { ($0.setup, $0.previous.namespace) }
        masters = Self.distinct(
            setups.compactMap { setup, present in
                guard case .named(let name) = setup.master else { return nil }
                return Master(name: name, namespace: setup.destination(from: present))
            })
    }

    /// Whether all is there.
    var isEmpty: Bool { addresses.isEmpty && paths.isEmpty && masters.isEmpty }

    /// In words, one line each.
    var descriptions: [String] {
        addresses.map { "address \($0)" } + paths.map { "route to \($0.peer)" }
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
