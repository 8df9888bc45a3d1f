internal import L2TPConfig
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire

/// Carrying a plan out, stage by stage: creations and deletions many at a time, changes in place one after the other.
extension Applier where Transport: ~Copyable {
    /// How many deletions, which are waited for, go without asking whether the run is to end.
    private static var deletionChunk: Int { 256 }

    /// Carries all stages out and notes in `journal` what was asked for.
    mutating func carryOut(
        _ stages: StagedWork, until deadline: ContinuousClock.Instant, _ journal: inout Journal,
        _ isCancelled: () -> Bool, _ progress: (ApplyProgress) -> Void
    ) throws(ApplyError) {
        try modify(stages, &journal, isCancelled, progress)
        try deleteTunnels(stages, &journal, isCancelled, progress)
        try deleteSessions(stages, &journal, isCancelled, progress)
        try createTunnels(stages, until: deadline, &journal, isCancelled, progress)
        try createSessions(stages, until: deadline, &journal, isCancelled, progress)
        try setUpInterfaces(stages, &journal, isCancelled, progress)
    }

    /// Whether what is to be deleted is still what the plan says.
    ///
    /// Throws ``ApplyError`` with reason `conflict` if not.
    mutating func checkDeletions(_ stages: StagedWork) throws(ApplyError) {
        guard !stages.tunnelDeletions.isEmpty || !stages.sessionDeletions.isEmpty else { return }
        func outdated(_ text: String) -> ApplyError {
            ApplyError(.conflict, "\(text) since the plan was made", remedy: "run it again")
        }
        let tunnels: [Tunnel?]
        let sessions: [Session]
        do throws(L2TPError) {
            tunnels = try client.tunnels(stages.tunnelDeletions.map(\.specification.id))
            sessions = try client.sessions()
        } catch {
            throw ApplyError(error)
        }
        for (snapshot, tunnel) in zip(stages.tunnelDeletions, tunnels) {
            guard let tunnel, tunnel.fulfils(snapshot.specification) else {
                throw outdated("tunnel \(snapshot.specification.id) has changed")
            }
        }
        var planned = Dictionary(
            (stages.tunnelDeletions.flatMap(\.sessions) + stages.sessionDeletions).map {
                ($0.specification.key, $0.specification)
            }, uniquingKeysWith: { first, _ in first })
        let doomed = Set(stages.tunnelDeletions.map(\.specification.id))
        for session in sessions {
            if let specification = planned.removeValue(forKey: session.key) {
                guard session.mayHaveBeenCreated(from: specification) else {
                    throw outdated("\(session.key) has changed")
                }
            } else if doomed.contains(session.tunnelID) {
                throw outdated("\(session.key) has come")
            }
        }
        if let key = planned.keys.min() { throw outdated("\(key) has gone") }
    }

    /// Whether the interfaces to be deleted or changed are still as the plan says, so that what is to be kept or given
    /// back is what they have.
    ///
    /// Throws ``ApplyError`` with reason `conflict` if not.
    func checkInterfaces(_ stages: StagedWork) throws(ApplyError) {
        let deleted = stages.tunnelDeletions.flatMap(\.sessions) + stages.sessionDeletions
        let planned = deleted.compactMap(\.interface) + stages.setups.map(\.previous)
        for (namespace, states) in Dictionary(grouping: planned, by: \.namespace) {
            let view = try reader.view(namespace)
            for state in states {
                let name = state.link.name
                guard let link = view.link(named: name), view.state(of: link, namespace: namespace).isLike(state) else {
                    throw ApplyError(
                        .conflict,
                        "interface \(name)\(LinkAccess<Transport>.place(namespace)) has changed since the plan was made",
                        remedy: "run it again")
                }
            }
        }
    }

    private mutating func modify(
        _ stages: StagedWork, _ journal: inout Journal, _ isCancelled: () -> Bool, _ progress: (ApplyProgress) -> Void
    ) throws(ApplyError) {
        for (index, step) in stages.modifications.enumerated() {
            if isCancelled() { throw .interrupted }
            progress(ApplyProgress(.modifying, doneCount: index, totalCount: stages.modifications.count))
            var outcome = Journal.Outcome.done
            defer {
                journal.modifications.append(
                    Journal.Modification(key: step.key, previous: step.previous, outcome: outcome))
            }
            do throws(L2TPError) {
                try client.modifySession(step.key.id, in: step.key.tunnelID, step.modification)
            } catch {
                outcome = .uncertain
                throw ApplyError(error, path: stages.sessionPaths[step.key])
            }
        }
    }

    private mutating func deleteTunnels(
        _ stages: StagedWork, _ journal: inout Journal, _ isCancelled: () -> Bool, _ progress: (ApplyProgress) -> Void
    ) throws(ApplyError) {
        let total = stages.deletionCount
        var done = 0
        for chunk in stages.tunnelDeletions.chunks(of: Self.deletionChunk) {
            if isCancelled() { throw .interrupted }
            progress(ApplyProgress(.deleting, doneCount: done, totalCount: total))
            let ids = chunk.map(\.specification.id)
            let sessionCount = chunk.reduce(0) { $0 + $1.sessions.count }
            let errors = client.deleteTunnels(ids) { wait in
                let gone = sessionCount - min(wait.remainingInterfaces, sessionCount)
                progress(ApplyProgress(.deleting, doneCount: done + gone, totalCount: total))
            }
            for (snapshot, error) in zip(chunk, errors) {
                journal.tunnelDeletions.append(
                    Journal.TunnelDeletion(snapshot: snapshot, outcome: Journal.Outcome(deletion: error)))
            }
            // One that has gone by itself is what was wanted; it is looked at below whether it has.
            let missing = zip(ids, errors).filter { $1?.reason == .notFound }.map(\.0)
            try fail(errors.filter { $0?.reason != .notFound }, stages)
            try expectGone(missing, errors) { (client) throws(L2TPError) in
                try client.tunnels(missing).contains { $0 != nil }
            }
            done += chunk.count + sessionCount
        }
    }

    private mutating func deleteSessions(
        _ stages: StagedWork, _ journal: inout Journal, _ isCancelled: () -> Bool, _ progress: (ApplyProgress) -> Void
    ) throws(ApplyError) {
        let total = stages.deletionCount
        var done = total - stages.sessionDeletions.count
        for chunk in stages.sessionDeletions.chunks(of: Self.deletionChunk) {
            if isCancelled() { throw .interrupted }
            progress(ApplyProgress(.deleting, doneCount: done, totalCount: total))
            let keys = chunk.map(\.specification.key)
            let errors = client.deleteSessions(keys) { wait in
                let gone = keys.count - min(wait.remainingInterfaces, keys.count)
                progress(ApplyProgress(.deleting, doneCount: done + gone, totalCount: total))
            }
            for (snapshot, error) in zip(chunk, errors) {
                journal.sessionDeletions.append(
                    Journal.SessionDeletion(snapshot: snapshot, outcome: Journal.Outcome(deletion: error)))
            }
            let missing = zip(keys, errors).filter { $1?.reason == .notFound }.map(\.0)
            try fail(errors.filter { $0?.reason != .notFound }, stages)
            try expectGone(missing, errors) { (client) throws(L2TPError) in
                try client.sessions(missing).contains { $0 != nil }
            }
            done += chunk.count
        }
    }

    private mutating func setUpInterfaces(
        _ stages: StagedWork, _ journal: inout Journal, _ isCancelled: () -> Bool, _ progress: (ApplyProgress) -> Void
    ) throws(ApplyError) {
        if isCancelled() { throw .interrupted }
        let total = stages.sessions.count + stages.setups.count
        guard total > 0 else { return }
        progress(ApplyProgress(.settingUpInterfaces, doneCount: 0, totalCount: total))
        for step in stages.setups {
            journal.interfaceChanges.append(
                Journal.InterfaceChange(key: step.key, setup: step.setup, previous: step.previous))
        }
        var tasks = stages.setups.map { InterfaceTask($0.key, $0.setup, present: $0.previous) }
        tasks += try locateCreated(stages.sessions)
        try setUp(tasks, paths: stages.sessionPaths, isCancelled) { done in
            progress(ApplyProgress(.settingUpInterfaces, doneCount: done, totalCount: total))
        }
    }

    /// Throws the first of errors.
    func fail(_ errors: [L2TPError?], _ stages: StagedWork) throws(ApplyError) {
        guard let error = errors.lazy.compactMap({ $0 }).first else { return }
        let path: ConfigurationPath? =
            switch error.object {
            case .tunnel(let id): stages.tunnelPaths[id]
            case .session(let id, let tunnelID): stages.sessionPaths[SessionKey(id, in: tunnelID)]
            default: nil
            }
        throw ApplyError(error, path: path)
    }

    /// Throws the error of a deletion that found nothing if there is something all the same.
    private mutating func expectGone(
        _ missing: [some Any], _ errors: [L2TPError?],
        isPresent: (inout L2TPClient<Transport>) throws(L2TPError) -> Bool
    ) throws(ApplyError) {
        guard !missing.isEmpty else { return }
        do throws(L2TPError) {
            guard try isPresent(&client) else { return }
        } catch {
            throw ApplyError(error)
        }
        for case let error? in errors { throw ApplyError(error) }
    }
}

extension Array {
    /// The members in groups of at most that many.
    func chunks(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}

extension Journal.Outcome {
    /// What the error of a creation tells.
    init(creation error: L2TPError?) {
        switch error?.reason {
        case nil: self = .done
        case .exists, .invalid, .notPermitted, .addressNotLocal, .addressTentative, .portTaken, .noRoute:
            self = .refused
        default: self = .uncertain
        }
    }

    /// What the error of a deletion tells.
    init(deletion error: L2TPError?) {
        switch error?.reason {
        case nil: self = .done
        case .invalid, .ambiguous, .notPermitted: self = .refused
        case .timedOut: self = .accepted
        default: self = .uncertain
        }
    }
}

extension InterfaceState {
    /// Whether an interface is the same and has the same, but for what comes and goes by itself.
    fileprivate func isLike(_ other: Self) -> Bool {
        link.index == other.link.index && link.mtu == other.link.mtu && link.macAddress == other.link.macAddress
            && link.alias == other.link.alias && link.isUp == other.link.isUp && masterName == other.masterName
            && keptAddresses == other.keptAddresses
    }

    private var keptAddresses: Set<AddressSpecification> {
        Set(
            addresses.lazy.filter(link.keeps).map { address in
                var specification = address.specification
                specification.attributes = address.attributes.withoutRemainingTime
                return specification
            })
    }
}

extension StagedWork {
    /// How many tunnels and sessions are deleted, with those that go with their tunnel.
    fileprivate var deletionCount: Int {
        tunnelDeletions.reduce(sessionDeletions.count) { $0 + 1 + $1.sessions.count }
    }
}
