import L2TPDecode
import L2TPWire
import L2TPWireTestSupport
import Testing

/// The fields of a message: each lies where it says, and together they are the whole of it.
@Suite struct MessageFieldTests {
    /// A field as text.
    private func line(_ field: MessageField) -> String {
        let content =
            switch field.content {
            case .value(.number(let number, let name)): name.map { "\(number) \($0)" } ?? String(number)
            case .value(.flag(let flag)): String(flag)
            case .value(.text(let text)): text
            case .value(.bytes(let bytes)): bytes.hexadecimal
            case .value(.list(let elements)): "\(elements.count) elements"
            case .bits(let names): names.joined(separator: " ")
            case .cookie(let cookie): cookie.hexadecimal
            case .avp(let avp): avp.name ?? "unknown"
            case .payload(let frame): frame.kind.rawValue
            }
        return
            "\(String(repeating: "  ", count: field.depth))\(field.offset)+\(field.byteCount) \(field.name): \(content)"
    }

    private func lines(_ record: MessageRecord) -> [String] { record.fields.map(line) }

    private static let arp = Frames.ethernet(0x0806, Frames.arp())

    @Test("data messages of L2TPv3", arguments: [Encapsulation.udp, .ip])
    func data(encapsulation: Encapsulation) throws {
        var decoder = Decoder()
        let session = Session(encapsulation: encapsulation, cookie: Cookie(0x1122_3344_5566_7788 as UInt64))
        let start = encapsulation == .udp ? 4 : 0
        let head = encapsulation == .udp ? ["0+2 Flags: ", "1+1 Ver: 3"] : []
        #expect(
            lines(decoder.read(try session.message(Self.arp, number: 0xABCDEF), over: encapsulation)) == head + [
                "\(start)+4 Session ID: 1000", "\(start + 4)+8 Cookie: 1122334455667788", "\(start + 12)+1 S bit: true",
                "\(start + 13)+3 Sequence Number: 11259375", "\(start + 16)+42 payload: ethernet",
            ])
        #expect(
            lines(decoder.read(try session.message(Self.arp), over: encapsulation)).suffix(2) == [
                "\(start + 12)+1 S bit: false", "\(start + 16)+42 payload: ethernet",
            ])
        let bare = Session(encapsulation: encapsulation, id: SessionID(7), sublayer: .none)
        #expect(
            lines(decoder.read(try bare.message(Self.arp), over: encapsulation)) == head + [
                "\(start)+4 Session ID: 7", "\(start + 4)+42 payload: ethernet",
            ])
        // As much as there is of a message that is too short.
        let cut = Array(try Session(encapsulation: encapsulation, id: SessionID(8)).message([]).dropLast())
        #expect(lines(decoder.read(cut, over: encapsulation)) == head + ["\(start)+4 Session ID: 8"])
    }

    @Test("data messages of L2TPv2")
    func dataV2() throws {
        var decoder = Decoder()
        let header = try DataHeaderV2(
            tunnelID: TunnelID(7), sessionID: SessionID(8), hasLength: true,
            numbers: .init(ns: ControlSequenceNumber(3), nr: ControlSequenceNumber(4)), hasPriority: true,
            offsetByteCount: 2)
        let message =
            [UInt8](capacity: header.encodedByteCount) { header.serialize(payloadByteCount: 8, into: &$0) } + Frames.lcp
        #expect(
            lines(decoder.read(message)) == [
                "0+2 Flags: L S O P", "1+1 Ver: 2", "2+2 Length: 24", "4+2 Tunnel ID: 7", "6+2 Session ID: 8",
                "8+2 Ns: 3", "10+2 Nr: 4", "12+2 Offset Size: 2", "16+8 payload: ppp",
            ])
        #expect(
            lines(decoder.read(try Hex.parse("0002 0007 0008"))) == [
                "0+2 Flags: ", "1+1 Ver: 2", "2+2 Tunnel ID: 7", "4+2 Session ID: 8",
            ])
    }

    @Test("control messages", arguments: [Encapsulation.udp, .ip])
    func control(encapsulation: Encapsulation) throws {
        let vendors: [UInt8] = [1, 2, 3]
        let message = try controlMessage(.callDisconnectNotify, tunnelID: 9, ns: 2, over: encapsulation) { writer in
            try writer.append(
                .resultCode, ResultCodeValue(resultCode: 2, error: .init(GeneralErrorCode(rawValue: 6), message: "no")))
            try writer.append(AttributeType(5, vendorID: 9), isMandatory: false, value: vendors.span)
        }
        let start = encapsulation == .udp ? 0 : 4
        var decoder = Decoder()
        let record = decoder.read(message, over: encapsulation)
        #expect(
            lines(record) == (start > 0 ? ["0+4 Session ID: 0 control"] : []) + [
                "\(start)+2 Flags: T L S", "\(start + 1)+1 Ver: 3", "\(start + 2)+2 Length: 41",
                "\(start + 4)+4 Control Connection ID: 9", "\(start + 8)+2 Ns: 2", "\(start + 10)+2 Nr: 0",
                "\(start + 12)+8 AVP: Message Type", "\(start + 20)+12 AVP: Result Code",
                "  \(start + 26)+2 Result Code: 2 disconnected for the reason in the error code",
                "  \(start + 28)+2 Error Code: 6 vendor-specific error",
                "  \(start + 30)+2 Error Message: no", "\(start + 32)+9 AVP: unknown",
            ])
    }

    @Test("control messages of L2TPv2")
    func controlV2() throws {
        var writer = ControlMessageWriter(
            try ControlHeader(v2TunnelID: TunnelID(7), sessionID: SessionID(8), ns: .first, nr: .first), type: .hello)
        try writer.append(.hostName, "lac")
        var decoder = Decoder()
        #expect(
            lines(decoder.read(writer.bytes)) == [
                "0+2 Flags: T L S", "1+1 Ver: 2", "2+2 Length: 29", "4+2 Tunnel ID: 7", "6+2 Session ID: 8",
                "8+2 Ns: 0",
                "10+2 Nr: 0", "12+8 AVP: Message Type", "20+9 AVP: Host Name",
            ])
    }

    @Test(
        "bits of a control header that are reserved, which a receiver ignores",
        arguments: [
            ("fdf2", "T L S P reserved 0x34f0"), ("fff3", "T L S reserved 0x37f0"), ("c902", "T L S P"),
        ])
    func reservedBits(flags: String, text: String) throws {
        var decoder = Decoder()
        let record = decoder.read(try Hex.parse("\(flags) 0014 0001 0000 0000 0001 8008 0000 0000 0006"))
        #expect(record.error == nil && record.control?.findings == [])
        #expect(lines(record).first == "0+2 Flags: \(text)")
    }

    @Test("every golden message: fields say what the bytes at their places say", arguments: GoldenControlMessage.all)
    func golden(message: GoldenControlMessage) throws {
        var decoder = Decoder()
        let bytes = message.bytes
        let record = decoder.read(bytes, over: message.encapsulation)
        let control = try #require(record.control)
        #expect(record.error == nil)
        #expect(control.messageType == message.type)
        #expect(control.avps.count == message.avps.count)
        var end = message.encapsulation == .ip ? 4 + 12 : 12
        for field in record.fields {
            guard field.offset >= 0, field.byteCount >= 0, field.offset + field.byteCount <= bytes.count else {
                Issue.record("\(line(field)) lies outside")
                continue
            }
            let place = Array(bytes[field.offset..<field.offset + field.byteCount])
            switch field.content {
            case .value(.number(let number, _)) where field.name != "Ver":
                // A number of few bits lies within a byte or two.
                if place.count <= 8, field.depth == 0 { #expect(place == Frames.bigEndian(number, place.count)) }
            case .value(.bytes(let value)): #expect(place == value)
            case .value(.text(let text)): #expect(String(decoding: place, as: UTF8.self) == text)
            case .avp(let avp):
                #expect(field.offset == end)
                #expect(Array(place.dropFirst(6)) == avp.value)
                #expect(place[4..<6].elementsEqual(Frames.bigEndian(avp.type.number, 2)))
                end = field.offset + field.byteCount
            default: break
            }
        }
        #expect(end == bytes.count)
    }
}
