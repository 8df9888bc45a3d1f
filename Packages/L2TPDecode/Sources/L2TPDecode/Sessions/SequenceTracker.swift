/// Counts what the numbers of a session's messages tell: losses, reordering, duplicates.
///
/// The numbers wrap around; see RFC 3931 §4.6.1 (24 bits) and RFC 2661 §5.4 (16 bits). A message that comes late
/// takes back the loss that its absence was counted as.
public struct SequenceTracker: Hashable, Sendable {
    /// How far back a late message is looked for, and how far ahead a gap counts as loss.
    private static let memory = 64
    private static let largestGap: UInt32 = 8192

    private let mask: UInt32
    private var expected: UInt32?
    /// Which of the numbers before the expected one have come; the lowest bit is the one just before it.
    private var seen: UInt64 = 0
    /// How many of the numbers before the expected one are not before the first that came, as far as is remembered.
    private var span = 0

    /// Messages that bore a number.
    public private(set) var messageCount = 0
    /// Numbers that are missing.
    public private(set) var lostCount = 0
    /// Messages that came after one with a higher number.
    public private(set) var reorderedCount = 0
    /// Messages whose number had come before.
    public private(set) var duplicateCount = 0
    /// How often the numbers began anew, or leapt farther than anything that is lost in a network.
    public private(set) var restartCount = 0

    private init(mask: UInt32) {
        self.mask = mask
    }

    /// A tracker for numbers of 16 bits: Ns, of control messages and of L2TPv2's data messages.
    public static func bits16() -> Self { Self(mask: 0xFFFF) }

    /// A tracker for numbers of 24 bits: the default L2-specific sublayer's.
    public static func bits24() -> Self { Self(mask: 0xFF_FFFF) }

    /// Takes the next message's number into account, in host byte order.
    public mutating func add(_ number: UInt32) {
        messageCount += 1
        guard let expected else { return begin(at: number) }
        let ahead = (number &- expected) & mask
        if ahead <= mask / 2 {
            guard ahead <= Self.largestGap else { return restart(at: number) }
            lostCount += Int(ahead)
            seen = ahead < 63 ? seen << UInt64(ahead + 1) | 1 : 1
            span = min(span + Int(ahead) + 1, Self.memory)
            self.expected = (number &+ 1) & mask
            return
        }
        let behind = Int((expected &- number) & mask)
        guard behind <= Self.memory else { return restart(at: number) }
        let bit: UInt64 = 1 << UInt64(behind - 1)
        if seen & bit != 0 {
            duplicateCount += 1
        } else {
            seen |= bit
            reorderedCount += 1
            // What comes before the first number was never counted as lost.
            if behind <= span { lostCount -= 1 }
        }
    }

    private mutating func begin(at number: UInt32) {
        expected = (number &+ 1) & mask
        seen = 1
        span = 1
    }

    private mutating func restart(at number: UInt32) {
        restartCount += 1
        begin(at: number)
    }
}
