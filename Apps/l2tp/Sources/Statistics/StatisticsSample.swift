import L2TPModel
import L2TPWire

/// What the counters were at one time.
struct StatisticsSample {
    /// Since some moment that is the same for all samples.
    var time: Duration
    var sessions: [Session]
    var tunnels: [Tunnel]
}

/// A line of the table: one session.
struct StatisticsRow: Hashable {
    /// Why there are no rates.
    enum Note: String, Hashable {
        /// The session was not there the time before.
        case new
        /// Its counters went back, or it is another session under the same identifiers.
        case reset
        /// The session was there the time before.
        case gone
    }

    var session: Session
    /// Nil if there is a note.
    var rates: Rates?
    var note: Note?
}

/// What happened between two samples.
struct StatisticsReport {
    /// How long the time between them was, as measured.
    var interval: Duration
    /// Since the first sample.
    var elapsed: Duration
    /// By tunnel and session.
    var rows: [StatisticsRow]
    /// Packets that were malformed or of another version, of the tunnels in which there were any; sessions do
    /// not count them.
    var invalid: [(tunnel: TunnelID, packets: UInt64)]

    init(from earlier: StatisticsSample, to later: StatisticsSample, since start: Duration = .zero) {
        interval = later.time - earlier.time
        elapsed = later.time - start
        var before = Dictionary(earlier.sessions.map { (Key($0), $0) }) { first, _ in first }
        rows = []
        for session in later.sessions {
            rows.append(Self.row(session, before: before.removeValue(forKey: Key(session)), over: interval))
        }
        rows += before.values.map { StatisticsRow(session: $0, note: .gone) }
        rows.sort { Key($0.session) < Key($1.session) }
        let tunnels = Dictionary(earlier.tunnels.map { ($0.id, $0.statistics) }) { first, _ in first }
        invalid = later.tunnels.compactMap { tunnel in
            guard let before = tunnels[tunnel.id], !tunnel.statistics.isBehind(before) else { return nil }
            let count = (tunnel.statistics.receiveInvalidPackets ?? 0) - (before.receiveInvalidPackets ?? 0)
            return count > 0 ? (tunnel.id, count) : nil
        }
    }

    private static func row(_ session: Session, before: Session?, over time: Duration) -> StatisticsRow {
        guard let before else { return StatisticsRow(session: session, note: .new) }
        // Neither changes in a session that lives on.
        let isSame = before.peerID == session.peerID && before.interfaceName == session.interfaceName
        guard isSame, let rates = Rates(from: before.statistics, to: session.statistics, over: time) else {
            return StatisticsRow(session: session, note: .reset)
        }
        return StatisticsRow(session: session, rates: rates)
    }

    /// What a session is known by from one sample to the next.
    private struct Key: Hashable, Comparable {
        var tunnel: TunnelID
        var session: SessionID

        init(_ session: Session) {
            tunnel = session.tunnelID
            self.session = session.id
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.tunnel, left.session) < (right.tunnel, right.session)
        }
    }
}
