import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct ControlMessageWriterTests {
    private let header = ControlHeader(
        tunnelID: TunnelID(0x1122_3344), ns: ControlSequenceNumber(2), nr: ControlSequenceNumber(1), encapsulation: .ip)

    @Test func aWriterStartsAgain() throws {
        var writer = ControlMessageWriter(header, type: .hello)
        let hello = writer.bytes
        try writer.append(.hostName, "x")
        writer.reset(header, type: .hello)
        #expect(writer.bytes == hello)
        writer.reset(header, type: nil)
        #expect(writer.bytes == (try Hex.parse("00000000 c803000c 11223344 00020001")))
        let udp = ControlHeader(tunnelID: TunnelID(0x1122_3344), ns: header.ns, nr: header.nr, encapsulation: .udp)
        writer.reset(udp, type: .hello)
        #expect(writer.bytes == Array(hello.dropFirst(4)))
    }

    /// A value that takes more or fewer bytes than it says.
    private struct Liar: AVPValue {
        static let definition = AVPDefinition<Liar>(
            AttributeType(2, vendorID: 32473), "Liar", versions: .all, mandatory: .must(false), hiding: false)
        var encodedByteCount: Int
        var fields: [AVPField] { [] }

        init(encodedByteCount: Int) { self.encodedByteCount = encodedByteCount }
        init(parsing value: Span<UInt8>) { encodedByteCount = value.count }
        func serialize(into output: inout OutputSpan<UInt8>) { for _ in 0..<4 { output.append(0) } }
    }

    @Test func valuesAreAsLongAsTheySay() async throws {
        var writer = ControlMessageWriter(header, type: .hello)
        try writer.append(Liar.definition, Liar(encodedByteCount: 4))
        #expect(writer.bytes.count == 34)
        await #expect(processExitsWith: .failure) {
            let header = ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .ip)
            var writer = ControlMessageWriter(header, type: .hello)
            try writer.append(Liar.definition, Liar(encodedByteCount: 5))
        }
        await #expect(processExitsWith: .failure) {
            let header = ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .ip)
            var writer = ControlMessageWriter(header, type: .hello)
            try writer.append(Liar.definition, Liar(encodedByteCount: 3))
        }
    }

    @Test func valuesHaveALimit() throws {
        var writer = ControlMessageWriter(header, type: .hello)
        try writer.append(.remoteEndID, [UInt8](repeating: 1, count: 1017))
        let before = writer.bytes
        let error = #expect(throws: ControlMessageWriter.ValidationError.self) {
            try writer.append(.remoteEndID, [UInt8](repeating: 1, count: 1018))
        }
        #expect(error == .valueTooLong(AttributeType(66), byteCount: 1018))
        #expect(error?.description == "a value of 1018 bytes does not fit into AVP 66; use 0…1017 bytes")
        #expect(
            throws: ControlMessageWriter.ValidationError.valueTooLong(AttributeType(1, vendorID: 9), byteCount: 2000)
        ) {
            try writer.append(
                AttributeType(1, vendorID: 9), isMandatory: false, value: [UInt8](repeating: 0, count: 2000).span)
        }
        #expect(writer.bytes == before)
        #expect(before.count == 4 + 12 + 8 + 1023)
    }

    @Test func messagesHaveALimit() throws {
        var writer = ControlMessageWriter(header, type: .hello)
        for _ in 0..<64 { try writer.append(.remoteEndID, [UInt8](repeating: 1, count: 1017)) }
        // 65535 less the header, Message Type and 64 AVPs of 1023 bytes, and less the header of the last one.
        try writer.append(.remoteEndID, [UInt8](repeating: 1, count: 37))
        #expect(writer.bytes.count == 4 + 65_535)
        let error = #expect(throws: ControlMessageWriter.ValidationError.self) {
            try writer.append(.sequencingRequired, EmptyValue())
        }
        #expect(error == .messageTooLong(byteCount: 65_541))
        #expect(error?.description == "a control message of 65541 bytes cannot be sent; use up to 65535 bytes")
        #expect(DecodedControl(writer.bytes, over: .ip) == DecodedControl(prefixOf: writer.bytes, over: .ip))
    }

    /// No message begins with anything else, not even a vendor's.
    @Test func messageTypeComesFirst() throws {
        var writer = ControlMessageWriter(header, type: nil)
        let before = writer.bytes
        let error = #expect(throws: ControlMessageWriter.ValidationError.self) {
            try writer.append(.hostName, "x")
        }
        #expect(error == .messageTypeMissing(AttributeType(7)))
        #expect(error?.description == "a control message cannot begin with AVP 7; begin with Message Type")
        let vendors = AttributeType(0, vendorID: 9)
        for (value, isHidden) in [([0], false), ([0, 1, 2], false), ([0, 1], true)] as [([UInt8], Bool)] {
            #expect(throws: ControlMessageWriter.ValidationError.messageTypeMissing(vendors)) {
                try writer.append(vendors, isMandatory: true, isHidden: isHidden, value: value.span)
            }
        }
        #expect(writer.bytes == before)
        try writer.append(vendors, isMandatory: true, value: ([0, 1] as [UInt8]).span)
        try writer.append(.hostName, "x")
        let bytes = writer.bytes
        #expect(try ControlMessage(parsing: bytes.span, encapsulation: .ip).messageType == nil)
    }

    @Test func headersAreWritten() throws {
        for vector in GoldenControlMessage.all {
            let header = try vector.header()
            let avps = vector.avps.flatMap(\.bytes)
            let bytes = [UInt8](capacity: header.encodedByteCount) {
                header.serialize(avpByteCount: avps.count, into: &$0)
            }
            #expect(bytes + avps == vector.bytes)
        }
    }

    /// The same as a writer, into memory of the caller's, behind what is there already.
    @Test func messagesAreWrittenInPlace() throws {
        let udp = ControlHeader(tunnelID: header.tunnelID, ns: header.ns, nr: header.nr, encapsulation: .udp)
        let v2 = try ControlHeader(v2TunnelID: TunnelID(7), sessionID: SessionID(9), ns: .first, nr: .first)
        for header in [header, udp, v2] {
            var writer = ControlMessageWriter(header, type: .incomingCallReply)
            try writer.append(.localSessionID, SessionID(17))
            try writer.append(.remoteEndID, [1, 2, 3], isMandatory: false)
            let bytes = [UInt8](capacity: 100) { output in
                output.append(0xAA)
                header.serialize(.incomingCallReply, into: &output) { avps in
                    AVPDefinition.localSessionID.serialize(SessionID(17), in: header.version, into: &avps)
                    AVPDefinition.remoteEndID.serialize([1, 2, 3], isMandatory: false, into: &avps)
                }
                header.serialize(nil, into: &output) { _ in }
            }
            #expect(bytes == [0xAA] + writer.bytes + ControlMessageWriter(header, type: nil).bytes)
        }
    }

    @Test func whatAppendsAVPsMayFail() {
        struct Refusal: Error {}
        #expect(throws: Refusal.self) {
            _ = try [UInt8](capacity: 100) { (output) throws(Refusal) in
                try header.serialize(.hello, into: &output) { (_) throws(Refusal) in throw Refusal() }
            }
        }
    }

    @Test func inPlaceThereMustBeRoom() async {
        await #expect(processExitsWith: .failure) {
            _ = [UInt8](capacity: 2000) {
                AVPDefinition.remoteEndID.serialize([UInt8](repeating: 1, count: 1018), in: .v3, into: &$0)
            }
        }
        await #expect(processExitsWith: .failure) {
            _ = [UInt8](capacity: 9) { AVPDefinition.localSessionID.serialize(SessionID(1), in: .v3, into: &$0) }
        }
        await #expect(processExitsWith: .failure) {
            let header = ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .udp)
            _ = [UInt8](capacity: 11) { header.serialize(avpByteCount: 0, into: &$0) }
        }
        await #expect(processExitsWith: .failure) {
            let header = ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .udp)
            _ = [UInt8](capacity: 20) { header.serialize(avpByteCount: -1, into: &$0) }
        }
        await #expect(processExitsWith: .failure) {
            let header = try DataHeaderV2(tunnelID: TunnelID(1), sessionID: SessionID(1), hasLength: true)
            _ = [UInt8](capacity: 20) { header.serialize(payloadByteCount: -1, into: &$0) }
        }
        await #expect(processExitsWith: .failure) {
            let header = ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .udp)
            _ = [UInt8](capacity: 70_000) {
                header.serialize(.hello, into: &$0) { avps in
                    for _ in 0..<65 {
                        AVPDefinition.remoteEndID.serialize([UInt8](repeating: 1, count: 1017), in: .v3, into: &avps)
                    }
                }
            }
        }
    }
}
