internal import L2TPConfig
internal import L2TPModel
internal import L2TPWire
internal import Netlink

/// What is needed to take a ``Journal`` back, and what could not be taken back.
struct Undoing {
    /// An interface that is to become what it was.
    struct Interface {
        var key: SessionKey
        /// Its name.
        var name: String
        /// The namespaces it may be in, the likeliest first; nil stands for the tunnels'.
        var places: [String?]
        /// What makes it what it was.
        var setup: InterfaceSetup
    }

    /// What there is.
    struct Present {
        private let tunnels: [TunnelID: Tunnel]
        private let sessions: [SessionKey: Session]
        /// The sessions of each tunnel.
        let members: [TunnelID: [Session]]

        init(_ tunnels: [Tunnel], _ sessions: [Session]) {
            self.tunnels = Dictionary(tunnels.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            self.sessions = Dictionary(sessions.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
            members = Dictionary(grouping: sessions, by: \.tunnelID)
        }

        subscript(id: TunnelID) -> Tunnel? { tunnels[id] }

        subscript(key: SessionKey) -> Session? { sessions[key] }

        /// Whether there is what a specification creates.
        func has(_ specification: TunnelSpecification) -> Bool {
            tunnels[specification.id]?.fulfils(specification) ?? false
        }

        /// Whether there is what a specification creates, but for what the kernel changes in place.
        func has(_ specification: SessionSpecification) -> Bool {
            sessions[specification.key]?.mayHaveBeenCreated(from: specification) ?? false
        }
    }

    let journal: Journal
    /// The tunnels that may have been created.
    let createdTunnels: [TunnelSpecification]
    /// The sessions that may have been created.
    let createdSessions: [SessionKey: SessionSpecification]
    /// The tunnels that may have been deleted, without their sessions.
    let deletedTunnels: [TunnelSpecification]
    /// The sessions that may have been deleted, by themselves or with their tunnels.
    let deletedSessions: [SessionSnapshot]

    /// What could not be taken back, one line each.
    private(set) var standing: [String] = []
    private(set) var doneCount = 0
    /// How many objects the journal is about.
    let totalCount: Int

    init(_ journal: Journal) {
        self.journal = journal
        createdTunnels = journal.tunnelCreations.filter { $0.outcome != .refused }.map(\.specification)
        createdSessions = Dictionary(
            journal.sessionCreations.lazy.filter { $0.outcome != .refused }.map {
                ($0.specification.key, $0.specification)
            },
            uniquingKeysWith: { $1 })
        let tunnels = journal.tunnelDeletions.filter { $0.outcome != .refused }
        deletedTunnels = tunnels.map(\.snapshot.specification)
        deletedSessions =
            tunnels.flatMap(\.snapshot.sessions)
            + journal.sessionDeletions.filter { $0.outcome != .refused }.map(\.snapshot)
        totalCount =
            journal.modifications.count + journal.interfaceChanges.count + createdTunnels.count + createdSessions.count
            + deletedTunnels.count + deletedSessions.count
    }

    /// The interfaces that were changed, each with what changes it back.
    var changedInterfaces: [Interface] {
        journal.interfaceChanges.compactMap { change in
            let previous = change.previous
            let destination = change.setup.destination(from: previous.namespace)
            let step = Step.setUpInterface(change.key, change.setup, previous: previous)
            for case .setUpInterface(let key, let setup, _) in step.undone() {
                return Interface(
                    key: key, name: previous.link.name,
                    places: destination == previous.namespace ? [destination] : [previous.namespace, destination],
                    setup: setup)
            }
            return nil
        }
    }

    /// The interface of a session that was created again, with what makes it what it was; nil if it needs nothing.
    static func interface(of snapshot: SessionSnapshot) -> Interface? {
        guard let name = snapshot.interface?.link.name else { return nil }
        for case .createSession(let session, let setup) in Step.deleteSession(snapshot).undone() {
            guard !setup.isEmpty else { return nil }
            let destination = setup.destination(from: nil)
            return Interface(
                key: session.key, name: name, places: destination == nil ? [nil] : [nil, destination], setup: setup)
        }
        return nil
    }

    /// The deletions that failed, and may be under way all the same, that are not done yet.
    func undecided(_ present: Present) -> (isEmpty: Bool, isAccepted: Bool) {
        var outcomes: [Journal.Outcome] = []
        for deletion in journal.tunnelDeletions where deletion.outcome != .done && deletion.outcome != .refused {
            if present.has(deletion.snapshot.specification) { outcomes.append(deletion.outcome) }
        }
        for deletion in journal.sessionDeletions where deletion.outcome != .done && deletion.outcome != .refused {
            if present.has(deletion.snapshot.specification) { outcomes.append(deletion.outcome) }
        }
        return (outcomes.isEmpty, outcomes.contains(.accepted))
    }

    /// Notes that so many objects are as they were.
    mutating func note(doneCount count: Int) { doneCount += count }

    /// Notes what could not be taken back of an object, and why.
    mutating func note(_ object: String, _ state: String, _ error: ApplyError?) {
        var line = "\(object) \(state)"
        if let error {
            line += ": \(error.explanation)"
            if let errno = error.errno { line += " (\(errno.symbol))" }
        }
        standing.append(line)
    }
}
