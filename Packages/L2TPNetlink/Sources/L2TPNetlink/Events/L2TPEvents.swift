public import L2TPModel
public import Netlink

/// What happens to the tunnels and sessions of one network namespace, as an `AsyncSequence`.
///
/// A thread of its own runs an ``L2TPMonitor`` and hands its events over. If they are not taken, it stops reading, so
/// that they wait in the kernel and, when that has no room, give way to one ``L2TPEvent/Kind/overrun`` and
/// whatever differs then: memory does not grow. The thread ends when the task that waits for an event is
/// cancelled, or when the sequence and its iterators are gone.
///
/// ```swift
/// let events = try L2TPEvents(.kernel())
/// for try await event in events { print(event.kind) }
/// ```
///
/// There is one stream of events: several iterators share it.
public struct L2TPEvents: AsyncSequence, Sendable {
    /// What it yields.
    public typealias Element = L2TPEvent
    /// What it ends with where it cannot go on.
    public typealias Failure = L2TPError

    /// How many events are handed over before they are taken, besides those found at one go.
    static let limit = 256

    /// The tunnels before the first event, by ascending identifier.
    public let tunnels: [Tunnel]
    /// The sessions before the first event, by ascending tunnel and session identifier.
    public let sessions: [Session]
    private let handle: Handle

    /// Subscribes to changes, reads what there is, and starts the thread.
    ///
    /// - Parameters:
    ///   - connector: Opens the sockets.
    ///   - interval: How often everything is compared, see ``L2TPMonitor/init(_:comparingEvery:)``.
    /// - Throws: What ``L2TPMonitor/init(_:comparingEvery:)`` throws.
    public init<Transport: NetlinkTransport & Sendable & ~Copyable>(
        _ connector: NetlinkConnector<Transport>, comparingEvery interval: Duration = .seconds(10)
    ) throws(L2TPError) {
        let monitor = try L2TPMonitor(connector, comparingEvery: interval)
        tunnels = monitor.tunnels
        sessions = monitor.sessions
        do throws(NetlinkError) {
            let channel = EventChannel(wakeUp: try WakeUp())
            handle = Handle(channel)
            let runner = EventRunner(monitor, channel)
            try DetachedThread.start { runner.run() }
        } catch {
            throw L2TPError(.monitor, .subsystem, error)
        }
    }

    /// An iterator over the events from now on.
    public func makeAsyncIterator() -> Iterator { Iterator(handle: handle) }

    /// Hands events out one by one.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let handle: Handle

        /// The next event; nil when the task was cancelled or the sequence has ended.
        ///
        /// Throws ``L2TPError`` with operation `monitor`; the sequence ends with it.
        public mutating func next() async throws(L2TPError) -> L2TPEvent? {
            try await handle.channel.next()
        }

        /// The next event; nil when the task was cancelled or the sequence has ended.
        ///
        /// Throws ``L2TPError`` with operation `monitor`; the sequence ends with it.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(L2TPError) -> L2TPEvent? {
            try await handle.channel.next(isolation: actor)
        }
    }

    /// Ends the thread when nobody can take events any more.
    fileprivate final class Handle: Sendable {
        let channel: EventChannel

        init(_ channel: EventChannel) {
            self.channel = channel
        }

        deinit {
            channel.close()
        }
    }
}
