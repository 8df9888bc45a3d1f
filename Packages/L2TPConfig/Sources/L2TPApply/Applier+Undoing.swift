internal import L2TPConfig
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import LinkControl
internal import Netlink

/// Taking back what the kernel was asked for, in reverse, many requests at a time. Nothing here ends at the first error:
/// what fails is attempted again, and told if it keeps failing.
extension Applier where Transport: ~Copyable {
    /// Makes everything what it was before what a journal tells was asked for.
    ///
    /// Where it is not known what became of a request, it is looked what there is.
    ///
    /// - Returns: What could not be taken back, one line each.
    mutating func undo(_ journal: Journal, _ progress: (ApplyProgress) -> Void) -> [String] {
        var undoing = Undoing(journal)
        guard undoing.totalCount > 0 else { return [] }
        func report(_ undoing: Undoing) {
            progress(ApplyProgress(.undoing, doneCount: undoing.doneCount, totalCount: undoing.totalCount))
        }
        report(undoing)
        restore(undoing.changedInterfaces, &undoing)
        report(undoing)
        removeCreations(&undoing)
        report(undoing)
        let restored = createAgain(&undoing)
        report(undoing)
        // These count as done with their sessions.
        restore(restored.compactMap(Undoing.interface), &undoing, isCounted: false)
        restoreSettings(&undoing)
        report(undoing)
        return undoing.standing
    }

    // MARK: Interfaces

    /// Makes interfaces what they were: all at once and, if that fails, one by one.
    private mutating func restore(
        _ interfaces: [Undoing.Interface], _ undoing: inout Undoing, isCounted: Bool = true
    ) {
        var pending = interfaces.filter { !$0.setup.isEmpty }
        var errors: [SessionKey: ApplyError] = [:]
        for attempt in 0..<Self.attempts where !pending.isEmpty {
            if attempt > 1 { try? pause() }
            let tasks: [InterfaceTask?]
            do throws(ApplyError) {
                tasks = try locate(pending)
            } catch {
                for interface in pending { errors[interface.key] = error }
                continue
            }
            if attempt == 0 {
                if (try? setUp(tasks.compactMap(\.self))) != nil {
                    pending = zip(pending, tasks).compactMap { $1 == nil ? $0 : nil }
                }
                continue
            }
            var failed: [Undoing.Interface] = []
            for (interface, task) in zip(pending, tasks) {
                do throws(ApplyError) {
                    guard let task else { throw ApplyError(.other, "it cannot be found") }
                    try setUp([task])
                } catch {
                    errors[interface.key] = error
                    failed.append(interface)
                }
            }
            pending = failed
        }
        for interface in pending {
            undoing.note("interface \(interface.name) of \(interface.key)", "is not what it was", errors[interface.key])
        }
        if isCounted { undoing.note(doneCount: interfaces.count - pending.count) }
    }

    /// How interfaces are now; nil for one that cannot be found.
    private func locate(_ interfaces: [Undoing.Interface]) throws(ApplyError) -> [InterfaceTask?] {
        var views: [String?: NamespaceView] = [:]
        for place in Set(interfaces.flatMap(\.places)) where access.exists(place) {
            views[place] = try reader.view(place)
        }
        return interfaces.map { interface in
            for place in interface.places {
                guard let view = views[place], let link = view.link(named: interface.name) else { continue }
                var task = InterfaceTask(
                    interface.key, interface.setup, present: view.state(of: link, namespace: place))
                task.restoresAttributes = true
                return task
            }
            return nil
        }
    }

    // MARK: Creations

    /// Deletes what was created.
    private mutating func removeCreations(_ undoing: inout Undoing) {
        guard !undoing.createdTunnels.isEmpty || !undoing.createdSessions.isEmpty else { return }
        var errors: [Change.Object: ApplyError] = [:]
        for attempt in 0...Self.attempts {
            let present: Undoing.Present
            do throws(ApplyError) {
                present = try look()
            } catch {
                if attempt < Self.attempts { continue }
                for tunnel in undoing.createdTunnels { undoing.note("tunnel \(tunnel.id)", "may still exist", error) }
                for key in undoing.createdSessions.keys.sorted() { undoing.note("\(key)", "may still exist", error) }
                return
            }
            let (tunnels, sessions, shared) = undoing.creations(in: present)
            guard attempt < Self.attempts, !(tunnels.isEmpty && sessions.isEmpty) else {
                for id in tunnels { undoing.note("tunnel \(id)", "still exists", errors[.tunnel(id)]) }
                for key in sessions { undoing.note("\(key)", "still exists", errors[.session(key)]) }
                for (id, foreign) in shared {
                    undoing.note(
                        "tunnel \(id)", "still exists: somebody else has created session \(foreign) in it", nil)
                }
                undoing.note(
                    doneCount: undoing.createdTunnels.count + undoing.createdSessions.count - tunnels.count
                        - sessions.count - shared.count)
                return
            }
            if attempt > 0 { try? pause() }
            for (id, error) in zip(tunnels, client.deleteTunnels(tunnels)) {
                errors[.tunnel(id)] = error.map { ApplyError($0) }
            }
            for (key, error) in zip(sessions, client.deleteSessions(sessions)) {
                errors[.session(key)] = error.map { ApplyError($0) }
            }
        }
    }

    // MARK: Deletions

    /// Creates again what was deleted, and returns the sessions of it.
    private mutating func createAgain(_ undoing: inout Undoing) -> [SessionSnapshot] {
        guard !undoing.deletedTunnels.isEmpty || !undoing.deletedSessions.isEmpty else { return [] }
        let present: Undoing.Present
        do throws(ApplyError) {
            present = try lookWhenSettled(undoing)
        } catch {
            for tunnel in undoing.deletedTunnels { undoing.note("tunnel \(tunnel.id)", "may be gone", error) }
            for session in undoing.deletedSessions {
                undoing.note("\(session.specification.key)", "may be gone", error)
            }
            return []
        }
        noteUnderWay(present, &undoing)
        let tunnels = undoing.deletedTunnels.filter { !present.has($0) }
        let missingTunnels = createAgain(tunnels) { client, tunnels in
            client.createTunnels(tunnels)
        } has: { present, tunnel in
            present.has(tunnel)
        }
        for (tunnel, error) in missingTunnels { undoing.note("tunnel \(tunnel.id)", "is gone", error) }
        // What has taken a tunnel's place is somebody else's, and gets no session of ours.
        let goneTunnels = Set(missingTunnels.map(\.0.id))
        var stranded: [SessionSnapshot] = []
        var sessions: [SessionSnapshot] = []
        for session in undoing.deletedSessions where !present.has(session.specification) {
            if goneTunnels.contains(session.specification.tunnelID) {
                stranded.append(session)
            } else {
                sessions.append(session)
            }
        }
        for session in stranded { undoing.note("\(session.specification.key)", "is gone with its tunnel", nil) }
        let missing = createAgain(sessions) { client, sessions in
            client.createSessions(sessions.map(\.specification))
        } has: { present, session in
            present.has(session.specification)
        }
        for (session, error) in missing { undoing.note("\(session.specification.key)", "is gone", error) }
        undoing.note(
            doneCount: undoing.deletedTunnels.count + undoing.deletedSessions.count - missingTunnels.count
                - stranded.count - missing.count)
        let isMissing = Set(missing.map(\.0.specification.key))
        let restored = sessions.filter { !isMissing.contains($0.specification.key) }
        for session in restored where session.interface == nil && session.specification.pseudowireType == .ethernet {
            undoing.note(
                "\(session.specification.key)", "has a new interface: the one that it had could not be found", nil)
        }
        return restored
    }

    /// Looks until no deletion can be under way any more, as far as that can be told.
    private mutating func lookWhenSettled(_ undoing: Undoing) throws(ApplyError) -> Undoing.Present {
        let start = ContinuousClock.now
        var count = 0
        while true {
            let present = try lookPersistently()
            count += 1
            let (isSettled, isAccepted) = undoing.undecided(present)
            let limit = isAccepted ? delays.acceptedSuspense : delays.suspense
            guard !isSettled, count < Self.attempts || start.duration(to: .now) < limit else { return present }
            try pause()
        }
    }

    /// Notes what is still there and is going to go.
    private func noteUnderWay(_ present: Undoing.Present, _ undoing: inout Undoing) {
        for deletion in undoing.journal.tunnelDeletions
        where deletion.outcome == .accepted && present.has(deletion.snapshot.specification) {
            undoing.note(
                "tunnel \(deletion.snapshot.specification.id)", "is going to be gone: its deletion is under way", nil)
        }
        for deletion in undoing.journal.sessionDeletions
        where deletion.outcome == .accepted && present.has(deletion.snapshot.specification) {
            undoing.note(
                "\(deletion.snapshot.specification.key)", "is going to be gone: its deletion is under way", nil)
        }
    }

    /// Creates objects of a kind, as often as it is worth an attempt; what is still missing, and why.
    private mutating func createAgain<Object>(
        _ objects: [Object], _ create: (inout L2TPClient<Transport>, [Object]) -> [L2TPError?],
        has: (Undoing.Present, Object) -> Bool
    ) -> [(Object, ApplyError)] {
        var pending = objects
        var attempt = 0
        let deadline = ContinuousClock.now + delays.aftermath
        while !pending.isEmpty {
            let errors = create(&client, pending)
            var failed = zip(pending, errors).compactMap { object, error in error.map { (object, $0) } }
            if failed.isEmpty { break }
            // What was answered with an error may be there all the same.
            if let present = try? lookPersistently() { failed.removeAll { has(present, $0.0) } }
            attempt += 1
            let isAftermath = failed.contains { $0.1.reason == .exists || $0.1.reason == .portTaken }
            guard attempt < Self.attempts || isAftermath && .now < deadline, (try? pause()) != nil else {
                return failed.map { ($0, ApplyError($1)) }
            }
            pending = failed.map(\.0)
        }
        return []
    }

    // MARK: Modifications

    /// Gives sessions that were changed in place the settings back that they had.
    private mutating func restoreSettings(_ undoing: inout Undoing) {
        for modification in undoing.journal.modifications.reversed() {
            var failure: L2TPError?
            for attempt in 0..<Self.attempts {
                if attempt > 0 { try? pause() }
                do throws(L2TPError) {
                    try client.modifySession(
                        modification.key.id, in: modification.key.tunnelID, modification.previous)
                    failure = nil
                } catch {
                    failure = error
                }
                if failure == nil || failure?.reason == .notFound { break }
            }
            if let failure { undoing.note("\(modification.key)", "is not what it was", ApplyError(failure)) }
            if failure == nil { undoing.note(doneCount: 1) }
        }
    }

    // MARK: Looking

    private mutating func look() throws(ApplyError) -> Undoing.Present {
        do throws(L2TPError) {
            let tunnels = try client.tunnels()
            return Undoing.Present(tunnels, try client.sessions())
        } catch {
            throw ApplyError(error)
        }
    }

    private mutating func lookPersistently() throws(ApplyError) -> Undoing.Present {
        for _ in 1..<Self.attempts {
            if let present = try? look() { return present }
            try pause()
        }
        return try look()
    }
}

extension Undoing {
    /// What there is of what was created: the tunnels to delete, the sessions to delete by themselves, and the tunnels that
    /// cannot go, for somebody else has created a session in them.
    fileprivate func creations(
        in present: Present
    ) -> (tunnels: [TunnelID], sessions: [SessionKey], shared: [(TunnelID, SessionID)]) {
        var tunnels: [TunnelID] = []
        var shared: [(TunnelID, SessionID)] = []
        var goesWithTunnel: Set<TunnelID> = []
        for tunnel in createdTunnels where present.has(tunnel) {
            let foreign = present.members[tunnel.id]?.first { session in
                !(createdSessions[session.key].map(session.mayHaveBeenCreated) ?? false)
            }
            if let foreign {
                shared.append((tunnel.id, foreign.id))
            } else {
                tunnels.append(tunnel.id)
                goesWithTunnel.insert(tunnel.id)
            }
        }
        let sessions = createdSessions.values.filter { !goesWithTunnel.contains($0.tunnelID) && present.has($0) }
        return (tunnels, sessions.map(\.key).sorted(), shared)
    }
}
