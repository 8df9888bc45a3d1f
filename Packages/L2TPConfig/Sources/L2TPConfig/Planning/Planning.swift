internal import L2TPModel
internal import L2TPWire

/// A plan in the making.
struct Planning {
    /// What becomes of a tunnel or a session that exists.
    enum Fate {
        /// It is not configured: whether it stays depends on who created it.
        case unknown
        /// It is configured and stays.
        case stays
        /// It is deleted, and perhaps created again.
        case goes
    }

    /// A session that the plan creates.
    struct Creation {
        var tunnel: TunnelConfiguration
        var session: SessionConfiguration
    }

    /// A session whose interface the plan moves to another network namespace.
    struct Move {
        var path: ConfigurationPath
        var name: String
        var to: InterfaceSetup.Namespace
    }

    let current: CurrentState
    let owned: Ownership
    let adopts: Bool

    /// Where a tunnel stands in ``current``.
    private let tunnelIndexes: [TunnelID: Int]
    /// Where a session stands in ``current``.
    private let sessionIndexes: [SessionKey: Int]
    /// What becomes of each tunnel of ``current``.
    var tunnelFates: [Fate]
    /// What becomes of each session of ``current``.
    var sessionFates: [Fate]
    /// The links of ``current`` by name, made when they are first asked for.
    lazy var links = LinkIndex(current)
    /// Where the sessions of each tunnel stand in ``current``, made when it is first asked for.
    lazy var sessionsByTunnel = Dictionary(grouping: current.sessions.indices) { current.sessions[$0].tunnelID }

    var changes: [Change] = []
    var conflicts: [Conflict] = []
    var unchangedCount = 0
    var ownership = Ownership()
    /// What ``Plan/intent`` has otherwise than ``ownership``.
    var intended = Ownership()
    /// The tunnels that the plan creates.
    var createdTunnels: [TunnelConfiguration] = []
    /// The sessions that the plan creates.
    var createdSessions: [Creation] = []
    /// The interfaces that the plan moves.
    var moves: [Move] = []

    init(current: CurrentState, owned: Ownership, adopts: Bool) {
        self.current = current
        self.owned = owned
        self.adopts = adopts
        tunnelIndexes = Dictionary(
            zip(current.tunnels.lazy.map(\.id), current.tunnels.indices), uniquingKeysWith: { first, _ in first })
        var sessionIndexes: [SessionKey: Int] = [:]
        sessionIndexes.reserveCapacity(current.sessions.count)
        for (index, session) in current.sessions.enumerated() { sessionIndexes[session.key] = index }
        self.sessionIndexes = sessionIndexes
        tunnelFates = Array(repeating: .unknown, count: current.tunnels.count)
        sessionFates = Array(repeating: .unknown, count: current.sessions.count)
        ownership.tunnels.reserveCapacity(owned.tunnels.count)
        ownership.sessions.reserveCapacity(owned.sessions.count)
    }

    /// Where a tunnel stands in ``current``; nil if it does not exist.
    func tunnelIndex(_ id: TunnelID) -> Int? { tunnelIndexes[id] }

    /// Where a session stands in ``current``; nil if it does not exist.
    func sessionIndex(_ key: SessionKey) -> Int? { sessionIndexes[key] }

    /// The plan.
    consuming func plan() -> Plan {
        var intent = ownership
        intent.tunnels.merge(intended.tunnels) { $1 }
        intent.sessions.merge(intended.sessions) { $1 }
        return Plan(
            changes: changes, conflicts: conflicts, unchangedCount: unchangedCount, ownership: ownership,
            intent: intent)
    }

    /// Notes what stands in the way of something that is configured.
    mutating func note(_ path: ConfigurationPath?, _ message: String, remedy: String? = nil) {
        conflicts.append(Conflict(path, message, remedy: remedy))
    }
}

extension TunnelConfiguration {
    /// Where one of its sessions stands in a configuration: `tunnel.NAME.session.NAME`.
    func path(of session: SessionConfiguration) -> ConfigurationPath {
        path.appending("session", session.name)
    }
}

extension Array where Element: Equatable {
    /// Appends those elements that are not in it yet.
    mutating func formUnion(_ others: some Sequence<Element>) {
        for other in others where !contains(other) { append(other) }
    }
}
