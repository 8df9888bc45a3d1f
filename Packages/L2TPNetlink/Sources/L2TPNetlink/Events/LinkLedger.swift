internal import L2TPModel
internal import LinkControl

/// The interfaces of the network namespace, as far as they can be those of sessions.
///
/// The kernel tells each namespace of its own interfaces only, and of a session's before it notifies the
/// session's creation: a new interface of the right name shows that a notified session is ours.
struct LinkLedger {
    private struct NewLink {
        var index: UInt32
        var since: ContinuousClock.Instant
    }

    /// How long an interface waits for its session's notification.
    private static let patience = Duration.seconds(60)
    /// How many may wait.
    private static let limit = 4096

    private var known: Set<UInt32> = []
    private var new: [String: [NewLink]] = [:]
    private var newCount = 0
    /// Until when messages about links may be missing.
    private var gapEnd: ContinuousClock.Instant?

    /// Whether there is an interface of that number.
    func has(_ index: UInt32) -> Bool { known.contains(index) }

    /// Whether a session's interface cannot have gone unnoticed.
    func isComplete(at now: ContinuousClock.Instant) -> Bool { gapEnd.map { $0 < now } ?? true }

    /// Messages have been lost.
    mutating func noteLoss(at now: ContinuousClock.Instant) {
        gapEnd = now + Self.patience
    }

    /// Takes a message about an interface that is there.
    mutating func add(_ link: Link, at now: ContinuousClock.Instant) {
        guard known.insert(link.index).inserted else { return }
        // A session's interface has no kind.
        guard link.kind == nil, !link.isLoopback else { return }
        if newCount >= Self.limit { forget(before: now - Self.patience) }
        if newCount >= Self.limit {
            (new, newCount) = ([:], 0)
            noteLoss(at: now)
        }
        new[link.name, default: []].append(NewLink(index: link.index, since: now))
        newCount += 1
    }

    /// Takes the message that an interface is gone.
    mutating func remove(_ index: UInt32) {
        known.remove(index)
    }

    /// Takes a list of all interfaces; the numbers of those that have gone unnoticed.
    mutating func replace(with links: [Link], at now: ContinuousClock.Instant) -> [UInt32] {
        for link in links { add(link, at: now) }
        forget(before: now - Self.patience)
        let gone = known.subtracting(links.map(\.index)).sorted()
        known.subtract(gone)
        return gone
    }

    /// How many new interfaces of that name have no session yet.
    func unclaimedCount(_ name: String) -> Int { new[name]?.count ?? 0 }

    /// Whether the oldest new interface of that name has gone again.
    func isUnclaimedGone(_ name: String) -> Bool {
        new[name]?.first.map { !known.contains($0.index) } ?? false
    }

    /// Gives a new interface of that name to a session; its number. The last `count` stay for the sessions whose
    /// creations wait.
    mutating func claim(_ name: String, leaving count: Int) -> UInt32? {
        guard let links = new[name], links.count > count else { return nil }
        new[name] = count == 0 ? nil : Array(links.suffix(count))
        newCount -= links.count - count
        return links[links.count - count - 1].index
    }

    private mutating func forget(before limit: ContinuousClock.Instant) {
        new = new.compactMapValues { links in
            let kept = links.filter { $0.since >= limit }
            return kept.isEmpty ? nil : kept
        }
        newCount = new.values.reduce(0) { $0 + $1.count }
    }
}
