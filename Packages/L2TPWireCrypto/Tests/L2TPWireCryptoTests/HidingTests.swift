import L2TPWire
import L2TPWireCrypto
import L2TPWireTestSupport
import Testing

@Suite struct HidingTests {
    static let v2 = HidingKey(SharedSecret(Vectors.secret), version: .v2)
    static let v3 = HidingKey(SharedSecret(Vectors.secret), version: .v3)

    /// Message, version, and the value that is hidden in its last AVP.
    static let vectors: [(message: [UInt8], version: ProtocolVersion, value: [UInt8])] = [
        (Vectors.hiddenV2Short, .v2, [0x12, 0x34]),
        (Vectors.hiddenV2Long, .v2, Array("a name that takes more than two blocks of MD5".utf8)),
        (Vectors.hiddenV3, .v3, [0x11, 0x22, 0x33, 0x44]),
    ]

    /// The values of a message's AVPs, or the error of each that cannot be revealed.
    private func values(_ message: [UInt8], with key: HidingKey) throws -> [Result<[UInt8], WireError>] {
        let parsed = try ControlMessage(parsing: message.span, encapsulation: .udp)
        var revealer = AVPRevealer(key)
        var iterator = parsed.avps.makeIterator()
        var values: [Result<[UInt8], WireError>] = []
        while let avp = iterator.next() {
            do throws(WireError) {
                values.append(.success(try revealer.value(of: avp)))
            } catch {
                values.append(.failure(error))
            }
        }
        return values
    }

    @Test(arguments: vectors.indices)
    func vectorsAreRevealed(index: Int) throws {
        let vector = Self.vectors[index]
        let key = HidingKey(SharedSecret(Vectors.secret), version: vector.version)
        let values = try values(vector.message, with: key)
        #expect(values.count == 3)
        #expect(values[0] == .success([0, 6]))
        #expect(values[1] == .success(Vectors.randomVector))
        #expect(values[2] == .success(vector.value))
    }

    @Test func vectorsAreWritten() throws {
        let vector = RandomVector(Vectors.randomVector)
        let vendorName = AVPDefinition<TextValue>(
            AttributeType(8), "Vendor Name", versions: .all, mandatory: .must(true), hiding: true)
        let assigned = AVPDefinition<UInt16>(
            AttributeType(9), "Assigned Tunnel ID", versions: .v2, mandatory: .must(true), hiding: true)
        let header = try ControlHeader(
            v2TunnelID: TunnelID(1), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1))

        var writer = ControlMessageWriter(header, type: .hello)
        try writer.append(vector)
        try writer.append(hiding: assigned, 0x1234, with: Self.v2, randomVector: vector)
        #expect(writer.bytes == Vectors.hiddenV2Short)

        writer.reset(header, type: .hello)
        try writer.append(vector)
        try writer.append(
            hiding: vendorName, "a name that takes more than two blocks of MD5", with: Self.v2, randomVector: vector,
            padding: [UInt8](repeating: 0x55, count: 5))
        #expect(writer.bytes == Vectors.hiddenV2Long)

        let assignedV3 = AVPDefinition<UInt32>(
            AttributeType(61), "Assigned Control Connection ID", versions: .v3, mandatory: .should(true), hiding: true)
        let headerV3 = ControlHeader(
            tunnelID: TunnelID(7), ns: ControlSequenceNumber(1), nr: ControlSequenceNumber(1), encapsulation: .udp)
        writer.reset(headerV3, type: .hello)
        try writer.append(vector)
        try writer.append(
            hiding: assignedV3, 0x1122_3344, with: Self.v3, randomVector: vector,
            padding: [UInt8](repeating: 0x5A, count: 12))
        #expect(writer.bytes == Vectors.hiddenV3)
    }

    @Test func wrongSecretIsAnError() throws {
        // With a wrong secret the length is a random number of 16 bits, which seldom fits.
        let key = HidingKey(SharedSecret("guess"), version: .v2)
        #expect(
            try values(Vectors.hiddenV2Short, with: key)[2]
                == .failure(WireError(.originalValueTooLong, at: 48, in: "Length of Original Value")))
        #expect(try values(Vectors.hiddenV3, with: Self.v2)[2] != .success([0x11, 0x22, 0x33, 0x44]))
    }

    @Test func randomVectorMustPrecede() throws {
        let header = try ControlHeader(v2TunnelID: TunnelID(1), ns: .first, nr: .first)
        var writer = ControlMessageWriter(header, type: .hello)
        let hidden = try Self.v2.hide([1, 2].span, of: AttributeType(9), randomVector: RandomVector([1]))
        try writer.append(AttributeType(9), isMandatory: true, isHidden: true, value: hidden.span)
        try writer.append(RandomVector([1]))
        #expect(
            try values(writer.bytes, with: Self.v2)[1]
                == .failure(WireError(.randomVectorMissing, at: 20, in: "AVP 9")))
    }

    @Test func lastRandomVectorBeforeTheAVPCounts() throws {
        let header = try ControlHeader(v2TunnelID: TunnelID(1), ns: .first, nr: .first)
        var writer = ControlMessageWriter(header, type: .hello)
        let definition = AVPDefinition<UInt16>(
            AttributeType(9), "Assigned Tunnel ID", versions: .v2, mandatory: .must(true), hiding: true)
        let vectors = [RandomVector([]), RandomVector.random(), RandomVector.random(byteCount: 100)]
        for vector in vectors {
            try writer.append(vector)
            try writer.append(hiding: definition, 7, with: Self.v2, randomVector: vector)
            try writer.append(.hostName, "lac")
            try writer.append(hiding: definition, 8, with: Self.v2, randomVector: vector, padding: [1])
        }
        let values = try values(writer.bytes, with: Self.v2)
        for index in vectors.indices {
            #expect(values[1 + 4 * index] == .success(vectors[index].bytes))
            #expect(values[2 + 4 * index] == .success([0, 7]))
            #expect(values[4 + 4 * index] == .success([0, 8]))
        }
    }

    @Test func valuesAreDecoded() throws {
        let assigned = AVPDefinition<UInt16>(
            AttributeType(9), "Assigned Tunnel ID", versions: .v2, mandatory: .must(true), hiding: true)
        let longer = AVPDefinition<UInt32>(
            AttributeType(9), "Assigned Tunnel ID", versions: .v2, mandatory: .must(true), hiding: true)
        let message = Vectors.hiddenV2Short
        let parsed = try ControlMessage(parsing: message.span, encapsulation: .udp)
        let value = try parsed.avps.value(of: assigned, revealedWith: Self.v2)
        #expect(value == 0x1234)
        let type = try parsed.avps.value(of: .messageType, revealedWith: Self.v2)
        #expect(type == .hello)
        let name = try parsed.avps.value(of: .hostName, revealedWith: Self.v2)
        #expect(name == nil)
        #expect(throws: WireError(.valueTooShort, at: 42, in: "Assigned Tunnel ID")) {
            let parsed = try ControlMessage(parsing: message.span, encapsulation: .udp)
            _ = try parsed.avps.value(of: longer, revealedWith: Self.v2)
        }
    }

    @Test func tooShortSubformat() throws {
        let header = try ControlHeader(v2TunnelID: TunnelID(1), ns: .first, nr: .first)
        for count in 0..<2 {
            var writer = ControlMessageWriter(header, type: .hello)
            try writer.append(RandomVector([1]))
            let value = [UInt8](repeating: 0, count: count)
            try writer.append(AttributeType(9), isMandatory: true, isHidden: true, value: value.span)
            #expect(
                try values(writer.bytes, with: Self.v2)[2]
                    == .failure(WireError(.valueTooShort, at: 33 + count, in: "Length of Original Value")))
        }
    }

    @Test func notEverythingMayBeHidden() throws {
        let header = try ControlHeader(v2TunnelID: TunnelID(1), ns: .first, nr: .first)
        var writer = ControlMessageWriter(header, type: .hello)
        let before = writer.bytes
        #expect(throws: HidingError.mustNotBeHidden(AttributeType(7))) {
            try writer.append(hiding: .hostName, "lac", with: Self.v2, randomVector: RandomVector([1]))
        }
        let name = AVPDefinition<TextValue>(
            AttributeType(8), "Vendor Name", versions: .all, mandatory: .must(true), hiding: true)
        let long = TextValue(String(repeating: "a", count: 1015))
        #expect(throws: HidingError.unwritable(.valueTooLong(AttributeType(8), byteCount: 1018))) {
            try writer.append(hiding: name, long, with: Self.v2, randomVector: RandomVector([1]), padding: [0])
        }
        // The receiver would reveal something else.
        let other = HidingError.keyOfOtherVersion(message: .v2)
        #expect(throws: other) {
            try writer.append(hiding: name, "lac", with: Self.v3, randomVector: RandomVector([1]))
        }
        #expect("\(other)" == "the message is L2TPv2 and the key is not; make a key for L2TPv2")
        #expect(writer.bytes == before)
        try writer.append(hiding: name, long, with: Self.v2, randomVector: RandomVector([1]))
        #expect(writer.bytes.count == before.count + 1023)
        #expect(
            "\(HidingError.mustNotBeHidden(AttributeType(7)))" == "AVP 7 must not be hidden; send it in plain sight")
        #expect("\(HidingError.unwritable(.messageTooLong(byteCount: 65536)))".hasPrefix("a control message of 65536"))
    }

    /// Hide, write, read, reveal.
    @Test func valuesSurvive() throws {
        var generator = SeededGenerator(for: "HidingTests.valuesSurvive")
        for _ in 0..<2000 {
            let secret = SharedSecret(generator.bytes(Int.random(in: 0...80, using: &generator)))
            let key = HidingKey(secret, version: Bool.random(using: &generator) ? .v2 : .v3)
            let value = generator.bytes(Int.random(in: 0...60, using: &generator))
            let vector = RandomVector(generator.bytes(Int.random(in: 0...40, using: &generator)))
            let padding = generator.bytes(Int.random(in: 0...20, using: &generator))
            let number = UInt16.random(in: 100 ... .max, using: &generator)
            let definition = AVPDefinition<[UInt8]>(
                AttributeType(number, vendorID: 9), "Example", versions: .all, mandatory: .must(false), hiding: true)
            let header =
                key.version == .v2
                ? try ControlHeader(v2TunnelID: TunnelID(1), ns: .first, nr: .first)
                : ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .udp)
            var writer = ControlMessageWriter(header, type: .hello)
            try writer.append(vector)
            try writer.append(hiding: definition, value, with: key, randomVector: vector, padding: padding)
            let revealed = try values(writer.bytes, with: key)
            guard revealed.last == .success(value) else {
                Issue.record("\(Hex.print(value)) hidden in \(Hex.print(writer.bytes))")
                return
            }
        }
    }
}
