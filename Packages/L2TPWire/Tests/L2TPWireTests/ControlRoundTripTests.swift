import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct ControlRoundTripTests {
    private func randomHeader(_ generator: inout SeededGenerator) throws -> ControlHeader {
        let ns = ControlSequenceNumber(UInt16.random(in: 0 ... .max, using: &generator))
        let nr = ControlSequenceNumber(UInt16.random(in: 0 ... .max, using: &generator))
        let tunnel = UInt32.random(in: 0 ... .max, using: &generator)
        switch UInt8.random(in: 0...2, using: &generator) {
        case 0: return ControlHeader(tunnelID: TunnelID(tunnel), ns: ns, nr: nr, encapsulation: .udp)
        case 1: return ControlHeader(tunnelID: TunnelID(tunnel), ns: ns, nr: nr, encapsulation: .ip)
        default:
            return try ControlHeader(
                v2TunnelID: TunnelID(tunnel >> 16), sessionID: SessionID(tunnel & 0xFFFF), ns: ns, nr: nr)
        }
    }

    /// Types of ours, of the IETF and of vendors, with values that need not be right.
    private func randomAVP(_ generator: inout SeededGenerator) -> AVPCopy {
        let golden = GoldenAVP.all[Int.random(in: 0..<GoldenAVP.all.count, using: &generator)]
        let type =
            switch UInt8.random(in: 0...2, using: &generator) {
            case 0: AttributeType(.random(in: 0 ... .max, using: &generator), vendorID: 9)
            case 1: AttributeType(.random(in: 0 ... .max, using: &generator))
            default: golden.type
            }
        let value =
            type == golden.type
            ? serialize(golden.value) : generator.bytes(Int.random(in: 0...30, using: &generator))
        return AVPCopy(
            type: type, isMandatory: .random(using: &generator), isHidden: .random(using: &generator), offset: 0,
            value: value)
    }

    private func randomMessage(
        _ generator: inout SeededGenerator
    ) throws -> (header: ControlHeader, type: MessageType?, avps: [AVPCopy], bytes: [UInt8]) {
        let header = try randomHeader(&generator)
        let isZLB = UInt8.random(in: 0...9, using: &generator) == 0
        let type = isZLB ? nil : MessageType(rawValue: UInt16.random(in: 0...40, using: &generator))
        var writer = ControlMessageWriter(header, type: type)
        let avps = isZLB ? [] : (0..<Int.random(in: 0...8, using: &generator)).map { _ in randomAVP(&generator) }
        for avp in avps {
            try writer.append(avp.type, isMandatory: avp.isMandatory, isHidden: avp.isHidden, value: avp.value.span)
        }
        return (header, type, avps, writer.bytes)
    }

    /// Write, read, compare, and copy AVP by AVP.
    @Test func messagesSurvive() throws {
        var generator = SeededGenerator(for: "ControlRoundTripTests.messagesSurvive")
        for _ in 0..<2_000 {
            let (header, type, avps, bytes) = try randomMessage(&generator)
            let exact = DecodedControl(bytes, over: header.encapsulation)
            guard case .message(header, type, let read, nil) = exact,
                read.dropFirst(type == nil ? 0 : 1).map(withoutOffset) == avps,
                DecodedControl(prefixOf: bytes, over: header.encapsulation) == exact
            else {
                Issue.record("\(Hex.print(bytes)) over \(header.encapsulation): \(exact)")
                return
            }
            let message = try ControlMessage(parsing: bytes.span, encapsulation: header.encapsulation)
            var copy = ControlMessageWriter(header, type: type)
            var iterator = message.avps.makeIterator()
            _ = iterator.next()
            while let avp = iterator.next() { try copy.append(avp) }
            let copied = copy.bytes
            guard copied == bytes else {
                Issue.record("\(Hex.print(bytes)) is copied as \(Hex.print(copied))")
                return
            }
        }
    }

    private func withoutOffset(_ avp: AVPCopy) -> AVPCopy {
        var avp = avp
        avp.offset = 0
        return avp
    }

    /// Whatever bytes arrive, nothing traps, and both ways of reading agree: the exact one takes a message just when
    /// the other one finds nothing wrong, and names the same error.
    @Test func bothWaysAgree() throws {
        var generator = SeededGenerator(for: "ControlRoundTripTests.bothWaysAgree")
        var (taken, refused) = (0, 0)
        for _ in 0..<5_000 {
            var (header, _, _, bytes) = try randomMessage(&generator)
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                switch UInt8.random(in: 0...3, using: &generator) {
                case 0: bytes.removeLast(Int.random(in: 0...min(10, bytes.count), using: &generator))
                case 1: bytes += generator.bytes(Int.random(in: 0...3, using: &generator))
                default:
                    guard !bytes.isEmpty else { continue }
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = generator.bytes(1)[0]
                }
            }
            let exact = DecodedControl(bytes, over: header.encapsulation)
            let most = DecodedControl(prefixOf: bytes, over: header.encapsulation)
            switch (exact, most) {
            case (.message, _):
                taken += 1
                #expect(exact == most)
            case (.refused(let error), .refused(let other)):
                refused += 1
                #expect(error == other)
            case (.refused(let error), .message(_, _, _, let firstError)):
                refused += 1
                #expect(error == firstError)
            }
            guard let message = try? ControlMessage(parsingPrefix: bytes.span, encapsulation: header.encapsulation)
            else { continue }
            _ = message.findings()
        }
        // A test that refuses or takes everything would prove nothing.
        #expect(taken > 1_000 && refused > 1_000)
    }

    @Test func randomBytesNeverTrap() {
        var generator = SeededGenerator(for: "ControlRoundTripTests.randomBytesNeverTrap")
        for _ in 0..<5_000 {
            let bytes = generator.bytes(Int.random(in: 0...60, using: &generator))
            let list = AVPList(parsingPrefix: bytes.span)
            let (count, error) = ([AVPCopy](list).count, list.firstError)
            #expect(error != nil || count > 0 || bytes.isEmpty)
            for encapsulation in Encapsulation.allCases {
                _ = DecodedControl(bytes, over: encapsulation)
                _ = DecodedControl(prefixOf: bytes, over: encapsulation)
                _ = try? Message(parsingPrefix: bytes.span, encapsulation: encapsulation)
            }
        }
    }
}
