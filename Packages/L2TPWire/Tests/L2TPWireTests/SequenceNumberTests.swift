import L2TPWire
import Testing

@Suite struct SequenceNumberTests {
    @Test func has24Bits() {
        #expect(SequenceNumber(rawValue: 0)?.rawValue == 0)
        #expect(SequenceNumber(rawValue: 0x00FF_FFFF)?.rawValue == 0x00FF_FFFF)
        #expect(SequenceNumber(rawValue: 0x0100_0000) == nil)
        #expect(SequenceNumber(rawValue: .max) == nil)
        #expect(SequenceNumber(truncating: 0x4000_0002).rawValue == 2)
    }

    @Test func wrapsAround() {
        #expect(SequenceNumber.first.rawValue == 0)
        #expect(SequenceNumber.first.successor == SequenceNumber(rawValue: 1))
        #expect(SequenceNumber(truncating: 0x00FF_FFFE).successor.rawValue == 0x00FF_FFFF)
        #expect(SequenceNumber(truncating: 0x00FF_FFFF).successor == .first)
    }

    @Test func describesItself() {
        #expect(SequenceNumber(truncating: 17).description == "17")
    }
}
