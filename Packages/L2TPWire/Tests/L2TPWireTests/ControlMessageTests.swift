import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct ControlMessageTests {
    @Test(arguments: GoldenControlMessage.all)
    func golden(vector: GoldenControlMessage) throws {
        var offset = vector.encapsulation == .udp ? 12 : 16
        var avps: [AVPCopy] = []
        for avp in vector.avps {
            avps.append(AVPCopy(avp, at: offset))
            offset += avp.bytes.count
        }
        let expected = DecodedControl.message(try vector.header(), vector.type, avps, nil)
        #expect(DecodedControl(vector.bytes, over: vector.encapsulation) == expected)
        #expect(DecodedControl(prefixOf: vector.bytes, over: vector.encapsulation) == expected)

        let bytes = vector.bytes
        let message = try ControlMessage(parsing: bytes.span, encapsulation: vector.encapsulation)
        let (version, tunnelID, sessionID) = (message.version, message.tunnelID, message.sessionID)
        let (ns, nr, stated) = (message.ns, message.nr, message.statedByteCount)
        #expect(version == vector.version)
        #expect(tunnelID == vector.tunnelID)
        #expect(sessionID == vector.sessionID)
        #expect(ns == vector.ns && nr == vector.nr)
        #expect(stated == bytes.count - (vector.encapsulation == .udp ? 0 : 4))
    }

    /// The values of the AVPs are those of the vector.
    @Test(arguments: GoldenControlMessage.all)
    func values(vector: GoldenControlMessage) throws {
        for avp in vector.avps {
            let bytes = avp.bytes
            let entry = try #require(AVPRegistry.standard[avp.type])
            let value = try entry.decode(Array(bytes.dropFirst(AVP.headerByteCount)).span)
            #expect(AnyHashable(value) == AnyHashable(avp.value), "\(avp)")
        }
    }

    /// Written with the same values, the message has the same bytes.
    @Test(arguments: GoldenControlMessage.all)
    func written(vector: GoldenControlMessage) throws {
        var writer = ControlMessageWriter(try vector.header(), type: vector.type)
        for avp in vector.avps.dropFirst() {
            let isMandatory = avp.bytes[0] & 0x80 != 0
            try writer.append(avp.type, isMandatory: isMandatory, value: serialize(avp.value).span)
        }
        #expect(writer.bytes == vector.bytes)
    }

    /// With the M bits that the definitions prefer, too, unless the vector has another one for a reason.
    @Test func writtenByDefinition() throws {
        let vector = try #require(GoldenControlMessage.all.first { $0.name == "v3-sccrp" })
        var writer = ControlMessageWriter(try vector.header(), type: .startControlConnectionReply)
        try writer.append(.hostName, "lac.example")
        try writer.append(.routerID, 0x0A00_0001)
        try writer.append(.assignedControlConnectionID, TunnelID(0x1122_3344))
        try writer.append(.pseudowireCapabilitiesList, [.ethernetVLAN, .ethernet])
        try writer.append(.controlMessageAuthenticationNonce, [0xB0, 0xB1, 0xB2, 0xB3])
        #expect(writer.bytes == vector.bytes)
    }

    @Test func valuesByDefinition() throws {
        let vector = try #require(GoldenControlMessage.all.first { $0.name == "v3-icrq" })
        let bytes = vector.bytes
        let message = try ControlMessage(parsing: bytes.span, encapsulation: .udp)
        let cookie = try message.avps.value(of: .assignedCookie)
        let sublayer = try message.avps.value(of: .l2SpecificSublayer)
        let language = try message.avps.value(of: .preferredLanguage)
        #expect(cookie?.cookie == Cookie(0x0123_4567_89AB_CDEF as UInt64))
        #expect(sublayer?.sublayer == .default)
        #expect(language == nil)
        let isEmpty = message.avps.isEmpty
        #expect(!isEmpty)
    }

    @Test func refusals() throws {
        let cases: [(String, Encapsulation, WireError)] = [
            ("0003 0014 11223344 00020001", .udp, WireError(.dataMessage, at: 0, in: "T bit")),
            ("00000001 c803000c 11223344 00020001", .ip, WireError(.dataMessage, at: 0, in: "Session ID")),
            ("8803 000c 11223344 00020001", .udp, WireError(.requiredBitClear, at: 0, in: "L bit")),
            ("c003 000c 11223344 00020001", .udp, WireError(.requiredBitClear, at: 0, in: "S bit")),
            ("00000000 4803000c 11223344 00020001", .ip, WireError(.typeBitClear, at: 4, in: "T bit")),
            ("ca02 000c 11223344 00020001", .udp, WireError(.offsetBitSet, at: 0, in: "O bit")),
            ("c804 000c 11223344 00020001", .udp, WireError(.unsupportedVersion, at: 1, in: "Ver")),
            ("00000000 c802000c 11223344 00020001", .ip, WireError(.unsupportedVersion, at: 5, in: "Ver")),
            ("c803 000b 11223344 00020001", .udp, WireError(.lengthTooSmall, at: 2, in: "Length")),
            ("c803 000d 11223344 00020001", .udp, WireError(.truncated, at: 12, in: "Length")),
            ("c803 000c 11223344 00020001 00", .udp, WireError(.trailingBytes, at: 12, in: "Length")),
            ("c803 0011 11223344 00020001 8008000000", .udp, WireError(.truncated, at: 17, in: "AVP header")),
            ("c803 0012 11223344 00020001 800500000000", .udp, WireError(.lengthTooSmall, at: 12, in: "AVP Length")),
            ("c803 0012 11223344 00020001 800800000000", .udp, WireError(.avpTruncated, at: 12, in: "AVP Length")),
            ("c803 0012 11223344 00020001 800600000007", .udp, noMessageType),
            ("c803 0014 11223344 00020001 c00800000000 0006", .udp, noMessageType),
            ("c803 0013 11223344 00020001 800700000000 06", .udp, noMessageType),
        ]
        for (text, encapsulation, error) in cases {
            #expect(DecodedControl(try Hex.parse(text), over: encapsulation) == .refused(error), "\(text)")
        }
    }

    private var noMessageType: WireError { WireError(.messageTypeMissing, at: 12, in: "Message Type") }

    /// A message whose Message Type is a vendor's is read, and is none of ours.
    @Test func messagesOfVendors() throws {
        let bytes = try Hex.parse("c803 0014 11223344 00020001 8008 0009 0000 0006")
        let message = try ControlMessage(parsing: bytes.span, encapsulation: .udp)
        let (type, error) = (message.messageType, message.firstError)
        let first = AVPCopy(first: message.avps)
        let findings = message.findings()
        #expect(type == nil && error == nil)
        #expect(findings.map(\.kind) == [.unrecognizedMessage])
        #expect(first?.type == AttributeType(0, vendorID: 9))
    }

    @Test func identifiersOfVersion2HaveSixteenBits() {
        let large = SessionID(0x1_0000)
        let error = #expect(throws: ControlHeader.ValidationError.self) {
            try ControlHeader(v2TunnelID: TunnelID(1), sessionID: large, ns: .first, nr: .first)
        }
        #expect(error == .identifierTooLarge(0x1_0000))
        #expect(error?.description == "identifier 65536 does not fit into an L2TPv2 header; use 0…65535")
        #expect(throws: ControlHeader.ValidationError.identifierTooLarge(.max)) {
            try ControlHeader(v2TunnelID: TunnelID(.max), ns: .first, nr: .first)
        }
    }
}
