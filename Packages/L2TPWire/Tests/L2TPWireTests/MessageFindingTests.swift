import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct MessageFindingTests {
    private func findings(
        _ bytes: [UInt8], over encapsulation: Encapsulation = .udp, registry: AVPRegistry = .standard
    ) throws -> [MessageFinding] {
        try ControlMessage(parsingPrefix: bytes.span, encapsulation: encapsulation).findings(registry: registry)
    }

    /// The messages of the RFCs are as their own rules have them.
    @Test(arguments: GoldenControlMessage.all)
    func goldenMessagesHaveNone(vector: GoldenControlMessage) throws {
        #expect(try findings(vector.bytes, over: vector.encapsulation) == [])
    }

    /// Every named message has rules in the versions that have it, and a vector that shows what it must have.
    @Test func everyMessageHasRules() throws {
        for type in MessageType.named {
            let versions = [ProtocolVersion.v2, .v3].filter { MessageRules(type, version: $0) != nil }
            #expect(!versions.isEmpty, "\(type)")
            #expect(GoldenControlMessage.all.contains { $0.type == type }, "\(type)")
        }
        #expect(MessageRules(MessageType(rawValue: 5), version: .v3) == nil)
        #expect(MessageRules(.acknowledgement, version: .v2) == nil)
        let rules = try #require(MessageRules(.incomingCallRequest, version: .v3))
        #expect(rules.required.map(\.number) == [63, 64, 15, 68, 66, 71])
        #expect(rules.optional.contains(AttributeType(65)) && rules.optional.contains(AttributeType(59)))
        #expect(rules.mandatory == .must(true))
        #expect(try #require(MessageRules(.modemStatus, version: .v2)).mandatory == .must(false))
    }

    /// The rules name attribute types that the registry knows, each once.
    @Test func rulesAgreeWithTheRegistry() throws {
        for type in MessageType.named {
            for version in [ProtocolVersion.v2, .v3] {
                guard let rules = MessageRules(type, version: version) else { continue }
                let all = rules.required + rules.optional
                #expect(Set(all).count == all.count, "\(type)")
                for attribute in all {
                    let entry = try #require(AVPRegistry.standard[attribute])
                    // The extensions of L2TPv2 stand in the same table for both versions.
                    let isBase = MessageRules(type, version: .v2) == nil || type.rawValue <= 16
                    #expect(!isBase || entry.versions.includes(version), "\(type) \(entry.name)")
                }
            }
        }
    }

    /// Without one of its required AVPs a message has just that finding.
    @Test(arguments: GoldenControlMessage.all.filter { $0.type != nil })
    func missing(vector: GoldenControlMessage) throws {
        let type = try #require(vector.type)
        let rules = try #require(MessageRules(type, version: vector.version))
        for required in rules.required {
            var writer = ControlMessageWriter(try vector.header(), type: type)
            for avp in vector.avps.dropFirst() where avp.type != required {
                let isMandatory = avp.bytes[0] & 0x80 != 0
                try writer.append(avp.type, isMandatory: isMandatory, value: serialize(avp.value).span)
            }
            let found = try findings(writer.bytes, over: vector.encapsulation)
            #expect(found.map(\.kind) == [.missing] && found.map(\.type) == [required])
            #expect(found.first?.offset == writer.bytes.count)
        }
    }

    @Test func bits() throws {
        var writer = ControlMessageWriter(
            try ControlHeader(v2TunnelID: TunnelID(1), ns: .first, nr: .first), type: .startControlConnectionConnected)
        let (one, none): ([UInt8], [UInt8]) = ([1], [])
        try writer.append(.hostName, "a", isMandatory: false)
        try writer.append(.tieBreaker, 1, isMandatory: true)
        try writer.append(AttributeType(7), isMandatory: true, isHidden: true, value: one.span)
        try writer.append(AttributeType(11), isMandatory: true, isHidden: true, value: one.span)
        try writer.append(AttributeType(1, vendorID: 9), isMandatory: true, value: none.span)
        try writer.append(AttributeType(1, vendorID: 9), isMandatory: false, value: none.span)
        #expect(
            try findings(writer.bytes).map(\.description) == [
                "Host Name has its M bit clear, at byte 20", "Tie Breaker has its M bit set, at byte 27",
                "Host Name is hidden, which its definition does not allow, at byte 41",
                "AVP 9/1 counts as unknown and has its M bit set, at byte 55",
            ])
    }

    /// RFC 2661 §4.1 takes an AVP with a reserved bit set for an unknown one, RFC 3931 §5.1 ignores the bit.
    @Test func reservedBits() throws {
        let stop = "0001 00010000 00000000 8008 0000 0000 0004 8408 0000 0009 0001 2008 0000 0001 0001"
        let v2 = try Hex.parse("c802 0024" + stop.dropFirst(4))
        #expect(
            try findings(v2).map(\.description) == [
                "Assigned Tunnel ID has a reserved bit set, at byte 20",
                "Assigned Tunnel ID counts as unknown and has its M bit set, at byte 20",
                "Result Code has a reserved bit set, at byte 28",
                "Assigned Tunnel ID is missing, at byte 36", "Result Code is missing, at byte 36",
            ])
        let v3 = try Hex.parse("c803 001c 00010000 00000000 8008 0000 0000 0004 a008 0000 0001 0001")
        #expect(try findings(v3).map(\.kind) == [.reservedBits])

        let message = try ControlMessage(parsing: v2.span, encapsulation: .udp)
        var verdicts: [[AVPRegistry.Verdict]] = []
        var iterator = message.avps.makeIterator()
        while let avp = iterator.next() {
            verdicts.append([.v2, .v3].map { AVPRegistry.standard.verdict(on: avp, in: $0) })
        }
        #expect(
            verdicts == [
                [.recognized, .recognized], [.unrecognizedMandatory, .recognized], [.ignored, .recognized],
            ])
    }

    @Test func messageTypes() throws {
        let hello = "c803 0014 00000001 00000000 0008 0000 0000 0006"
        #expect(try findings(Hex.parse(hello)).map(\.description) == ["Message Type has its M bit clear, at byte 12"])
        let modem = "c802 001c 00010001 00000000 8008 0000 0000 0011 0008 0000 0036 8005"
        #expect(try findings(Hex.parse(modem)).map(\.kind) == [.mandatoryBit(expected: false)])
        let unknown = "c803 0014 00000001 00000000 8008 0000 0000 0063"
        #expect(
            try findings(Hex.parse(unknown)).map(\.description) == [
                "the message is unknown and has its M bit set, at byte 12"
            ])
        let ignorable = "c803 0014 00000001 00000000 0008 0000 0000 0063"
        #expect(try findings(Hex.parse(ignorable)) == [])
        let missing = "c803 0014 00000001 00000000 8008 0000 0000 0004"
        #expect(try findings(Hex.parse(missing)).map(\.description) == ["Result Code is missing, at byte 20"])
        #expect(try findings(Hex.parse(missing), registry: AVPRegistry()).first?.name == nil)
        // A message of vendor 9, and an AVP of that vendor.
        let vendors = "c803 001a 00000001 00000000 8008 0009 0000 0001 8006 0009 1234"
        #expect(try findings(Hex.parse(vendors)).map(\.kind) == [.unrecognizedMessage, .unrecognizedMandatory])
        #expect(try findings(Hex.parse("c803 000c 00000001 00000000")) == [])
        // What comes first is a Host Name, and a Message Type that is hidden: both are what they are.
        let host = "c803 001b 00000000 00000000 8007 0000 0007 61 8008 0000 0000 0006"
        #expect(try findings(Hex.parse(host)) == [])
        let hidden = "c803 0016 00000000 00000000 c00a 0000 0000 11223344"
        #expect(try findings(Hex.parse(hidden)).map(\.kind) == [.hidden])
    }
}
