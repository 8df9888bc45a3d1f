import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct DataMessageV2Tests {
    @Test(arguments: GoldenDataMessageV2.all)
    func golden(vector: GoldenDataMessageV2) throws {
        #expect(Sorted(vector.bytes, over: .udp) == .dataV2(vector.header, payload: GoldenDataMessageV2.payload))
        let bytes = vector.bytes
        let message = try DataMessageV2(parsing: bytes.span)
        let (tunnelID, sessionID, headerByteCount) = (message.tunnelID, message.sessionID, message.headerByteCount)
        let (stated, offset, error) = (message.statedByteCount, message.offsetByteCount, message.firstError)
        #expect(tunnelID == TunnelID(0x1122) && sessionID == SessionID(0x3344))
        #expect(headerByteCount == vector.header.encodedByteCount)
        #expect(stated == (vector.header.hasLength ? bytes.count : nil))
        #expect(offset == vector.header.offsetByteCount)
        #expect(error == nil)
    }

    @Test(arguments: GoldenDataMessageV2.all.filter(\.isCanonical))
    func written(vector: GoldenDataMessageV2) {
        #expect(write(vector.header, payload: GoldenDataMessageV2.payload) == vector.bytes)
    }

    private func write(_ header: DataHeaderV2, payload: [UInt8]) -> [UInt8] {
        let bytes = [UInt8](capacity: header.encodedByteCount) {
            header.serialize(payloadByteCount: payload.count, into: &$0)
        }
        return bytes + payload
    }

    @Test func refusals() throws {
        let cases: [(String, WireError)] = [
            ("", WireError(.truncated, at: 0, in: "T bit")),
            ("c802 000c 1122 0000 0001 0001", WireError(.controlMessage, at: 0, in: "T bit")),
            ("0003 0000 00000001", WireError(.unsupportedVersion, at: 1, in: "Ver")),
            ("4002 0007 1122 3344", WireError(.lengthTooSmall, at: 2, in: "Length")),
            ("4002 0009 1122 3344", WireError(.truncated, at: 8, in: "Length")),
            ("4002 0008 1122 3344 00", WireError(.trailingBytes, at: 8, in: "Length")),
            ("0202 1122 3344 0002 00", WireError(.truncated, at: 9, in: "Offset pad")),
        ]
        for (text, expected) in cases {
            let bytes = try Hex.parse(text)
            #expect(throws: expected, "\(text)") { _ = try DataMessageV2(parsing: bytes.span).payload.count }
        }
    }

    /// What follows the end that the Length field tells is no payload.
    @Test func asMuchAsPossible() throws {
        let bytes = try Hex.parse("4002 0009 1122 3344 aa bb")
        let message = try DataMessageV2(parsingPrefix: bytes.span)
        let (payload, error) = ([UInt8](copying: message.payload), message.firstError)
        #expect(payload == [0xAA])
        #expect(error == WireError(.trailingBytes, at: 9, in: "Length"))
        let cut = try DataMessageV2(parsingPrefix: bytes.span.extracting(first: 8))
        let (rest, missing) = (cut.payload.count, cut.firstError)
        #expect(rest == 0)
        #expect(missing == WireError(.truncated, at: 8, in: "Length"))
        guard case .dataV2(let sorted) = try Message(parsingPrefix: bytes.span, encapsulation: .udp) else {
            Issue.record("a data message of L2TPv2")
            return
        }
        let count = sorted.payload.count
        #expect(count == 1)
    }

    @Test func validation() {
        let large = #expect(throws: DataHeaderV2.ValidationError.self) {
            try DataHeaderV2(tunnelID: TunnelID(0x1_0000), sessionID: SessionID(1))
        }
        #expect(large?.description == "identifier 65536 does not fit into an L2TPv2 header; use 0…65535")
        #expect(throws: DataHeaderV2.ValidationError.identifierTooLarge(.max)) {
            try DataHeaderV2(tunnelID: TunnelID(1), sessionID: SessionID(.max))
        }
        for byteCount in [-1, 0x1_0000] {
            let error = #expect(throws: DataHeaderV2.ValidationError.self) {
                try DataHeaderV2(tunnelID: TunnelID(1), sessionID: SessionID(1), offsetByteCount: byteCount)
            }
            #expect(error?.description == "an offset of \(byteCount) bytes cannot be sent; use 0…65535")
        }
    }

    @Test func headersSurvive() throws {
        var generator = SeededGenerator(for: "DataMessageV2Tests.headersSurvive")
        for _ in 0..<2_000 {
            let number = UInt64.random(in: 0 ... .max, using: &generator)
            let header = try DataHeaderV2(
                tunnelID: TunnelID(UInt32(number & 0xFFFF)), sessionID: SessionID(UInt32(number >> 16 & 0xFFFF)),
                hasLength: .random(using: &generator),
                numbers: .random(using: &generator)
                    ? .init(
                        ns: ControlSequenceNumber(UInt16(number >> 32 & 0xFFFF)),
                        nr: ControlSequenceNumber(UInt16(number >> 48))) : nil,
                hasPriority: .random(using: &generator),
                offsetByteCount: .random(using: &generator) ? Int.random(in: 0...20, using: &generator) : nil)
            let payload = generator.bytes(Int.random(in: 0...20, using: &generator))
            let bytes = write(header, payload: payload)
            guard Sorted(bytes, over: .udp) == .dataV2(header, payload: payload) else {
                Issue.record("\(Hex.print(bytes)), expected \(header)")
                return
            }
        }
    }
}
