internal import L2TPConfig
internal import L2TPModel
internal import L2TPWire

/// The steps of a plan as ``Stages`` orders them, with what the requests of each stage are made of.
struct StagedWork {
    /// A session to be changed in place.
    struct Modification {
        var key: SessionKey
        var modification: SessionModification
        var previous: SessionModification
    }

    /// A session to be created.
    struct Creation {
        var specification: SessionSpecification
        var setup: InterfaceSetup
    }

    /// An interface to be changed.
    struct Setup {
        var key: SessionKey
        var setup: InterfaceSetup
        var previous: InterfaceState
    }

    var modifications: [Modification] = []
    var tunnelDeletions: [TunnelSnapshot] = []
    var sessionDeletions: [SessionSnapshot] = []
    var tunnels: [TunnelSpecification] = []
    var sessions: [Creation] = []
    var setups: [Setup] = []
    /// Where the configuration asks for tunnels.
    var tunnelPaths: [TunnelID: ConfigurationPath] = [:]
    /// Where it asks for sessions.
    var sessionPaths: [SessionKey: ConfigurationPath] = [:]

    init(_ plan: Plan) {
        for change in plan.changes {
            if let path = change.path {
                switch change.object {
                case .tunnel(let id): tunnelPaths[id] = path
                case .session(let key): sessionPaths[key] = path
                }
            }
        }
        for step in plan.stages.all { append(step) }
    }

    private mutating func append(_ step: Step) {
        switch step {
        case .modifySession(let key, let modification, let previous):
            modifications.append(Modification(key: key, modification: modification, previous: previous))
        case .deleteSession(let snapshot): sessionDeletions.append(snapshot)
        case .deleteTunnel(let snapshot): tunnelDeletions.append(snapshot)
        case .createTunnel(let tunnel): tunnels.append(tunnel)
        case .createSession(let session, let setup):
            sessions.append(Creation(specification: session, setup: setup))
        case .setUpInterface(let key, let setup, let previous):
            setups.append(Setup(key: key, setup: setup, previous: previous))
        }
    }

    /// Whether the kernel is to be asked for nothing.
    var isEmpty: Bool {
        modifications.isEmpty && tunnelDeletions.isEmpty && sessionDeletions.isEmpty && tunnels.isEmpty
            && sessions.isEmpty && setups.isEmpty
    }
}
