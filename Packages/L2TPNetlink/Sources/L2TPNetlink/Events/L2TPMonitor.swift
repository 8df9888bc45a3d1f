public import L2TPModel
internal import L2TPWire
internal import LinkControl
public import Netlink
public import SystemPackage

/// Follows the tunnels and sessions of one network namespace.
///
/// The kernel's notifications go to every namespace without saying which they are about, come before a deletion is done,
/// and are missing where sessions die with their tunnel, a socket is closed, or a PPPoL2TP socket makes a
/// session. So every notification is confirmed by looking at its object here, removed interfaces are looked
/// after, and now and then all is compared: what happened is reported once, and nothing that did not.
///
/// An object that has gone before it could be looked at can only be judged by other evidence:
/// - A session's interface: the kernel tells each namespace of its own, so that an interface that was new here shows
///   that the session and its tunnel were here, and none shows that they were elsewhere.
/// - A creation that no deletion follows: the object was elsewhere.
/// - Other notifications of its requester, all of which were about objects here: then it is taken for one of here,
///   with cause `requester`. That can be wrong, for a process in another namespace may have the same port identifier.
///   Evidence of being elsewhere is not used in the same way: it would be wrong just as often, and silently.
///
/// What none of these decides is reported as `unattributed`, whichever namespace it was in. Silently missed is only a
/// tunnel over a user's socket that was closed before the tunnel could be looked at, and with it the sessions without
/// an interface: the kernel notifies such a creation exactly as one elsewhere, and no deletion. It counts among
/// ``foreignNotificationCount`` unless its requester is known to be here.
///
/// ```swift
/// var monitor = try L2TPMonitor(.kernel())
/// print(monitor.tunnels.count, "tunnels at first")
/// while true {
///     for event in try monitor.next() { print(event.kind) }
/// }
/// ```
///
/// ``L2TPEvents`` is the same as an `AsyncSequence`. Everything needs CAP_NET_ADMIN in the user namespace that
/// owns the network namespace.
public struct L2TPMonitor<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    /// How many datagrams are taken between two looks at most, so that neither starves.
    private static var datagramLimit: Int { 1024 }
    /// How many looks there are between two deliveries of events at most.
    private static var lookLimit: Int { 256 }
    /// How many notifications may wait here; then the kernel keeps, and at last drops them.
    private static var queueLimit: Int { 16384 }
    /// The shortest time between two comparisons of all, whatever is lost.
    private static var shortestInterval: Duration { .milliseconds(200) }

    private var client: L2TPClient<Transport>
    private var notifications: NetlinkSubscription<Transport>
    private var links: NetlinkSubscription<Transport>
    private var reconciler: EventReconciler
    private let interval: Duration
    private var lastComparison: ContinuousClock.Instant
    private var nextComparison: ContinuousClock.Instant
    private var hasOverrun = false

    /// Subscribes to changes, and then reads what there is, so that nothing is missed in between.
    ///
    /// - Parameters:
    ///   - connector: Opens the three sockets: for requests, notifications, and messages about links.
    ///   - interval: How often everything is compared. That alone finds tunnels whose user's socket was closed
    ///     while they had no interface, what PPPoL2TP sockets do, and settings that the kernel has changed itself.
    /// - Throws: ``L2TPError`` with reason `namespace` or `notSupported` as ``L2TPClient``, with operation
    ///   `monitor` and reason `notPermitted` or `other`.
    public init(
        _ connector: NetlinkConnector<Transport>, comparingEvery interval: Duration = .seconds(10)
    ) throws(L2TPError) {
        var client = try L2TPClient(connector)
        guard let group = client.family.multicastGroups[GenericFamily.l2tpName] else {
            throw L2TPError(.monitor, .subsystem, .notSupported, "this kernel has no multicast group l2tp")
        }
        let notifications = try Self.subscribe(connector, .generic, group)
        let links = try Self.subscribe(connector, .route, LinkNotification.linkGroup)
        let (tunnels, sessions, list) = try Self.readAll(&client)
        let now = ContinuousClock.now
        reconciler = EventReconciler(tunnels: tunnels, sessions: sessions, links: list, at: now)
        self.client = client
        self.notifications = notifications
        self.links = links
        self.interval = interval
        lastComparison = now
        nextComparison = now + interval
    }

    private static func subscribe(
        _ connector: NetlinkConnector<Transport>, _ netlinkProtocol: NetlinkProtocol, _ group: UInt32
    ) throws(L2TPError) -> NetlinkSubscription<Transport> {
        do {
            return try NetlinkSubscription(over: try connector.open(netlinkProtocol), groups: [group])
        } catch {
            throw L2TPError(.monitor, .subsystem, error)
        }
    }

    /// The tunnels after all events handed out, by ascending identifier, with their last known counters. After
    /// ``init(_:comparingEvery:)``, those that there were.
    public var tunnels: [Tunnel] { reconciler.tunnels.values.map(\.tunnel).sorted { $0.id < $1.id } }

    /// The sessions after all events handed out, by ascending tunnel and session identifier, with their last known
    /// counters.
    public var sessions: [Session] {
        reconciler.sessions.values.map(\.session).sorted { $0.key < $1.key }
    }

    /// How many notifications so far were taken for another namespace's. Unattributed ones are not among them.
    public var foreignNotificationCount: Int { reconciler.foreignCount }

    /// Waits for events.
    ///
    /// - Parameters:
    ///   - limit: How long to wait at most; nil waits as long as it takes.
    ///   - descriptor: What also ends the wait when it becomes readable, as a ``WakeUp``'s.
    ///   - output: What also ends the wait when nobody reads it any more.
    /// - Returns: The events in their order; none only when the time is over, or for one of the two descriptors.
    /// - Throws: ``L2TPError`` with operation `monitor`. The monitor may be asked again afterwards.
    public mutating func next(
        within limit: Duration? = nil, wakingOn descriptor: FileDescriptor? = nil,
        orHangUpOf output: FileDescriptor? = nil
    ) throws(L2TPError) -> [L2TPEvent] {
        let deadline = limit.map { ContinuousClock.now + $0 }
        while true {
            try receive()
            try look()
            try compareIfDue()
            let events = reconciler.takeEvents()
            if !events.isEmpty { return events }
            let now = ContinuousClock.now
            if let deadline, deadline <= now { return [] }
            if try wait(until: deadline, descriptor, output, at: now) { return [] }
        }
    }

    /// Waits until there is something to do; true if that is the caller's.
    private func wait(
        until deadline: ContinuousClock.Instant?, _ descriptor: FileDescriptor?, _ output: FileDescriptor?,
        at now: ContinuousClock.Instant
    ) throws(L2TPError) -> Bool {
        var end = min(nextComparison, deadline ?? nextComparison)
        if reconciler.queueCount > 0 { end = now }
        if let look = reconciler.nextLook { end = min(end, look) }
        let own = [notifications.fileDescriptor, links.fileDescriptor]
        do {
            let ready = try Readiness.wait(
                for: own + (descriptor.map { [$0] } ?? []), orHangUpOf: output.map { [$0] } ?? [],
                atMost: max(end - now, .zero))
            return ready.dropFirst(own.count).contains(true)
        } catch {
            throw L2TPError(.monitor, .subsystem, error)
        }
    }

    // MARK: - Receiving

    /// Takes what has been sent; whether that was everything.
    @discardableResult
    private mutating func receive() throws(L2TPError) -> Bool {
        do throws(NetlinkError) {
            for _ in 0..<Self.datagramLimit {
                guard reconciler.queueCount < Self.queueLimit else { return false }
                let ready = try Readiness.wait(
                    for: [notifications.fileDescriptor, links.fileDescriptor], atMost: .zero)
                if ready[0] { try receiveNotifications() }
                if ready[1] { try receiveLinkChanges() }
                // When both were empty at once, the link of every notified session has been received.
                if ready == [false, false] { return true }
            }
            return false
        } catch {
            throw L2TPError(.monitor, .subsystem, error)
        }
    }

    private mutating func receiveNotifications() throws(NetlinkError) {
        var received: [L2TPNotification] = []
        var isIntact = true
        let type = client.family.messageType
        do throws(NetlinkError) {
            try notifications.receive { (message) throws(NetlinkError) in
                guard message.header.type == type else { return }
                do throws(NetlinkError) {
                    if let notification = try L2TPNotification(message) { received.append(notification) }
                } catch {
                    // Perhaps another namespace's oddity: what it is about here will be found by comparing.
                    isIntact = false
                }
            }
        } catch  where error.operation == .receive && error.errno == .noBufferSpace {
            try takeUpLoss()
        } catch  where error.operation == .parse {
            isIntact = false
        } catch  where error.errno == .resourceTemporarilyUnavailable {
            return
        }
        for notification in received { reconciler.receive(notification) }
        if !isIntact { compareSoon() }
    }

    private mutating func receiveLinkChanges() throws(NetlinkError) {
        var received: [LinkNotification] = []
        let now = ContinuousClock.now
        do throws(NetlinkError) {
            try links.receive { (message) throws(NetlinkError) in
                if let notification = try LinkNotification(message) { received.append(notification) }
            }
        } catch  where error.operation == .receive && error.errno == .noBufferSpace {
            // Before all is compared the socket must be empty, so that nothing more is dropped or comes late.
            try links.receiveWaiting { (message) throws(NetlinkError) in
                if let notification = try LinkNotification(message) { received.append(notification) }
            }
            reconciler.noteLinkLoss(at: now)
            compareSoon()
        } catch  where error.operation == .parse {
            reconciler.noteLinkLoss(at: now)
            compareSoon()
        } catch  where error.errno == .resourceTemporarilyUnavailable {
            return
        }
        for notification in received {
            switch notification {
            case .link(let link): reconciler.receive(link, at: now)
            case .linkGone(let link): reconciler.receiveRemoval(ofLink: link.index)
            case .address, .addressGone: break
            }
        }
    }

    /// Notifications have been lost. Those from before the loss still wait, and until they are taken the kernel drops
    /// further ones without a word: they are taken before anything is read. Several losses before the comparison are
    /// one.
    private mutating func takeUpLoss() throws(NetlinkError) {
        if !hasOverrun { reconciler.report(.overrun, .notification) }
        hasOverrun = true
        compareSoon()
        let (type, limit) = (client.family.messageType, Self.queueLimit - reconciler.queueCount)
        var received: [L2TPNotification] = []
        try notifications.receiveWaiting { (message) throws(NetlinkError) in
            // What is too much is as good as lost.
            guard message.header.type == type, received.count < limit else { return }
            if let notification = try L2TPNotification(message) { received.append(notification) }
        }
        for notification in received { reconciler.receive(notification) }
        reconciler.noteLoss()
    }

    private mutating func compareSoon() {
        nextComparison = min(nextComparison, max(.now, lastComparison + Self.shortestInterval))
    }

    // MARK: - Looking

    /// Looks at the objects that the reconciler wants to know of.
    private mutating func look() throws(L2TPError) {
        for _ in 0..<Self.lookLimit {
            guard let key = reconciler.question(at: .now) else { return }
            let found: EventReconciler.Found
            do throws(L2TPError) {
                switch key {
                case .tunnel(let id): found = .tunnel(try client.tunnel(id))
                case .session(let session): found = .session(try client.session(session.id, in: session.tunnelID))
                }
            } catch {
                throw L2TPError.monitoring(error)
            }
            let isComplete = try receive()
            reconciler.answer(found, isComplete: isComplete, at: .now)
        }
    }

    /// Compares everything, if it is time.
    private mutating func compareIfDue() throws(L2TPError) {
        guard nextComparison <= .now else { return }
        let (tunnels, sessions, links) = try Self.readAll(&client)
        // What is found to be lost from now on may have been lost after the lists were read.
        hasOverrun = false
        let now = ContinuousClock.now
        lastComparison = now
        nextComparison = now + interval
        reconciler.synchronize(tunnels: tunnels, sessions: sessions, links: links, at: now)
        try look()
    }

    private static func readAll(
        _ client: inout L2TPClient<Transport>
    ) throws(L2TPError) -> (tunnels: [Tunnel], sessions: [Session], links: [Link]?) {
        do throws(L2TPError) {
            // A session's tunnel is then in the list too, unless both are gone.
            let sessions = try client.sessions()
            let tunnels = try client.tunnels()
            let links = try? client.withLinks { (client) throws(NetlinkError) in try client.links() }
            return (tunnels, sessions, links)
        } catch {
            throw L2TPError.monitoring(error)
        }
    }
}

extension L2TPMonitor: Sendable where Transport: Sendable & ~Copyable {}

extension L2TPError {
    /// The error of a look as one of monitoring.
    fileprivate static func monitoring(_ error: Self) -> Self {
        var error = error
        error.operation = .monitor
        error.object = .subsystem
        return error
    }
}
