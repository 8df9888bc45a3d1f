internal import CLibmnl
public import L2TPModel
public import Netlink
public import SystemPackage

/// Follows the links and addresses of one network namespace.
///
/// It begins with what is there, so that an event is a difference to what ``links`` and ``addresses`` have shown
/// before. When the kernel had to drop messages, everything is read again, and what has changed meanwhile is
/// reported as if it had been notified. Shortly after the beginning, and after such a loss, an event may go back
/// to an older state for a moment, for notifications were under way while the lists were read; the last is right.
///
/// Linux does not notify the new alias of a link that is down: it is seen with the next change.
public struct LinkMonitor<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    private var subscription: NetlinkSubscription<Transport>
    private var client: LinkClient<Transport>
    private var table: LinkTable
    /// What is known to have changed and has not been handed over.
    private var pending: [LinkEvent] = []
    /// Whether notifications have been missed since the lists were read.
    private var hasMissed = false

    /// A monitor that opens its two transports with `connector`, joins the groups and reads the lists.
    ///
    /// Throws ``NetlinkError``, as do all that follow.
    public init(_ connector: NetlinkConnector<Transport>) throws(NetlinkError) {
        // Joined first: what changes while the lists are read is notified.
        let subscription = try NetlinkSubscription(
            over: try connector.open(.route), groups: LinkNotification.groups)
        var client = try LinkClient(connector)
        table = try Self.read(&client)
        self.subscription = subscription
        self.client = client
    }

    /// The links as they are after the events handed over so far and those that ``next(within:)`` is to hand over
    /// without waiting, by ascending number.
    public var links: [Link] { table.links }

    /// The addresses, in the same state as ``links``, by the numbers of their links.
    public var addresses: [InterfaceAddress] { table.addresses }

    /// Becomes readable when something has happened. Wait for it, among others, only after ``next(within:)`` has
    /// returned nil with a time of zero: it may hold more than one event by then.
    public var fileDescriptor: FileDescriptor { subscription.fileDescriptor }

    /// The next event; nil if none comes within the time, forever without one.
    ///
    /// Throws ``NetlinkError`` with operation `parse` for a malformed notification, and what reading the lists
    /// throws; the next call then begins with reading them again.
    public mutating func next(within limit: Duration? = nil) throws(NetlinkError) -> LinkEvent? {
        let deadline = limit.map { ContinuousClock.now + $0 }
        while pending.isEmpty {
            if hasMissed {
                // What waits is older than the lists to be read.
                try subscription.receiveWaiting { (_) throws(NetlinkError) in }
                pending += table.replace(by: try Self.read(&client))
                hasMissed = false
                continue
            }
            let left = deadline.map { max($0 - .now, .zero) }
            guard try Readiness.wait(for: [subscription.fileDescriptor], atMost: left) == [true] else { return nil }
            try receive()
        }
        return pending.removeFirst()
    }

    /// Takes one datagram, which the kernel has ready.
    private mutating func receive() throws(NetlinkError) {
        do throws(NetlinkError) {
            try subscription.receive { (message) throws(NetlinkError) in
                if let notification = try LinkNotification(message) { pending += table.apply(notification) }
            }
        } catch {
            switch (error.operation, error.errno) {
            case (.receive, .noBufferSpace):
                hasMissed = true
            case (.receive, .resourceTemporarilyUnavailable):
                break
            default:
                hasMissed = true
                throw error
            }
        }
    }

    private static func read(_ client: inout LinkClient<Transport>) throws(NetlinkError) -> LinkTable {
        let links = try client.links()
        return LinkTable(links: links, addresses: try client.addresses())
    }
}

extension LinkMonitor: Sendable where Transport: Sendable & ~Copyable {}
