internal import L2TPModel
internal import L2TPWire

/// Beginnings and ends.
extension EventReconciler {
    /// How long an implicit end of a tunnel is waited for after the last of its sessions has gone.
    static var suspicion: Duration { .seconds(1) }

    mutating func begin(_ tunnel: Tunnel, creator: UInt32?) {
        tunnels[tunnel.id] = TunnelRow(tunnel: tunnel, creator: creator)
    }

    mutating func begin(_ session: Session, creator: UInt32?) {
        let index = session.interfaceName.flatMap { links.claim($0, leaving: queuedCreations(interface: $0)) }
        let key = session.key
        sessions[key] = SessionRow(session: session, creator: creator, linkIndex: index)
        sessionsOfTunnel[key.tunnelID, default: []].insert(key.id)
        guard let index else { return }
        sessionOfLink[index] = key
        if !links.has(index) { look(at: .session(key), .linkRemoval) }
    }

    /// Takes a tunnel and its sessions out of the tables and reports that.
    mutating func end(_ id: TunnelID, _ cause: L2TPEvent.Cause, final: Statistics? = nil) {
        endings[.tunnel(id)] = nil
        guard var tunnel = tunnels.removeValue(forKey: id)?.tunnel else { return }
        if let final { tunnel.statistics = final }
        let keys = sessionsOfTunnel[id, default: []].map { SessionKey($0, in: id) }.sorted()
        // Whose own deletion was notified has an event of its own.
        for key in keys where endings[.session(key)]?.notification != nil { end(key, .notification) }
        let rest = keys.compactMap { remove($0)?.session }
        report(.tunnelDeleted(tunnel, sessions: rest), cause)
    }

    /// Takes a session out of the tables and reports that.
    mutating func end(_ key: SessionKey, _ cause: L2TPEvent.Cause, final: Statistics? = nil) {
        guard var session = remove(key)?.session else { return }
        if let final { session.statistics = final }
        report(.sessionDeleted(session), cause)
    }

    private mutating func remove(_ key: SessionKey) -> SessionRow? {
        endings[.session(key)] = nil
        guard let row = sessions.removeValue(forKey: key) else { return nil }
        if let index = row.linkIndex { sessionOfLink[index] = nil }
        sessionsOfTunnel[key.tunnelID]?.remove(key.id)
        if sessionsOfTunnel[key.tunnelID]?.isEmpty == true { sessionsOfTunnel[key.tunnelID] = nil }
        return row
    }

    /// A session has gone without a notification: most likely its tunnel is going, and the session is told with it.
    mutating func hold(_ key: SessionKey, _ cause: L2TPEvent.Cause, at now: Instant) {
        guard tunnels[key.tunnelID] != nil else { return end(key, cause) }
        if sessions[key]?.goneBecause == nil { sessions[key]?.goneBecause = cause }
        let tunnel = ObjectKey.tunnel(key.tunnelID)
        var ending =
            endings[tunnel]
            ?? Ending(notification: nil, cause: cause, nextLook: now, deadline: now + Self.suspicion)
        ending.deadline = max(ending.deadline, now + Self.suspicion)
        ending.nextLook = now
        endings[tunnel] = ending
    }

    /// Reports the sessions that went although their tunnel has stayed.
    mutating func release(_ id: TunnelID) {
        for key in sessionsOfTunnel[id, default: []].map({ SessionKey($0, in: id) }).sorted() {
            if let cause = sessions[key]?.goneBecause { end(key, cause) }
        }
    }

    /// Begins to look whether an object goes whose deletion was notified. A second notification is of the same
    /// deletion.
    mutating func watch(_ notification: L2TPNotification, sessionCount: Int, at now: Instant) {
        if endings[notification.key]?.notification != nil { return }
        endings[notification.key] = Ending(
            notification: notification, cause: .notification, nextLook: now + .milliseconds(1),
            deadline: now + .seconds(10) + .milliseconds(200) * sessionCount)
    }

    /// The object is still there: looks again later, or gives up.
    mutating func lookAgain(at key: ObjectKey, at now: Instant) {
        guard var ending = endings[key] else { return }
        guard now < ending.deadline else {
            endings[key] = nil
            if case .tunnel(let id) = key { release(id) }
            guard let notification = ending.notification else { return }
            if ending.isUncertain {
                // Or it has given way to one alike, and that was lost.
                ports.doubt(notification.requesterPortID, at: now)
                reportUnattributed(notification)
            } else {
                // It was another namespace's object with the same identifiers.
                ports.addForeign(notification.requesterPortID, at: now)
                passOver(notification)
            }
            return
        }
        ending.pause = min(ending.pause * 2, .milliseconds(100))
        ending.nextLook = now + ending.pause
        endings[key] = ending
    }
}

/// What a notification tells that cannot be confirmed by a look at its object.
extension EventReconciler {
    /// Reports a notification that may be this namespace's or not.
    mutating func reportUnattributed(_ notification: L2TPNotification) {
        if unattributed.count >= 1024 { unattributed = [] }
        switch notification.action {
        case .create: unattributed.insert(notification.key)
        case .delete: unattributed.remove(notification.key)
        case .modify: break
        }
        report(.unattributed(notification), .notification)
    }

    /// A notification that is another namespace's.
    mutating func passOver(_ notification: L2TPNotification) {
        foreignCount += 1
    }

    /// Whether a created object that is no longer there was in this namespace.
    ///
    /// A deletion is notified before it happens. If none waits, the object was never here, but for a managed
    /// tunnel whose socket was closed at once. Otherwise the interface of a tunnel's session, or its requester, must
    /// tell. That the requester was seen elsewhere does not: another one here may have its number.
    mutating func wasOurs(_ notification: L2TPNotification, isComplete: Bool, at now: Instant) -> Bool {
        let port = notification.requesterPortID
        guard isDeletionQueued(notification.key) || !isComplete else {
            if ports.ownEvidence(port, at: now) == 0 {
                ports.addForeign(port, at: now)
                passOver(notification)
            } else {
                ports.doubt(port, at: now)
                reportUnattributed(notification)
            }
            return false
        }
        if case .tunnel(let id) = notification.key, let isHere = isSessionHere(id, at: now) {
            if isHere { return true }
            if isComplete {
                ports.addForeign(port, at: now)
                passOver(notification)
                return false
            }
        }
        learnFromQueue(port, at: now)
        if ports.isOwn(port, at: now) { return true }
        reportUnattributed(notification)
        return false
    }
}
