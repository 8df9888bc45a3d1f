internal import L2TPModel
internal import L2TPWire
internal import LinkControl

/// Makes events of notifications, messages about links, and looks at single objects.
///
/// It has no input and output of its own: it is told what was received, says which object it wants to be looked
/// at (``question(at:)``), and is told what was found (``answer(_:isComplete:at:)``). Everything is decided by such a
/// look, for a notification may be another namespace's, or told before its deletion, and a list may be stale.
struct EventReconciler {
    typealias Instant = ContinuousClock.Instant

    /// What a look at an object finds.
    enum Found: Hashable {
        case tunnel(Tunnel?)
        case session(Session?)
    }

    struct TunnelRow {
        var tunnel: Tunnel
        /// The port identifier of the socket that created it; nil if its notification is not known.
        var creator: UInt32?
    }

    struct SessionRow {
        var session: Session
        /// The port identifier of the socket that created it; nil if its notification is not known.
        var creator: UInt32?
        /// The number of its interface here.
        var linkIndex: UInt32?
        /// Set when it has gone without a notification: it is then told with its tunnel, if that goes too.
        var goneBecause: L2TPEvent.Cause?
    }

    /// Something that may come to an end, and is looked at until it does.
    struct Ending {
        /// The deletion that the kernel has notified; nil where an end is only suspected.
        var notification: L2TPNotification?
        var cause: L2TPEvent.Cause
        var nextLook: Instant
        var deadline: Instant
        var pause = Duration.milliseconds(1)
        /// Whether notifications have been lost since, perhaps that of another object with the same identifiers.
        var isUncertain = false
    }

    enum Item {
        case notification(L2TPNotification)
        case look(ObjectKey, L2TPEvent.Cause)

        var key: ObjectKey {
            switch self {
            case .notification(let notification): notification.key
            case .look(let key, _): key
            }
        }
    }

    struct Queued: Hashable {
        var action: L2TPNotification.Action
        var key: ObjectKey
    }

    var tunnels: [TunnelID: TunnelRow] = [:]
    var sessions: [SessionKey: SessionRow] = [:]
    var sessionsOfTunnel: [TunnelID: Set<SessionID>] = [:]
    var sessionOfLink: [UInt32: SessionKey] = [:]
    var endings: [ObjectKey: Ending] = [:]
    var ports = PortLabels()
    var links = LinkLedger()
    /// Objects of which a creation was reported as unattributed.
    var unattributed: Set<ObjectKey> = []
    /// How many notifications were another namespace's.
    var foreignCount = 0
    private(set) var events: [L2TPEvent] = []
    private var queue: [Item] = []
    private var queueStart = 0
    private var current: Item?
    /// How many of those that wait are older than a loss: what followed may be lost.
    private var uncertainCount = 0
    /// Whether that which is being looked at is.
    private var isCurrentUncertain = false
    private var queuedNotifications: [Queued: Int] = [:]
    private var queuedCreations: [String: Int] = [:]

    /// A reconciler that begins with what there is.
    init(tunnels: [Tunnel], sessions: [Session], links list: [Link]?, at now: Instant) {
        takeLinks(list, at: now)
        for tunnel in tunnels { begin(tunnel, creator: nil) }
        for session in sessions { begin(session, creator: nil) }
    }

    /// How many notifications and looks wait.
    var queueCount: Int { queue.count - queueStart }

    /// When an object is to be looked at again, if nothing else comes.
    var nextLook: Instant? { endings.values.map(\.nextLook).min() }

    /// The events so far, which are then forgotten.
    mutating func takeEvents() -> [L2TPEvent] {
        defer { events = [] }
        return events
    }

    mutating func report(_ kind: L2TPEvent.Kind, _ cause: L2TPEvent.Cause) {
        events.append(L2TPEvent(kind, cause))
    }

    // MARK: - What was received

    /// Takes a notification.
    mutating func receive(_ notification: L2TPNotification) {
        count(notification, by: 1)
        queue.append(.notification(notification))
    }

    /// Notifications have been lost that came after all received so far.
    mutating func noteLoss() {
        uncertainCount = queueCount
        isCurrentUncertain = current != nil
        // An object may have given way to one alike, by another's request.
        for id in tunnels.keys { tunnels[id]?.creator = nil }
        for key in sessions.keys { sessions[key]?.creator = nil }
        for key in endings.keys { endings[key]?.isUncertain = true }
    }

    /// Takes a message about a link that is there (`RTM_NEWLINK`).
    mutating func receive(_ link: Link, at now: Instant) {
        links.add(link, at: now)
    }

    /// Takes the message that a link is gone (`RTM_DELLINK`).
    mutating func receiveRemoval(ofLink index: UInt32) {
        links.remove(index)
        if let key = sessionOfLink[index] { queue.append(.look(.session(key), .linkRemoval)) }
    }

    /// Messages about links have been lost.
    mutating func noteLinkLoss(at now: Instant) {
        links.noteLoss(at: now)
    }

    /// Takes lists of all that there is; what differs is looked at.
    mutating func synchronize(tunnels list: [Tunnel], sessions sessionList: [Session], links: [Link]?, at now: Instant)
    {
        takeLinks(links, at: now)
        var missing = Set(tunnels.keys)
        for tunnel in list {
            missing.remove(tunnel.id)
            if tunnels[tunnel.id]?.tunnel.agrees(with: tunnel) == true {
                tunnels[tunnel.id]?.tunnel.statistics = tunnel.statistics
            } else {
                look(at: .tunnel(tunnel.id), .resynchronization)
            }
        }
        var missingSessions = Set(sessions.keys)
        for session in sessionList {
            let key = session.key
            missingSessions.remove(key)
            if sessions[key]?.session.agrees(with: session) == true {
                sessions[key]?.session.statistics = session.statistics
            } else {
                look(at: .session(key), .resynchronization)
            }
        }
        // Tunnels first: sessions that went with theirs are then told with it.
        for id in missing.sorted() { look(at: .tunnel(id), .resynchronization) }
        for key in missingSessions.sorted() { look(at: .session(key), .resynchronization) }
    }

    private mutating func takeLinks(_ list: [Link]?, at now: Instant) {
        guard let list else { return links.noteLoss(at: now) }
        for index in links.replace(with: list, at: now) {
            if let key = sessionOfLink[index] { look(at: .session(key), .resynchronization) }
        }
    }

    // MARK: - Question and answer

    /// The object to be looked at next; nil if there is none for now.
    mutating func question(at now: Instant) -> ObjectKey? {
        if current == nil { current = nextItem(at: now) }
        return current?.key
    }

    /// Takes what was found where ``question(at:)`` asked to look; `isComplete` says whether after the look
    /// everything was received that the kernel had sent by then.
    mutating func answer(_ found: Found, isComplete: Bool, at now: Instant) {
        guard let item = current else { return }
        let isComplete = isComplete && !isCurrentUncertain
        (current, isCurrentUncertain) = (nil, false)
        switch (item, found) {
        case (.notification(let notification), .tunnel(let found)):
            guard case .tunnel(let told) = notification.object else { return }
            resolve(notification, told, found, isComplete: isComplete, at: now)
        case (.notification(let notification), .session(let found)):
            guard case .session(let told) = notification.object else { return }
            resolve(notification, told, found, isComplete: isComplete, at: now)
        case (.look(.tunnel(let id), let cause), .tunnel(let found)):
            resolveLook(at: id, found, cause, at: now)
        case (.look(.session(let key), let cause), .session(let found)):
            resolveLook(at: key, found, cause, at: now)
        default:
            break
        }
    }

    private mutating func nextItem(at now: Instant) -> Item? {
        if queueStart < queue.count {
            let item = queue[queueStart]
            queueStart += 1
            isCurrentUncertain = uncertainCount > 0
            uncertainCount = max(uncertainCount - 1, 0)
            if queueStart == queue.count || queueStart >= 1024 {
                queue.removeFirst(queueStart)
                queueStart = 0
            }
            if case .notification(let notification) = item { count(notification, by: -1) }
            return item
        }
        let due = endings.min { $0.value.nextLook < $1.value.nextLook }.flatMap { $0.value.nextLook <= now ? $0 : nil }
        return due.map { .look($0.key, $0.value.cause) }
    }

    private mutating func count(_ notification: L2TPNotification, by step: Int) {
        let queued = Queued(action: notification.action, key: notification.key)
        let number = queuedNotifications[queued, default: 0] + step
        queuedNotifications[queued] = number == 0 ? nil : number
        guard notification.action == .create, case .session(let session) = notification.object,
            let name = session.interfaceName
        else { return }
        let creations = queuedCreations[name, default: 0] + step
        queuedCreations[name] = creations == 0 ? nil : creations
    }

    // MARK: - What waits

    mutating func look(at key: ObjectKey, _ cause: L2TPEvent.Cause) {
        queue.append(.look(key, cause))
    }

    /// Whether a notification of that kind waits.
    func isQueued(_ action: L2TPNotification.Action, _ key: ObjectKey) -> Bool {
        queuedNotifications[Queued(action: action, key: key)] != nil
    }

    /// Whether a notification waits that explains why an object is no longer there.
    func isDeletionQueued(_ key: ObjectKey) -> Bool {
        if case .session(let session) = key, isQueued(.delete, .tunnel(session.tunnelID)) { return true }
        return isQueued(.delete, key)
    }

    /// Whether a notification waits that something has become of an object.
    func isChangeQueued(_ key: ObjectKey) -> Bool {
        isDeletionQueued(key) || isQueued(.create, key) || isQueued(.modify, key)
    }

    /// Whether a session of a tunnel, of which a notification waits, has left a new interface here: then the
    /// tunnel is here too, else elsewhere. Nil if that cannot be told.
    func isSessionHere(_ id: TunnelID, at now: Instant) -> Bool? {
        guard links.isComplete(at: now) else { return nil }
        for case .notification(let notification) in queue[queueStart...].prefix(1024) {
            if notification.key == .tunnel(id), notification.action != .modify { return nil }
            guard notification.action == .create, case .session(let session) = notification.object,
                session.tunnelID == id, let name = session.interfaceName
            else { continue }
            if links.unclaimedCount(name) >= queuedCreations(interface: name) { return true }
            // Without any, whichever of those that wait has it.
            if links.unclaimedCount(name) == 0, sessions[session.key] == nil { return false }
        }
        return nil
    }

    /// How many creations of sessions with an interface of that name wait.
    func queuedCreations(interface name: String) -> Int { queuedCreations[name] ?? 0 }

    /// Learns from what waits whether a socket that is not known yet is in this namespace: a creation of its that
    /// has left a new interface here tells.
    mutating func learnFromQueue(_ port: UInt32, at now: Instant) {
        guard !ports.isKnown(port, at: now), links.isComplete(at: now) else { return }
        for item in queue[queueStart...].prefix(1024) {
            guard case .notification(let notification) = item, notification.requesterPortID == port,
                notification.action == .create, case .session(let session) = notification.object,
                let name = session.interfaceName, links.unclaimedCount(name) >= queuedCreations(interface: name)
            else { continue }
            return ports.addOwn(port, at: now)
        }
    }
}
