internal import NIOCore
internal import Synchronization

/// All connections of a server, of whatever listener: how many there may be, and which has to go for another.
final class ConnectionRegistry: Sendable {
    private struct Entry {
        var channel: any Channel
        var client: ClientAddress
        /// The how manieth connection it is.
        var number: UInt64
        /// Since when it waits for its client; nil while the client waits.
        var waitingSince: NIODeadline?
        /// When those of its requests have arrived that nobody has begun to answer.
        var arrivals: [ContinuousClock.Instant] = []
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var lastNumber: UInt64 = 0
        var isDraining = false
        var waiters: [CheckedContinuation<Void, Never>] = []

        /// The connection that has waited longest for its client.
        func longestWaiting(until now: NIODeadline) -> ObjectIdentifier? {
            entries.compactMap { id, entry in entry.waitingSince.map { (id: id, since: $0) } }
                .filter { $0.since <= now }.min { $0.since < $1.since }?.id
        }

        /// The newest connection of the client that has most, if it has more than another one would then have.
        func newestOfGreediest(for client: ClientAddress) -> ObjectIdentifier? {
            var counts: [ClientAddress: Int] = [:]
            for entry in entries.values { counts[entry.client, default: 0] += 1 }
            guard let most = counts.max(by: { $0.value < $1.value }), most.value > counts[client, default: 0] + 1 else {
                return nil
            }
            return entries.filter { $0.value.client == most.key }.max { $0.value.number < $1.value.number }?.key
        }
    }

    /// The most connections at a time.
    private let capacity: Int
    private let state = Mutex(State())

    /// A registry without connections.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many connections there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// Whether the server shuts down.
    var isDraining: Bool { state.withLock { $0.isDraining } }

    /// Takes a new connection; if there are too many, closes the one that has waited longest for its client. If none waits,
    /// clients with many connections give place to those with few, so that none is kept out by another.
    ///
    /// - Returns: Whether it was taken. If there is no place, or the server shuts down, it is not.
    func admit(_ channel: any Channel, of client: ClientAddress, now: NIODeadline) -> Bool {
        let (isAdmitted, victim) = state.withLock { state -> (Bool, (any Channel)?) in
            guard !state.isDraining else { return (false, nil) }
            var victim: ObjectIdentifier?
            if state.entries.count >= capacity {
                victim = state.longestWaiting(until: now) ?? state.newestOfGreediest(for: client)
                guard victim != nil else { return (false, nil) }
            }
            state.lastNumber += 1
            state.entries[ObjectIdentifier(channel)] = Entry(
                channel: channel, client: client, number: state.lastNumber, waitingSince: now)
            // It leaves the count at once: its own end comes on another thread.
            return (true, victim.flatMap { state.entries.removeValue(forKey: $0)?.channel })
        }
        victim?.pipeline.fireUserInboundEventTriggered(ConnectionTimeouts.Abortion())
        if isAdmitted {
            channel.closeFuture.whenComplete { _ in self.remove(channel) }
        }
        return isAdmitted
    }

    /// Notes whether a connection waits for its client, and since when.
    func note(_ channel: any Channel, waitingSince: NIODeadline?) {
        state.withLock { $0.entries[ObjectIdentifier(channel)]?.waitingSince = waitingSince }
    }

    /// Since when a connection waits for its client; nil while the client waits, or if there is no such connection.
    func waitingSince(_ id: ObjectIdentifier) -> NIODeadline? {
        state.withLock { $0.entries[id]?.waitingSince }
    }

    /// Notes that a request has arrived.
    func noteArrival(on channel: any Channel, at instant: ContinuousClock.Instant) {
        state.withLock { $0.entries[ObjectIdentifier(channel)]?.arrivals.append(instant) }
    }

    /// When the request has arrived that is answered next; nil if the connection is about to end.
    func takeArrival(on channel: any Channel) -> ContinuousClock.Instant? {
        state.withLock { state in
            guard let arrivals = state.entries[ObjectIdentifier(channel)]?.arrivals, !arrivals.isEmpty else {
                return nil
            }
            return state.entries[ObjectIdentifier(channel)]?.arrivals.removeFirst()
        }
    }

    /// Ends all connections that there are: the idle ones at once, the others when what they have begun is answered.
    func endAll() {
        for channel in state.withLock({ $0.entries.values.map(\.channel) }) {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    /// Takes no more connections, closes the idle ones, lets the others end what they have begun, and returns when
    /// there are none. May wait for ever: ``closeAll()`` ends that.
    func drain() async {
        let channels = state.withLock { state in
            state.isDraining = true
            return state.entries.values.map(\.channel)
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if !state.entries.isEmpty { state.waiters.append(continuation) }
                return state.entries.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }

    /// Closes all connections, whatever they are about.
    func closeAll() {
        let channels = state.withLock { state in
            state.isDraining = true
            return state.entries.values.map(\.channel)
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ConnectionTimeouts.Abortion()) }
    }

    private func remove(_ channel: any Channel) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.entries[ObjectIdentifier(channel)] = nil
            guard state.isDraining, state.entries.isEmpty else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
