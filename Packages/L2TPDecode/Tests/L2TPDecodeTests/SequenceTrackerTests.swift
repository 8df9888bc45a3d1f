import L2TPDecode
import L2TPWireTestSupport
import Testing

/// RFC 3931 §4.6.1 (24 bits) and RFC 2661 §5.4 (16 bits).
@Suite struct SequenceTrackerTests {
    /// What numbers tell: lost, out of order, twice, anew.
    private func counts(_ numbers: [UInt32], bits: Int = 24) -> [Int] {
        var tracker = bits == 16 ? SequenceTracker.bits16() : .bits24()
        for number in numbers { tracker.add(number) }
        #expect(tracker.messageCount == numbers.count)
        return [tracker.lostCount, tracker.reorderedCount, tracker.duplicateCount, tracker.restartCount]
    }

    @Test func nothing() { #expect(counts([]) == [0, 0, 0, 0]) }

    @Test(arguments: [16, 24]) func inOrder(bits: Int) {
        let top: UInt32 = (1 << UInt32(bits)) - 1
        #expect(counts([5, 6, 7, 8], bits: bits) == [0, 0, 0, 0])
        #expect(counts([top - 1, top, 0, 1], bits: bits) == [0, 0, 0, 0])
    }

    @Test(arguments: [16, 24]) func loss(bits: Int) {
        let top: UInt32 = (1 << UInt32(bits)) - 1
        #expect(counts([1, 2, 5], bits: bits) == [2, 0, 0, 0])
        #expect(counts([top, 2], bits: bits) == [2, 0, 0, 0])
        #expect(counts([0, 8192], bits: bits) == [8191, 0, 0, 0])
    }

    @Test(arguments: [16, 24]) func reordering(bits: Int) {
        let top: UInt32 = (1 << UInt32(bits)) - 1
        #expect(counts([1, 3, 2, 4], bits: bits) == [0, 1, 0, 0])
        #expect(counts([1, 4, 3, 2, 5], bits: bits) == [0, 2, 0, 0])
        #expect(counts([top - 1, 0, top, 1], bits: bits) == [0, 1, 0, 0])
    }

    @Test(arguments: [16, 24]) func duplicates(bits: Int) {
        let top: UInt32 = (1 << UInt32(bits)) - 1
        #expect(counts([1, 1, 2, 2, 1], bits: bits) == [0, 0, 3, 0])
        #expect(counts([1, 3, 2, 2], bits: bits) == [0, 1, 1, 0])
        #expect(counts([top, 0, top], bits: bits) == [0, 0, 1, 0])
    }

    @Test("what came before the capture began was never counted as lost")
    func beforeTheFirst() {
        #expect(counts([10, 9, 8, 11]) == [0, 2, 0, 0])
        #expect(counts([10, 12, 9]) == [1, 1, 0, 0])
        #expect(counts([10, 9, 9]) == [0, 1, 1, 0])
    }

    @Test func restart() {
        #expect(counts([100_000, 100_001, 0, 1, 2]) == [0, 0, 0, 1])
        #expect(counts([0, 8194]) == [0, 0, 0, 1])
        // 64 numbers back are remembered, not 65.
        #expect(counts([0, 1, 65, 2]) == [62, 1, 0, 0])
        #expect(counts([0, 1, 66, 2]) == [64, 0, 0, 1])
    }

    @Test("numbers with more bits than there are count by those that there are")
    func tooLarge() { #expect(counts([0xFF00_0001, 0x0000_0002], bits: 16) == [0, 0, 0, 0]) }

    /// The same, with a set of all numbers that have come, and numbers that never wrap around.
    private struct Model {
        var came: Set<Int> = []
        var first: Int?
        var highest = 0
        var reordered = 0
        var duplicates = 0

        mutating func add(_ number: Int) {
            let isNew = came.insert(number).inserted
            if first == nil {
                first = number
                highest = number
            } else if number > highest {
                highest = number
            } else if isNew {
                reordered += 1
            } else {
                duplicates += 1
            }
        }

        /// How many from the first one to the highest have not come.
        var lost: Int {
            guard let first else { return 0 }
            return highest - first + 1 - came.count { $0 >= first }
        }
    }

    @Test(arguments: [16, 24]) func againstModel(bits: Int) {
        var generator = SeededGenerator(for: "SequenceTrackerTests.againstModel")
        for _ in 0..<300 {
            var tracker = bits == 16 ? SequenceTracker.bits16() : .bits24()
            var model = Model()
            // The model's numbers begin high enough that none is negative.
            var next = Int.random(in: 1 << 30...1 << 31, using: &generator)
            for _ in 0..<500 {
                let number: Int
                switch Int.random(in: 0..<10, using: &generator) {
                case 0: number = max(next - Int.random(in: 1...64, using: &generator), 0)
                case 1:
                    number = next + Int.random(in: 0...(Bool.random(using: &generator) ? 8192 : 70), using: &generator)
                    next = number + 1
                default:
                    number = next
                    next += 1
                }
                if model.first == nil { next = number + 1 }
                tracker.add(UInt32(truncatingIfNeeded: number) & ((1 << UInt32(bits)) - 1))
                model.add(number)
                guard tracker.lostCount == model.lost, tracker.reorderedCount == model.reordered,
                    tracker.duplicateCount == model.duplicates, tracker.restartCount == 0
                else {
                    Issue.record("at \(number): \(tracker), model \(model.lost) \(model.reordered) \(model.duplicates)")
                    return
                }
            }
        }
    }
}
