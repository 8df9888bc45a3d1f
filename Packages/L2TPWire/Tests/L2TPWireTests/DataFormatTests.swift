import L2TPWire
import Testing

@Suite struct DataFormatTests {
    @Test func linuxDefault() {
        #expect(DataFormat() == DataFormat(cookieLength: .none, sublayer: .default))
    }

    /// The kernel's `hdr_len`, read off its byte counters: a 60-byte frame counts 72, 68 and 64.
    @Test func headerLengthsMeasuredOnLinux() {
        #expect(DataFormat().headerByteCount(over: .udp) == 72 - 60)
        #expect(DataFormat().headerByteCount(over: .ip) == 68 - 60)
        #expect(DataFormat(sublayer: .none).headerByteCount(over: .ip) == 64 - 60)
    }

    @Test func headerLengths() {
        #expect(DataFormat.all.map { $0.headerByteCount(over: .ip) } == [4, 8, 8, 12, 12, 16])
        #expect(DataFormat.all.map { $0.headerByteCount(over: .udp) } == [8, 12, 12, 16, 16, 20])
    }
}
