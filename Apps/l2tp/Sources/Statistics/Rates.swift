import L2TPModel

/// What a session carried between two looks at its counters.
struct Rates: Hashable {
    /// Packets and bits a second, received and sent.
    var receivedPackets: Double
    var receivedBits: Double
    var sentPackets: Double
    var sentBits: Double
    /// Packets since the look before: not received, not sent, and why.
    var receiveErrors: UInt64
    var transmitErrors: UInt64
    var cookieDiscards: UInt64
    var sequenceDiscards: UInt64
    var outOfSequence: UInt64

    /// The rates between two looks; nil where there are none, because no time has passed or a counter went back.
    ///
    /// Linux counts in 64 bits, which do not run over. A counter that is less than it was began anew, with a new
    /// session of the same identifiers: what it counted in between cannot be known.
    init?(from earlier: Statistics, to later: Statistics, over time: Duration) {
        let seconds = time / .seconds(1)
        guard seconds > 0, !later.isBehind(earlier) else { return nil }
        func rate(_ counter: (Statistics) -> UInt64) -> Double { Double(counter(later) - counter(earlier)) / seconds }
        func count(_ counter: (Statistics) -> UInt64?) -> UInt64 {
            // A kernel that lacks a counter lacks it always.
            (counter(later) ?? 0) - (counter(earlier) ?? 0)
        }
        receivedPackets = rate(\.receivePackets)
        receivedBits = rate(\.receiveBytes) * 8
        sentPackets = rate(\.transmitPackets)
        sentBits = rate(\.transmitBytes) * 8
        receiveErrors = count(\.receiveErrors)
        transmitErrors = count(\.transmitErrors)
        cookieDiscards = count(\.receiveCookieDiscards)
        sequenceDiscards = count(\.receiveSequenceDiscards)
        outOfSequence = count(\.receiveOutOfSequencePackets)
    }

    /// All errors, in both directions.
    var errors: UInt64 { receiveErrors &+ transmitErrors }
}

extension Statistics {
    /// Whether a counter is less than it was: they began anew.
    func isBehind(_ earlier: Statistics) -> Bool {
        let counters: [(Statistics) -> UInt64] = [
            \.transmitPackets, \.transmitBytes, \.transmitErrors, \.receivePackets, \.receiveBytes, \.receiveErrors,
            \.receiveSequenceDiscards, \.receiveOutOfSequencePackets, { $0.receiveCookieDiscards ?? 0 },
            { $0.receiveInvalidPackets ?? 0 },
        ]
        return counters.contains { $0(self) < $0(earlier) }
    }
}
