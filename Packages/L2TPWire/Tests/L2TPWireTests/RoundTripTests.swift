import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct RoundTripTests {
    private func randomHeader(_ generator: inout SeededGenerator) throws -> DataHeader {
        let encapsulation: Encapsulation = Bool.random(using: &generator) ? .udp : .ip
        let sublayer: L2SpecificSublayer = Bool.random(using: &generator) ? .default : .none
        let cookie: Cookie? =
            switch UInt8.random(in: 0...2, using: &generator) {
            case 0: nil
            case 1: Cookie(UInt32.random(in: 0 ... .max, using: &generator))
            default: Cookie(UInt64.random(in: 0 ... .max, using: &generator))
            }
        let isNumbered = sublayer == .default && Bool.random(using: &generator)
        let number = SequenceNumber(truncating: UInt32.random(in: 0 ... .max, using: &generator))
        return try DataHeader(
            encapsulation: encapsulation,
            sessionID: SessionID(UInt32.random(in: (encapsulation == .udp ? 0 : 1) ... .max, using: &generator)),
            cookie: cookie,
            sublayer: sublayer,
            sequenceNumber: isNumbered ? number : nil
        )
    }

    /// Write, read, compare.
    @Test func headersSurvive() throws {
        var generator = SeededGenerator(for: "RoundTripTests.headersSurvive")
        for _ in 0..<10_000 {
            let header = try randomHeader(&generator)
            let payload = generator.bytes(Int.random(in: 0...20, using: &generator))
            let bytes = serialize(header, payload: payload)
            let outcome = Decoded(bytes, over: header.encapsulation, as: header.format)
            guard outcome == .data(header, payload: payload) else {
                Issue.record("\(Hex.print(bytes)) over \(header.encapsulation): \(outcome), expected \(header)")
                return
            }
        }
    }

    /// Read, write, read: whatever bytes arrive, nothing traps and no byte of a payload is lost.
    @Test func randomBytesNeverTrap() {
        var generator = SeededGenerator(for: "RoundTripTests.randomBytesNeverTrap")
        var accepted = 0
        for _ in 0..<10_000 {
            var bytes = generator.bytes(Int.random(in: 0...40, using: &generator))
            // Pure noise seldom gets past the version, or to a session of zero.
            switch UInt8.random(in: 0...3, using: &generator) {
            case 0 where bytes.count >= 2: bytes.replaceSubrange(0..<2, with: [0x00, 0x03])
            case 1 where bytes.count >= 4: bytes.replaceSubrange(0..<4, with: [0, 0, 0, 0])
            default: break
            }
            for encapsulation in Encapsulation.allCases {
                let sorted = Sorted(bytes, over: encapsulation)
                for format in DataFormat.all {
                    guard case .data(let header, let payload) = Decoded(bytes, over: encapsulation, as: format) else {
                        continue
                    }
                    accepted += 1
                    let written = serialize(header, payload: payload)
                    let again = Decoded(written, over: encapsulation, as: format)
                    guard written.count == bytes.count, again == .data(header, payload: payload),
                        case .data(header.sessionID, _) = sorted
                    else {
                        Issue.record("\(Hex.print(bytes)) over \(encapsulation) as \(format)")
                        return
                    }
                }
            }
        }
        // A test that refuses everything would prove nothing.
        #expect(accepted > 10_000)
    }
}
