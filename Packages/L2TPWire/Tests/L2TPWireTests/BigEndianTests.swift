import Testing

@testable import L2TPWire

@Suite struct BigEndianTests {
    private let bytes: [UInt8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFF]

    @Test func reads() {
        let span = bytes.span
        let eight: UInt8 = span.bigEndian(at: 8)
        let sixteen: UInt16 = span.bigEndian(at: 7)
        let thirtyTwo = span.bigEndian(UInt32.self, at: 1)
        let sixtyFour: UInt64 = span.bigEndian(at: 1)
        #expect(eight == 0xFF)
        #expect(sixteen == 0xEFFF)
        #expect(thirtyTwo == 0x2345_6789)
        #expect(sixtyFour == 0x2345_6789_ABCD_EFFF)
    }

    @Test func appends() {
        let written = [UInt8](capacity: 15) { output in
            output.append(bigEndian: 0x01 as UInt8)
            output.append(bigEndian: 0x2345 as UInt16)
            output.append(bigEndian: 0x6789_ABCD as UInt32)
            output.append(bigEndian: 0xEF01_2345_6789_ABCD as UInt64)
        }
        #expect(
            written == [
                0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD,
            ])
    }
}
