import L2TPWire
import L2TPWireTestSupport
import Testing

/// What an embedder adds: an attribute of its own, with a value type of its own.
private struct Thermometer: AVPValue {
    var tenths: UInt16

    init(tenths: UInt16) {
        self.tenths = tenths
    }

    init(parsing value: Span<UInt8>) throws(WireError) {
        guard value.count == 2 else { throw WireError(.invalidValue, at: value.count, in: "tenths") }
        tenths = UInt16(value[0]) << 8 | UInt16(value[1])
    }

    var encodedByteCount: Int { 2 }

    func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(UInt8(tenths >> 8))
        output.append(UInt8(tenths & 0xFF))
    }

    var fields: [AVPField] { [AVPField("tenths", byteCount: 2, .number(UInt64(tenths), name: nil))] }
}

extension AVPDefinition where Value == Thermometer {
    fileprivate static var thermometer: Self {
        Self(AttributeType(1, vendorID: 32473), "Thermometer", versions: .v3, mandatory: .must(false), hiding: true)
    }
}

@Suite struct AVPRegistryTests {
    /// IANA has given out 0 to 103 but for 20 and 67, and each has a vector.
    @Test func standardIsComplete() {
        let numbers = AVPRegistry.standard.allEntries.map(\.type)
        #expect(numbers == (0...103).filter { $0 != 20 && $0 != 67 }.map { AttributeType($0) })
        #expect(Set(GoldenAVP.all.map(\.type)) == Set(numbers))
        #expect(GoldenAVP.all.count == numbers.count)
    }

    /// Each entry agrees with the definition it was made of, which the vectors bear.
    @Test func entriesAgreeWithDefinitions() throws {
        for vector in GoldenAVP.all {
            let entry = try #require(AVPRegistry.standard[vector.type])
            #expect(entry.name == vector.name)
            #expect(entry.type.vendorID == AttributeType.ietfVendorID)
            #expect(!entry.versions.isEmpty)
        }
        let hostName = try #require(AVPRegistry.standard[AttributeType(7)])
        let definition = AVPDefinition.hostName
        #expect(hostName.versions == definition.versions)
        #expect(hostName.mandatory == definition.mandatory)
        #expect(hostName.mandatory(in: .v2) == definition.mandatory(in: .v2))
        #expect(hostName.mandatory(in: .v3) == definition.mandatory(in: .v3))
        #expect(hostName.mayBeHidden == definition.mayBeHidden)
    }

    /// RFC 2661 §4.4 says must, RFC 3931 §5.4 should; AVPs of L2TPv3 have the M bit clear in L2TPv2 (§4.7.3).
    @Test func theMBitDependsOnTheVersion() throws {
        #expect(AVPDefinition.hostName.mandatory(in: .v2) == .must(true))
        #expect(AVPDefinition.hostName.mandatory(in: .v3) == .should(true))
        #expect(AVPDefinition.tieBreaker.mandatory(in: .v2) == .must(false))
        #expect(AVPDefinition.tieBreaker.mandatory(in: .v3) == .should(true))
        #expect(AVPDefinition.callSerialNumber.mandatory(in: .v2) == .must(true))
        #expect(AVPDefinition.callSerialNumber.mandatory(in: .v3) == .should(false))
        #expect(AVPDefinition.routerID.mandatory(in: .v2) == .must(false))
        #expect(AVPDefinition.routerID.mandatory(in: .v3) == .should(true))
        #expect(AVPRegistry.standard[AttributeType(60)]?.mandatory(in: .v2) == .must(false))
        // RFC 3145 §2 forbids what other extensions leave to the sender.
        #expect(AVPDefinition.pppDisconnectCauseCode.mandatory(in: .v2) == .must(false))
        #expect(MandatoryBit.must(true).allows(true) && !MandatoryBit.must(true).allows(false))
        #expect(MandatoryBit.should(true).allows(false) && MandatoryBit.should(true).preferred)

        var writer = ControlMessageWriter(
            try ControlHeader(v2TunnelID: TunnelID(0), ns: .first, nr: .first), type: .startControlConnectionRequest)
        try writer.append(.tieBreaker, 1)
        #expect(Array(writer.bytes[20...21]) == [0x00, 0x0E])
        writer.reset(
            ControlHeader(tunnelID: TunnelID(0), ns: .first, nr: .first, encapsulation: .udp),
            type: .startControlConnectionRequest)
        try writer.append(.tieBreaker, 1)
        #expect(Array(writer.bytes[20...21]) == [0x80, 0x0E])
    }

    /// Cookies, and passwords of PPP; what an embedder does not say is none.
    @Test func secrets() {
        #expect(AVPRegistry.standard.allEntries.filter(\.isSecret).map(\.type.number) == [33, 65])
        #expect(AVPDefinition.assignedCookie.isSecret && AVPDefinition.proxyAuthenResponse.isSecret)
        #expect(!AVPDefinition.thermometer.isSecret)
    }

    @Test func versions() {
        #expect(ProtocolVersions.all.includes(.v2))
        #expect(!ProtocolVersions.v3.includes(.v2))
        #expect(ProtocolVersions.v3.includes(.v3))
        #expect(!ProtocolVersions.all.includes(ProtocolVersion(rawValue: 1)))
    }

    @Test func embeddersExtendIt() throws {
        var registry = AVPRegistry.standard
        registry.add(.thermometer)
        #expect(registry.allEntries.last?.name == "Thermometer")
        #expect(AVPRegistry.standard[AVPDefinition.thermometer.type] == nil)

        var writer = ControlMessageWriter(
            ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .udp), type: .hello)
        try writer.append(.thermometer, Thermometer(tenths: 215))
        let bytes = writer.bytes
        #expect(Array(bytes.dropFirst(20)) == (try Hex.parse("0008 7ed9 0001 00d7")))
        let message = try ControlMessage(parsing: bytes.span, encapsulation: .udp)
        let value = try message.avps.value(of: .thermometer)
        #expect(value == Thermometer(tenths: 215))
        let decoded = try registry[AttributeType(1, vendorID: 32473)]?.decode([0, 215].span)
        #expect(decoded as? Thermometer == value)
        #expect(throws: WireError(.invalidValue, at: 1, in: "Thermometer, tenths")) {
            try registry[AttributeType(1, vendorID: 32473)]?.decode([0].span)
        }
    }

    /// A later definition of the same type replaces the earlier one.
    @Test func theLastDefinitionCounts() {
        var registry = AVPRegistry()
        #expect(registry.allEntries.isEmpty)
        registry.add(.hostName)
        registry.add(
            AVPDefinition<[UInt8]>(AttributeType(7), "mine", versions: .all, mandatory: .must(false), hiding: false))
        #expect(registry.allEntries.map(\.name) == ["mine"])
    }

    /// Bytes of vendors that nobody has defined are kept, whatever they are, and so are numbers of the IETF's.
    @Test func unknownAVPsAreKept() throws {
        let text = "c803 0032 00000001 00000000 8008 0000 0000 0006 800c 0009 0001 a1a2a3a4a5a6 400a 0000 fffe b1b2b3b4"
        var bytes = try Hex.parse(text)
        bytes[3] = UInt8(bytes.count)
        let message = try ControlMessage(parsing: bytes.span, encapsulation: .udp)
        let avps = [AVPCopy](message.avps)
        #expect(avps.map(\.type) == [AttributeType(0), AttributeType(1, vendorID: 9), AttributeType(0xFFFE)])
        #expect(avps[1].type.description == "9/1" && avps[2].type.description == "65534")
        var writer = ControlMessageWriter(ControlHeader(message), type: .hello)
        var iterator = message.avps.makeIterator()
        _ = iterator.next()
        while let avp = iterator.next() { try writer.append(avp) }
        #expect(writer.bytes == bytes)
    }

    @Test func verdicts() throws {
        let bytes = try Hex.parse("8008 0000 0000 0006 8006 0009 0001 0006 0009 0001")
        let list = try AVPList(parsing: bytes.span)
        var iterator = list.makeIterator()
        var verdicts: [AVPRegistry.Verdict] = []
        while let avp = iterator.next() { verdicts.append(AVPRegistry.standard.verdict(on: avp)) }
        #expect(verdicts == [.recognized, .unrecognizedMandatory, .ignored])
    }
}
