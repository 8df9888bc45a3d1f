/// What is known of the sockets that ask for changes, by their port identifiers: whether they are in our network
/// namespace or in another.
///
/// Port identifiers are process identifiers at first, and unique in one network namespace only: a process with
/// sockets in two of them has the same in both, and so may two containers. One for which there is evidence
/// of both tells nothing.
struct PortLabels {
    private struct Label {
        var own = 0
        var foreign = 0
        var lastUse: ContinuousClock.Instant
    }

    /// More than that many are not kept.
    static let limit = 1024
    /// How long a label is good for without new evidence: process identifiers come again.
    static let lifetime = Duration.seconds(300)

    private var labels: [UInt32: Label] = [:]

    /// How many labels there are.
    var count: Int { labels.count }

    /// Whether there is any evidence.
    func isKnown(_ port: UInt32, at now: ContinuousClock.Instant) -> Bool { label(port, at: now) != nil }

    /// Whether all evidence is for our namespace.
    func isOwn(_ port: UInt32, at now: ContinuousClock.Instant) -> Bool {
        label(port, at: now).map { $0.own > 0 && $0.foreign == 0 } ?? false
    }

    /// Whether all evidence is for another namespace.
    func isForeign(_ port: UInt32, at now: ContinuousClock.Instant) -> Bool {
        label(port, at: now).map { $0.own == 0 && $0.foreign > 0 } ?? false
    }

    /// How often the socket was found in our namespace.
    func ownEvidence(_ port: UInt32, at now: ContinuousClock.Instant) -> Int { label(port, at: now)?.own ?? 0 }

    private func label(_ port: UInt32, at now: ContinuousClock.Instant) -> Label? {
        labels[port].flatMap { now - $0.lastUse <= Self.lifetime ? $0 : nil }
    }

    /// The socket has done something in our namespace.
    mutating func addOwn(_ port: UInt32, at now: ContinuousClock.Instant) {
        change(port, at: now) { $0.own += 1 }
    }

    /// The socket has done something in another namespace.
    mutating func addForeign(_ port: UInt32, at now: ContinuousClock.Instant) {
        change(port, at: now) { $0.foreign += 1 }
    }

    /// The socket may be in either.
    mutating func doubt(_ port: UInt32, at now: ContinuousClock.Instant) {
        change(port, at: now) {
            $0.own += 1
            $0.foreign += 1
        }
    }

    private mutating func change(
        _ port: UInt32, at now: ContinuousClock.Instant, _ body: (inout Label) -> Void
    ) {
        if labels[port] == nil, labels.count >= Self.limit { makeRoom(at: now) }
        var label = label(port, at: now) ?? Label(lastUse: now)
        label.lastUse = now
        body(&label)
        labels[port] = label
    }

    /// Forgets what is old; if nothing is, the older half.
    private mutating func makeRoom(at now: ContinuousClock.Instant) {
        labels = labels.filter { now - $1.lastUse <= Self.lifetime }
        guard labels.count >= Self.limit else { return }
        let uses = labels.values.map(\.lastUse).sorted()
        let middle = uses[uses.count / 2]
        labels = labels.filter { $1.lastUse > middle }
    }
}
