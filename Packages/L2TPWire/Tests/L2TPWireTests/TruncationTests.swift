import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct TruncationTests {
    /// Every prefix, read in every format: refused up to the end of the header, with an error that
    /// points at the first missing byte, and accepted from there on.
    @Test(arguments: GoldenVector.data, DataFormat.all)
    func dataMessage(vector: GoldenVector, format: DataFormat) {
        let bytes = vector.bytes
        let headerByteCount = format.headerByteCount(over: vector.encapsulation)
        for count in 0...bytes.count {
            let prefix = Array(bytes.prefix(count))
            switch Decoded(prefix, over: vector.encapsulation, as: format) {
            case .refused(let error):
                #expect(count < headerByteCount)
                #expect(error.code == .truncated)
                #expect(error.offset == count)
            case .data(let header, let payload):
                #expect(count >= headerByteCount)
                #expect(header.encodedByteCount + payload.count == count)
            }
        }
    }

    @Test(arguments: GoldenVector.all)
    func message(vector: GoldenVector) {
        let bytes = vector.bytes
        // A data message may end anywhere after its session identifier; a control message has a Length field.
        let headerEnd = vector.header == nil ? bytes.count : vector.encapsulation == .udp ? 8 : 4
        for count in 0...bytes.count {
            let outcome = Sorted(Array(bytes.prefix(count)), over: vector.encapsulation)
            if case .refused(let error) = outcome {
                #expect(count < headerEnd)
                #expect(error.code == .truncated)
                #expect(error.offset == count)
            } else {
                #expect(count >= headerEnd)
            }
        }
    }

    @Test func fieldsAreNamed() throws {
        let bytes = try Hex.parse("00030000 55667788 01234567 89abcdef 00000000")
        let format = DataFormat(cookieLength: .eight, sublayer: .default)
        var fields: [String] = []
        for count in 0..<bytes.count {
            guard case .refused(let error) = Decoded(Array(bytes.prefix(count)), over: .udp, as: format) else {
                Issue.record("\(count) bytes are no message")
                continue
            }
            if fields.last != error.field { fields.append(error.field) }
        }
        #expect(fields == ["T bit", "Ver", "Session ID", "Cookie", "L2-Specific Sublayer"])
    }
}
