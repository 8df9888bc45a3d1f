import L2TPWire
import L2TPWireTestSupport
import Testing

/// One AVP of every type, against its golden vector.
@Suite struct AVPValueTests {
    @Test(arguments: GoldenAVP.all)
    func golden(vector: GoldenAVP) throws {
        let bytes = vector.bytes
        let list = try AVPList(parsing: bytes.span, at: 12)
        let first = AVPCopy(first: list)
        let avp = try #require(first)
        #expect(avp == AVPCopy(vector, at: 12))
        let entry = try #require(AVPRegistry.standard[vector.type])
        let decoded = try entry.decode(avp.value.span)
        #expect(AnyHashable(decoded) == AnyHashable(vector.value))
        #expect(entry.name == vector.name)
        #expect(entry.mandatory.allows(avp.isMandatory) || entry.mandatory(in: .v2).allows(avp.isMandatory))
    }

    /// Written, the value has the vector's bytes, in just as many as it says.
    @Test(arguments: GoldenAVP.all)
    func written(vector: GoldenAVP) {
        let value = vector.value
        #expect(serialize(value) == Array(vector.bytes.dropFirst(AVP.headerByteCount)))
    }

    /// The parts of a value lie within it and have names, unless there is only one.
    @Test(arguments: GoldenAVP.all)
    func fields(vector: GoldenAVP) {
        let (value, fields) = (vector.value, vector.value.fields)
        #expect(fields.isEmpty == (value.encodedByteCount == 0))
        #expect(fields.count == 1 || fields.allSatisfy { !$0.name.isEmpty })
        for field in fields {
            #expect(field.offset >= 0 && field.offset + field.byteCount <= value.encodedByteCount)
        }
    }

    /// Every prefix of a value, and the value with bytes after it: read as something that is written in as many bytes,
    /// or refused by an error that names the AVP and lies within the value.
    @Test(arguments: GoldenAVP.all)
    func otherLengths(vector: GoldenAVP) throws {
        let entry = try #require(AVPRegistry.standard[vector.type])
        let value = serialize(vector.value)
        for bytes in (0..<value.count).map({ Array(value.prefix($0)) }) + [value + [0], value + value + [0]] {
            do throws(WireError) {
                let decoded = try entry.decode(bytes.span)
                #expect(decoded.encodedByteCount == bytes.count)
            } catch {
                #expect(error.code == (bytes.count < value.count ? .valueTooShort : error.code))
                #expect([.valueTooShort, .valueTooLong].contains(error.code))
                #expect(error.offset <= bytes.count)
                #expect(error.field.hasPrefix(vector.name))
            }
        }
    }

    /// Random values: what can be read is the same after it has been written.
    @Test(arguments: GoldenAVP.all)
    func roundTrip(vector: GoldenAVP) throws {
        var generator = SeededGenerator(for: "AVPValueTests.roundTrip \(vector)")
        let entry = try #require(AVPRegistry.standard[vector.type])
        let length = serialize(vector.value).count
        var accepted = 0
        for round in 0..<200 {
            let count = round % 2 == 0 ? length : Int.random(in: 0...40, using: &generator)
            let bytes = generator.bytes(count)
            guard let value = try? entry.decode(bytes.span) else { continue }
            accepted += 1
            let written = serialize(value)
            let again = try entry.decode(written.span)
            #expect(written.count == bytes.count)
            #expect(AnyHashable(again) == AnyHashable(value), "\(Hex.print(bytes))")
            #expect(serialize(again) == written)
        }
        // A digest of a known type has a length of its own, which random bytes seldom have.
        #expect(accepted >= 100)
    }

    @Test func hiddenValuesAreNotRead() throws {
        let bytes = try Hex.parse("c00a 0000 0007 61626364")
        let list = try AVPList(parsing: bytes.span, at: 20)
        let error = #expect(throws: WireError.self) { try AVPList(parsing: bytes.span).value(of: .hostName) }
        #expect(error == WireError(.hidden, at: 0, in: "Host Name"))
        let first = AVPCopy(first: list)
        let avp = try #require(first)
        #expect(avp.isHidden && avp.isMandatory && avp.offset == 20)
    }

    @Test func errorsPointIntoTheMessage() throws {
        let bytes = try Hex.parse("800a 0000 0001 0002 0008 8009 0000 0001 0002 00")
        let list = try AVPList(parsing: bytes.span, at: 100)
        var iterator = list.makeIterator()
        _ = iterator.next()
        let second = iterator.next()
        var error: WireError?
        do throws(WireError) { _ = try second?.decoded(as: .resultCode) } catch let caught { error = caught }
        #expect(error == WireError(.valueTooShort, at: 119, in: "Result Code, Error Code"))
    }
}
