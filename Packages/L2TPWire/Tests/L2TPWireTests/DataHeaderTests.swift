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
        let header = try DataHeader(encapsulation: .ip, sessionID: SessionID(0x0102_0304), sublayer: .none)
        let written = [UInt8](capacity: 6) { output in
            output.append(0xA5)
            header.serialize(into: &output)
            output.append(0x5A)
        }
        #expect(written == [0xA5, 1, 2, 3, 4, 0x5A])
    }

    @Test func numbersMessages() throws {
        var header = try DataHeader(encapsulation: .ip, sessionID: SessionID(1))
        header.sequenceNumber = SequenceNumber(truncating: 0x00FF_FFFF)
        #expect(serialize(header, payload: []) == (try Hex.parse("00000001 40ffffff")))
        header.sequenceNumber = header.sequenceNumber?.successor
        #expect(serialize(header, payload: []) == (try Hex.parse("00000001 40000000")))
        header.sequenceNumber = nil
        #expect(serialize(header, payload: []) == (try Hex.parse("00000001 00000000")))
    }

    @Test func equality() throws {
        let header = try DataHeader(encapsulation: .udp, sessionID: SessionID(1), cookie: Cookie(1 as UInt32))
        let equal = try DataHeader(encapsulation: .udp, sessionID: SessionID(1), cookie: Cookie(1 as UInt32))
        let other = try DataHeader(encapsulation: .udp, sessionID: SessionID(1), cookie: Cookie(2 as UInt32))
        #expect(header == equal)
        #expect(header != other)
        #expect(header.format == DataFormat(cookieLength: .four, sublayer: .default))
    }

    @Test func impossibleHeadersAreRefused() throws {
        #expect(throws: DataHeader.ValidationError.reservedSessionID) {
            try DataHeader(encapsulation: .ip, sessionID: SessionID(0))
        }
        #expect(throws: DataHeader.ValidationError.sequenceNumberWithoutSublayer) {
            try DataHeader(encapsulation: .udp, sessionID: SessionID(1), sublayer: .none, sequenceNumber: .first)
        }
        // Over UDP the T bit marks control, so 0 is a number like any other.
        #expect(try DataHeader(encapsulation: .udp, sessionID: SessionID(0)).sessionID == SessionID(0))
    }

    /// Linux reports cookies of lengths that RFC 3931 does not know.
    @Test(arguments: 1...8)
    func cookieOfTheKernel(byteCount: Int) throws {
        let bytes = [UInt8](repeating: 0xA5, count: byteCount)
        let reported = Cookie(reported: bytes.span)
        let cookie = try #require(reported)
        if byteCount == 4 || byteCount == 8 {
            let header = try DataHeader(encapsulation: .ip, sessionID: SessionID(1), cookie: cookie, sublayer: .none)
            #expect(serialize(header, payload: []) == [0, 0, 0, 1] + bytes)
        } else {
            #expect(throws: DataHeader.ValidationError.cookieLength(byteCount: byteCount)) {
                try DataHeader(encapsulation: .ip, sessionID: SessionID(1), cookie: cookie)
            }
        }
    }

    @Test func refusalsAreOneLine() {
        let lines: [(DataHeader.ValidationError, String)] = [
            (.reservedSessionID, "session identifier 0 means a control message over IP; use 1…4294967295"),
            (.cookieLength(byteCount: 3), "a cookie of 3 bytes cannot be sent; it needs 4 or 8"),
            (.sequenceNumberWithoutSublayer, "a sequence number needs the default L2-specific sublayer"),
        ]
        for (error, line) in lines { #expect("\(error)" == line) }
    }

    @Test func numberWithoutSublayerTraps() async {
        await #expect(processExitsWith: .failure) {
            // What does not come to the trap ends well, and fails the test.
            guard var header = try? DataHeader(encapsulation: .udp, sessionID: SessionID(1), sublayer: .none)
            else { return }
            header.sequenceNumber = .first
        }
    }

    @Test func lackOfRoomTraps() async {
        await #expect(processExitsWith: .failure) {
            guard let header = try? DataHeader(encapsulation: .ip, sessionID: SessionID(1)) else { return }
            _ = [UInt8](capacity: 7) { header.serialize(into: &$0) }
        }
    }
}
