import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct DataMessageTests {
    @Test(arguments: GoldenVector.data)
    func golden(vector: GoldenVector) throws {
        let header = try #require(vector.header)
        let outcome = Decoded(vector.bytes, over: vector.encapsulation, as: header.format)
        #expect(outcome == .data(header, payload: vector.payload))
    }

    @Test func accessors() throws {
        let bytes = try Hex.parse("7ff3ffff 00000001 fedcba98 76543210 c0000007 aabb")
        let format = DataFormat(cookieLength: .eight, sublayer: .default)
        let message = try DataMessage(parsing: bytes.span, encapsulation: .udp, format: format)
        let (encapsulation, readAs, sessionID) = (message.encapsulation, message.format, message.sessionID)
        let (cookie, word, number) = (message.cookie, message.sublayerWord, message.sequenceNumber)
        let payload = [UInt8](copying: message.payload)
        #expect(encapsulation == .udp)
        #expect(readAs == format)
        #expect(sessionID == SessionID(1))
        #expect(cookie == Cookie(0xFEDC_BA98_7654_3210 as UInt64))
        #expect(word == 0xC000_0007)
        #expect(number == SequenceNumber(rawValue: 7))
        #expect(payload == [0xAA, 0xBB])
    }

    @Test func withoutTheSBitThereIsNoNumber() throws {
        let bytes = try Hex.parse("00000001 bfffffff")
        let message = try DataMessage(parsing: bytes.span, encapsulation: .ip, format: DataFormat())
        let (word, number) = (message.sublayerWord, message.sequenceNumber)
        #expect(word == 0xBFFF_FFFF)
        #expect(number == nil)
    }

    @Test func withoutSublayerThereIsNoWord() throws {
        let bytes = try Hex.parse("00000001 40000001")
        let format = DataFormat(sublayer: .none)
        let message = try DataMessage(parsing: bytes.span, encapsulation: .ip, format: format)
        let (word, number, cookie) = (message.sublayerWord, message.sequenceNumber, message.cookie)
        let payload = [UInt8](copying: message.payload)
        #expect(word == nil)
        #expect(number == nil)
        #expect(cookie == nil)
        #expect(payload == [0x40, 0, 0, 1])
    }

    /// What Linux suffers from a cookie that only one end knows: no error, but a shifted payload.
    @Test func theWrongFormatShiftsThePayload() throws {
        let bytes = try Hex.parse("00030000 55667788 01234567 89abcdef 00000000 aa")
        let outcome = Decoded(bytes, over: .udp, as: DataFormat(cookieLength: .none, sublayer: .none))
        let header = try DataHeader(encapsulation: .udp, sessionID: SessionID(0x5566_7788), sublayer: .none)
        #expect(outcome == .data(header, payload: Array(bytes.dropFirst(8))))
    }

    @Test(arguments: GoldenVector.control)
    func refusesControl(vector: GoldenVector) {
        let field = vector.encapsulation == .udp ? "T bit" : "Session ID"
        let outcome = Decoded(vector.bytes, over: vector.encapsulation, as: DataFormat())
        #expect(outcome == .refused(WireError(.controlMessage, at: 0, in: field)))
    }

    @Test func refusesL2TPv2() throws {
        let bytes = try Hex.parse("0002 1122 3344 ff03 0021")
        #expect(Decoded(bytes, over: .udp, as: DataFormat()) == .refused(WireError(.l2tpv2, at: 1, in: "Ver")))
    }

    @Test func aViewOutlivesTheUndecodedOne() throws {
        let bytes = GoldenVector.data[0].bytes
        let message = try decodeInTwoSteps(bytes.span)
        let count = message.payload.count
        #expect(count == 60)
    }

    @_lifetime(copy bytes)
    private func decodeInTwoSteps(_ bytes: Span<UInt8>) throws -> DataMessage {
        let undecoded = try UndecodedDataMessage(parsing: bytes, encapsulation: .udp)
        return try undecoded.decoded(as: DataFormat())
    }
}
