import L2TPWire
import Testing

@Suite struct ControlSequenceNumberTests {
    @Test func wrapsAround() {
        #expect(ControlSequenceNumber.first == ControlSequenceNumber(0))
        #expect(ControlSequenceNumber.first.successor == ControlSequenceNumber(1))
        #expect(ControlSequenceNumber(.max).successor == .first)
        #expect(ControlSequenceNumber(17).description == "17")
    }

    /// RFC 2661 §5.8 and RFC 3931 §4.2: the preceding 32767 numbers are behind.
    @Test func distances() {
        let numbers: [(UInt16, UInt16, Int)] = [
            (0, 0, 0), (1, 0, 1), (0, 1, -1), (0, 65535, 1), (65535, 0, -1), (0x7FFF, 0, 0x7FFF), (0x8000, 0, 0x8000),
            (0x8001, 0, -0x7FFF), (0, 0x8001, 0x7FFF), (0, 0x8000, 0x8000), (10, 20, -10),
        ]
        for (number, other, distance) in numbers {
            let left = ControlSequenceNumber(number)
            #expect(left.distance(from: ControlSequenceNumber(other)) == distance)
            #expect(left.isAfter(ControlSequenceNumber(other)) == (distance > 0))
        }
    }

    @Test func everyNumberIsOneAfterTheLast() {
        var number = ControlSequenceNumber.first
        for _ in 0..<0x1_0000 {
            let next = number.successor
            guard next.isAfter(number), !number.isAfter(next) || number == next, next.distance(from: number) == 1 else {
                Issue.record("\(next) after \(number)")
                return
            }
            number = next
        }
        #expect(number == .first)
    }

    /// RFC 3931 §4.6.1, with 24 bits.
    @Test func distancesOfData() {
        let numbers: [(UInt32, UInt32, Int)] = [
            (0, 0, 0), (1, 0, 1), (0, 1, -1), (0, 0xFF_FFFF, 1), (0xFF_FFFF, 0, -1), (0x80_0000, 0, 0x80_0000),
            (0x80_0001, 0, -0x7F_FFFF), (0, 0x80_0001, 0x7F_FFFF),
        ]
        for (number, other, distance) in numbers {
            let left = SequenceNumber(truncating: number)
            #expect(left.distance(from: SequenceNumber(truncating: other)) == distance)
            #expect(left.isAfter(SequenceNumber(truncating: other)) == (distance > 0))
        }
    }
}
