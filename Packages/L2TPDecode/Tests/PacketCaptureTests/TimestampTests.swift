import PacketCapture
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (1_700_000_000_000_123_456, 9, "1700000000.000123456"), (1_700_000_000_000_123_456, 6, "1700000000.000123"),
            (1_700_000_000_000_123_456, 0, "1700000000"), (5, 9, "0.000000005"), (-1_500_000_000, 3, "-1.500"),
            (Int64.min, 9, "-9223372036.854775808"), (1, 12, "0.000000001"), (1, -1, "0"),
        ])
    func description(nanoseconds: Int64, digits: Int, text: String) {
        #expect(Timestamp(nanoseconds: nanoseconds, fractionDigits: digits).description == text)
    }
}
