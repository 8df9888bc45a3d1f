public import L2TPModel
public import Netlink
internal import SystemPackage

/// The links of one network namespace, read once and from then on kept up to date by the kernel's notifications.
///
/// It is for those who look at links now and then: between two looks the notifications wait in the kernel, and if there
/// were too many, everything is read again. ``LinkMonitor`` is for those who want to know what has happened, and when.
public struct FollowedLinks<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    private let connector: NetlinkConnector<Transport>
    private var subscription: NetlinkSubscription<Transport>
    private var linksByIndex: [UInt32: Link] = [:]
    private var indicesByName: [String: UInt32] = [:]
    /// Another number after an update that has changed something.
    public private(set) var generation = 0
    /// Whether notifications have been missed since the links were read.
    private var hasMissed = false

    /// More datagrams than can wait at a time: the rest is for the next time.
    private static var waitingLimit: Int { 65536 }

    /// Joins the group of links and reads them.
    ///
    /// Throws ``NetlinkError``, as does ``update()``.
    public init(_ connector: NetlinkConnector<Transport>) throws(NetlinkError) {
        // Joined first: what changes while the list is read is notified.
        let subscription = try NetlinkSubscription(
            over: try connector.open(.route), groups: [LinkNotification.linkGroup])
        let links = try Self.read(connector)
        self.subscription = subscription
        self.connector = connector
        replace(by: links)
    }

    /// How many links there were at the last update.
    public var count: Int { linksByIndex.count }

    /// The link of that number, as it was at the last update; nil if there is none.
    public func link(index: UInt32) -> Link? { linksByIndex[index] }

    /// The link that has that name, as it was at the last update; nil if there is none.
    public func link(named name: String) -> Link? {
        indicesByName[name].flatMap { linksByIndex[$0] }
    }

    /// Takes all notifications that wait; reads the links again if some were lost. It does not wait for any.
    ///
    /// Throws ``NetlinkError`` with operation `parse` for a malformed notification, and what reading the links
    /// throws; the next call then begins with reading them again.
    public mutating func update() throws(NetlinkError) {
        var remaining = Self.waitingLimit
        while !hasMissed, remaining > 0 {
            guard try Readiness.wait(for: [subscription.fileDescriptor], atMost: .zero) == [true] else { return }
            try receive()
            remaining -= 1
        }
        guard hasMissed else { return }
        // What waits is older than the list to be read.
        try subscription.receiveWaiting { (_) throws(NetlinkError) in }
        replace(by: try Self.read(connector))
    }

    private static func read(_ connector: NetlinkConnector<Transport>) throws(NetlinkError) -> [Link] {
        var client = try LinkClient(connector)
        return try client.links()
    }

    private mutating func replace(by links: [Link]) {
        generation += 1
        linksByIndex = Dictionary(links.map { ($0.index, $0) }) { _, last in last }
        indicesByName = Dictionary(links.map { ($0.name, $0.index) }) { _, last in last }
        hasMissed = false
    }

    private mutating func receive() throws(NetlinkError) {
        var notifications: [LinkNotification] = []
        do throws(NetlinkError) {
            try subscription.receive { (message) throws(NetlinkError) in
                if let notification = try LinkNotification(message) { notifications.append(notification) }
            }
        } catch {
            switch (error.operation, error.errno) {
            case (.receive, .noBufferSpace): hasMissed = true
            case (.receive, .resourceTemporarilyUnavailable): break
            default:
                hasMissed = true
                throw error
            }
        }
        for notification in notifications { apply(notification) }
    }

    private mutating func apply(_ notification: LinkNotification) {
        switch notification {
        case .link(let link):
            let old = linksByIndex.updateValue(link, forKey: link.index)
            if old != link { generation += 1 }
            if let old, old.name != link.name { forget(old) }
            indicesByName[link.name] = link.index
        case .linkGone(let link):
            if let old = linksByIndex.removeValue(forKey: link.index) {
                generation += 1
                forget(old)
            }
        case .address, .addressGone: break
        }
    }

    /// Forgets a name, unless another link has it meanwhile.
    private mutating func forget(_ link: Link) {
        if indicesByName[link.name] == link.index { indicesByName[link.name] = nil }
    }
}

extension FollowedLinks: Sendable where Transport: Sendable & ~Copyable {}
