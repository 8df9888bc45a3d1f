import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct DataHeaderTests {
    @Test(arguments: GoldenVector.data.filter(\.isCanonical))
    func golden(vector: GoldenVector) throws {
        let header = try #require(vector.header)
        #expect(Hex.print(serialize(header, payload: vector.payload)) == Hex.print(vector.bytes))
        #expect(header.encodedByteCount == vector.bytes.count - vector.payload.count)
    }

    @Test func reservedBitsAreSentAsZero() throws {
        for vector in GoldenVector.data where !vector.isCanonical {
            let header = try #require(vector.header)
            let written = serialize(header, payload: vector.payload)
            #expect(written != vector.bytes)
            let outcome = Decoded(written, over: vector.encapsulation, as: header.format)
            #expect(outcome == .data(header, payload: vector.payload))
        }
    }

    @Test func appendsAfterWhatIsThere() throws {
        let header = DataHeader(encapsulation: .ip, sessionID: SessionID(0x0102_0304), sublayer: .none)
        let written = [UInt8](capacity: 6) { output in
            output.append(0xA5)
            header.serialize(into: &output)
            output.append(0x5A)
        }
        #expect(written == [0xA5, 1, 2, 3, 4, 0x5A])
    }

    @Test func numbersMessages() throws {
        var header = DataHeader(encapsulation: .ip, sessionID: SessionID(1))
        header.sequenceNumber = SequenceNumber(truncating: 0x00FF_FFFF)
        #expect(serialize(header, payload: []) == (try Hex.parse("00000001 40ffffff")))
        header.sequenceNumber = header.sequenceNumber?.successor
        #expect(serialize(header, payload: []) == (try Hex.parse("00000001 40000000")))
        header.sequenceNumber = nil
        #expect(serialize(header, payload: []) == (try Hex.parse("00000001 00000000")))
    }

    @Test func equality() {
        let header = DataHeader(encapsulation: .udp, sessionID: SessionID(1), cookie: Cookie(1 as UInt32))
        #expect(header == DataHeader(encapsulation: .udp, sessionID: SessionID(1), cookie: Cookie(1 as UInt32)))
        #expect(header != DataHeader(encapsulation: .udp, sessionID: SessionID(1), cookie: Cookie(2 as UInt32)))
        #expect(header.format == DataFormat(cookieLength: .four, sublayer: .default))
    }

    @Test func impossibleHeadersTrap() async {
        await #expect(processExitsWith: .failure) {
            _ = DataHeader(encapsulation: .ip, sessionID: SessionID(0))
        }
        await #expect(processExitsWith: .failure) {
            let bytes: [UInt8] = [1, 2, 3]
            _ = DataHeader(encapsulation: .udp, sessionID: SessionID(1), cookie: Cookie(reported: bytes.span))
        }
        await #expect(processExitsWith: .failure) {
            _ = DataHeader(encapsulation: .udp, sessionID: SessionID(1), sublayer: .none, sequenceNumber: .first)
        }
        await #expect(processExitsWith: .failure) {
            var header = DataHeader(encapsulation: .udp, sessionID: SessionID(1), sublayer: .none)
            header.sequenceNumber = .first
        }
    }

    @Test func lackOfRoomTraps() async {
        await #expect(processExitsWith: .failure) {
            let header = DataHeader(encapsulation: .ip, sessionID: SessionID(1))
            _ = [UInt8](capacity: 7) { header.serialize(into: &$0) }
        }
    }
}
