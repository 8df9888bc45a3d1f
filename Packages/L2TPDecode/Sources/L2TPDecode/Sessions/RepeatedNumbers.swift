internal import L2TPWire

/// Whether the sequence numbers of a session's first messages are none: they count up, and a cookie that is read as a
/// sublayer does not.
struct RepeatedNumbers: Sendable {
    private var last: SequenceNumber?
    private var pairCount = 0
    private var equalPairCount = 0

    /// Takes the number of the next message that has one.
    mutating func add(_ number: SequenceNumber) {
        guard pairCount < FormatInference.enough else { return }
        if let last {
            pairCount += 1
            if last == number { equalPairCount += 1 }
        }
        last = number
    }

    /// Whether nine of ten are like the one before, of at least three: a capture may have a message more than once, and a
    /// message may be none of the session's.
    var areNone: Bool { pairCount >= 2 && equalPairCount * 10 >= pairCount * 9 }
}
