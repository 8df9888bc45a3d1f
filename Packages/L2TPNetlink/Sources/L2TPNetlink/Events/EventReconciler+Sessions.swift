internal import L2TPModel
internal import L2TPWire

/// Decisions about sessions.
extension EventReconciler {
    mutating func resolve(
        _ notification: L2TPNotification, _ told: Session, _ found: Session?, isComplete: Bool, at now: Instant
    ) {
        switch notification.action {
        case .create: created(notification, told, found, isComplete: isComplete, at: now)
        case .modify: modified(notification, told, found, isComplete: isComplete, at: now)
        case .delete: deleted(notification, told, found, at: now)
        }
    }

    // MARK: - Creation

    private mutating func created(
        _ notification: L2TPNotification, _ told: Session, _ found: Session?, isComplete: Bool, at now: Instant
    ) {
        let key = told.key
        let port = notification.requesterPortID
        let isConfirmed = found?.isSameObject(as: told) ?? false
        guard let found, isConfirmed || !isDeletionQueued(notification.key) else {
            createdBriefly(notification, told, isGone: found == nil, isComplete: isComplete, at: now)
            return
        }
        guard let row = sessions[key] else {
            if isConfirmed { ports.addOwn(port, at: now) }
            beginSeen(isConfirmed ? told : found, creator: isConfirmed ? port : nil, .notification)
            // Changes made since have notifications of their own, which may wait.
            if isConfirmed, !told.agrees(with: found) { look(at: notification.key, .resynchronization) }
            return
        }
        guard isConfirmed else { return resolveLook(at: key, found, .notification, at: now) }
        if !row.session.isSameObject(as: told) || isReplaced(notification, row, at: now) {
            end(key, .notification)
            ports.addOwn(port, at: now)
            beginSeen(told, creator: port, .notification)
            if !told.agrees(with: found) { look(at: notification.key, .resynchronization) }
        } else {
            sessions[key]?.creator = port
        }
    }

    private mutating func beginSeen(_ session: Session, creator: UInt32?, _ cause: L2TPEvent.Cause) {
        begin(session, creator: creator)
        report(.sessionCreated(session), cause)
    }

    /// Whether a known session has given way to another that differs in nothing: its interface is new.
    private mutating func isReplaced(
        _ notification: L2TPNotification, _ row: SessionRow, at now: Instant
    ) -> Bool {
        let port = notification.requesterPortID
        guard let name = row.session.interfaceName, links.isComplete(at: now) else {
            if let deletion = endings[notification.key]?.notification {
                if ports.isOwn(port, at: now) { return true }
                endings[notification.key] = nil
                reportUnattributed(deletion)
                reportUnattributed(notification)
                return false
            }
            return isSecond(notification, creator: row.creator, at: now)
        }
        if links.unclaimedCount(name) > 0 {
            // A session may have been seen before its interface's message and notification were read.
            guard row.linkIndex == nil, row.creator == nil, endings[notification.key] == nil else { return true }
            claim(name, for: row.session.key)
            return false
        }
        // Without a new interface there is no new session here.
        if row.creator == port { ports.doubt(port, at: now) }
        if let creator = row.creator, creator != port {
            ports.addForeign(port, at: now)
            passOver(notification)
        }
        return false
    }

    private mutating func claim(_ name: String, for key: SessionKey) {
        guard let index = links.claim(name, leaving: queuedCreations(interface: name)) else { return }
        sessions[key]?.linkIndex = index
        sessionOfLink[index] = key
        if !links.has(index) { look(at: .session(key), .linkRemoval) }
    }

    /// A session is gone before it could be looked at. If it had an interface, that tells whose it was.
    private mutating func createdBriefly(
        _ notification: L2TPNotification, _ told: Session, isGone: Bool, isComplete: Bool, at now: Instant
    ) {
        let key = told.key
        let port = notification.requesterPortID
        if isGone, sessions[key] != nil { hold(key, .notification, at: now) }
        if let name = told.interfaceName, isComplete, links.isComplete(at: now) {
            guard links.unclaimedCount(name) > 0 else {
                if ports.ownEvidence(port, at: now) == 0 { ports.addForeign(port, at: now) }
                return passOver(notification)
            }
            let isExplained = links.isUnclaimedGone(name) || isDeletionQueued(notification.key)
            // Of the creations that wait, each has an interface of its own.
            let isCertain = links.unclaimedCount(name) > queuedCreations(interface: name)
            if isExplained, isCertain, !ports.isForeign(port, at: now) {
                ports.addOwn(port, at: now)
                beginBrief(notification, told, .notification)
                return
            }
        }
        guard wasOurs(notification, isComplete: isComplete, at: now) else { return }
        beginBrief(notification, told, .requester)
        if !isComplete { look(at: notification.key, .requester) }
    }

    private mutating func beginBrief(_ notification: L2TPNotification, _ told: Session, _ cause: L2TPEvent.Cause) {
        end(told.key, cause)
        beginSeen(told, creator: notification.requesterPortID, cause)
    }

    // MARK: - Modification

    private mutating func modified(
        _ notification: L2TPNotification, _ told: Session, _ found: Session?, isComplete: Bool, at now: Instant
    ) {
        let key = told.key
        let port = notification.requesterPortID
        guard let row = sessions[key] else {
            guard found != nil else { return passOver(notification) }
            return resolveLook(at: key, found, .notification, at: now)
        }
        guard row.session.isSameObject(as: told) else {
            passOver(notification)
            return look(at: notification.key, .resynchronization)
        }
        let isLast = !isQueued(.modify, notification.key)
        if !told.agrees(with: row.session) {
            if let found, found.agrees(with: told) {
                ports.addOwn(port, at: now)
                change(key, to: told, .notification)
            } else if ports.isOwn(port, at: now) {
                // More has been changed since, or the session is gone by now.
                change(key, to: told, .requester)
            } else if isComplete, !isChangeQueued(notification.key), found?.agrees(with: row.session) == true {
                // Had it been changed and changed back, that would wait too.
                passOver(notification)
            } else {
                reportUnattributed(notification)
            }
        }
        guard isLast, !isChangeQueued(notification.key) else { return }
        resolveLook(at: key, found, .notification, at: now)
    }

    private mutating func change(_ key: SessionKey, to new: Session, _ cause: L2TPEvent.Cause) {
        guard let old = sessions[key]?.session else { return }
        sessions[key]?.session = new
        report(.sessionModified(from: old, to: new), cause)
    }

    // MARK: - Deletion

    private mutating func deleted(
        _ notification: L2TPNotification, _ told: Session, _ found: Session?, at now: Instant
    ) {
        let key = told.key
        guard let row = sessions[key], row.session.isSameObject(as: told) else {
            if unattributed.contains(notification.key) {
                reportUnattributed(notification)
            } else {
                passOver(notification)
            }
            if (found == nil) != (sessions[key] == nil) { look(at: notification.key, .resynchronization) }
            return
        }
        if let found, found.isSameObject(as: told) {
            sessions[key]?.session.statistics = found.statistics
            watch(notification, sessionCount: 1, at: now)
            return
        }
        ports.addOwn(notification.requesterPortID, at: now)
        end(key, .notification, final: told.statistics)
        // Another with these identifiers may have come to light.
        if found != nil { look(at: notification.key, .resynchronization) }
    }

    // MARK: - Looks

    /// A session was looked at.
    mutating func resolveLook(at key: SessionKey, _ found: Session?, _ cause: L2TPEvent.Cause, at now: Instant) {
        let object = ObjectKey.session(key)
        // What was found may be another of the same identifiers, which waits to be told.
        if isChangeQueued(object) { return look(at: object, cause) }
        guard let found else {
            guard sessions[key] != nil else { return }
            if let port = endings[object]?.notification?.requesterPortID {
                ports.addOwn(port, at: now)
                end(key, .notification)
            } else {
                hold(key, cause, at: now)
            }
            return
        }
        guard let row = sessions[key] else { return beginSeen(found, creator: nil, cause) }
        guard row.session.isSameObject(as: found) else {
            end(key, cause)
            return beginSeen(found, creator: nil, cause)
        }
        sessions[key]?.goneBecause = nil
        if !row.session.agrees(with: found) { change(key, to: found, cause) }
        sessions[key]?.session = found
        if cause == .linkRemoval, let index = row.linkIndex, !links.has(index) {
            // The interface is in another namespace now.
            sessionOfLink[index] = nil
            sessions[key]?.linkIndex = nil
        }
        lookAgain(at: object, at: now)
    }
}
