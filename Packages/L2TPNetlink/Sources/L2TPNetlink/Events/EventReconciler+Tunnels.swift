internal import L2TPModel
internal import L2TPWire

/// Decisions about tunnels.
extension EventReconciler {
    mutating func resolve(
        _ notification: L2TPNotification, _ told: Tunnel, _ found: Tunnel?, isComplete: Bool, at now: Instant
    ) {
        switch notification.action {
        case .create: created(notification, told, found, isComplete: isComplete, at: now)
        case .modify:
            if found != nil || tunnels[told.id] != nil {
                resolveLook(at: told.id, found, .notification, at: now)
            } else {
                passOver(notification)
            }
        case .delete: deleted(notification, told, found, at: now)
        }
    }

    private mutating func created(
        _ notification: L2TPNotification, _ told: Tunnel, _ found: Tunnel?, isComplete: Bool, at now: Instant
    ) {
        let port = notification.requesterPortID
        let isConfirmed = found?.agrees(with: told) ?? false
        guard let found, isConfirmed || !isDeletionQueued(notification.key) else {
            // It is gone again, perhaps replaced by another of which a notification waits.
            if found == nil { end(told.id, .notification) }
            guard wasOurs(notification, isComplete: isComplete, at: now) else { return }
            end(told.id, .notification)
            begin(told, creator: port)
            report(.tunnelCreated(told), .requester)
            if !isComplete { look(at: notification.key, .requester) }
            return
        }
        guard let row = tunnels[told.id] else {
            begin(found, creator: isConfirmed ? port : nil)
            report(.tunnelCreated(found), .notification)
            if isConfirmed { ports.addOwn(port, at: now) }
            return
        }
        if let deletion = endings[notification.key]?.notification {
            createdAgain(notification, found, row, after: deletion, at: now)
        } else if !row.tunnel.agrees(with: found), isConfirmed {
            replace(row.tunnel, by: found, creator: port)
        } else if !row.tunnel.agrees(with: found) {
            resolveLook(at: told.id, found, .notification, at: now)
        } else if isSecond(notification, creator: row.creator, at: now) {
            replace(row.tunnel, by: found, creator: port)
        } else {
            tunnels[told.id]?.creator = port
        }
    }

    /// A deletion and a creation of a tunnel were notified before it was seen to be gone: either are ours or both
    /// another namespace's.
    private mutating func createdAgain(
        _ notification: L2TPNotification, _ found: Tunnel, _ row: TunnelRow, after deletion: L2TPNotification,
        at now: Instant
    ) {
        let port = notification.requesterPortID
        let isOther =
            !row.tunnel.agrees(with: found) || found.statistics.wereReset(since: row.tunnel.statistics)
            || hasLostSession(found.id)
        if isOther || ports.isOwn(port, at: now) || isSessionHere(found.id, at: now) == true {
            replace(row.tunnel, by: found, creator: port)
        } else {
            endings[notification.key] = nil
            release(found.id)
            reportUnattributed(deletion)
            reportUnattributed(notification)
        }
    }

    /// Whether a session of a tunnel has gone without a notification, as they do with their tunnel.
    private func hasLostSession(_ id: TunnelID) -> Bool {
        sessionsOfTunnel[id, default: []].contains { session in
            let key = SessionKey(session, in: id)
            guard let row = sessions[key], endings[.session(key)] == nil else { return false }
            return row.goneBecause != nil || row.linkIndex.map { !links.has($0) } ?? false
        }
    }

    private mutating func replace(_ old: Tunnel, by new: Tunnel, creator: UInt32) {
        end(old.id, .notification)
        begin(new, creator: creator)
        report(.tunnelCreated(new), .notification)
    }

    /// Whether the creation of an object that is known already is that of a second one with the same identifiers
    /// and values here, the first having gone without a notification.
    mutating func isSecond(_ notification: L2TPNotification, creator: UInt32?, at now: Instant) -> Bool {
        let port = notification.requesterPortID
        guard let creator else {
            // It was seen before its notification was read.
            return false
        }
        if ports.isForeign(port, at: now) {
            passOver(notification)
            return false
        }
        if creator != port, ports.isOwn(port, at: now) {
            if ports.ownEvidence(creator, at: now) > 1 { return true }
            // The first creation was more likely another namespace's.
            ports.doubt(creator, at: now)
            return false
        }
        // One of the two is another namespace's, it cannot be told which.
        ports.doubt(creator, at: now)
        ports.doubt(port, at: now)
        passOver(notification)
        return false
    }

    private mutating func deleted(
        _ notification: L2TPNotification, _ told: Tunnel, _ found: Tunnel?, at now: Instant
    ) {
        guard let row = tunnels[told.id], row.tunnel.agrees(with: told) else {
            if unattributed.contains(notification.key) {
                reportUnattributed(notification)
            } else {
                passOver(notification)
            }
            if (found == nil) != (tunnels[told.id] == nil) { look(at: notification.key, .resynchronization) }
            return
        }
        if found == nil {
            end(told.id, .notification, final: told.statistics)
            ports.addOwn(notification.requesterPortID, at: now)
        } else {
            tunnels[told.id]?.tunnel.statistics = found?.statistics ?? told.statistics
            watch(notification, sessionCount: sessionsOfTunnel[told.id]?.count ?? 0, at: now)
        }
    }

    /// A tunnel was looked at.
    mutating func resolveLook(at id: TunnelID, _ found: Tunnel?, _ cause: L2TPEvent.Cause, at now: Instant) {
        let key = ObjectKey.tunnel(id)
        // What was found may be another of the same identifier, which waits to be told.
        if isChangeQueued(key) { return look(at: key, cause) }
        guard let found else {
            if let port = endings[key]?.notification?.requesterPortID { ports.addOwn(port, at: now) }
            end(id, endings[key]?.cause ?? cause)
            return
        }
        guard let row = tunnels[id] else {
            begin(found, creator: nil)
            report(.tunnelCreated(found), cause)
            return
        }
        if !row.tunnel.agrees(with: found) {
            // Neither peer nor version can change; addresses and ports of a user's socket can.
            guard row.tunnel.peerID == found.peerID, row.tunnel.protocolVersion == found.protocolVersion,
                row.tunnel.encapsulation.kind == found.encapsulation.kind, endings[key]?.notification == nil
            else {
                end(id, cause)
                begin(found, creator: nil)
                report(.tunnelCreated(found), cause)
                return
            }
            tunnels[id]?.tunnel = found
            report(.tunnelModified(from: row.tunnel, to: found), cause)
        }
        tunnels[id]?.tunnel.statistics = found.statistics
        lookAgain(at: key, at: now)
    }
}
