import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct MessageTests {
    @Test(arguments: GoldenVector.data)
    func sortsData(vector: GoldenVector) throws {
        let header = try #require(vector.header)
        let body = Array(vector.bytes.dropFirst(vector.encapsulation == .udp ? 8 : 4))
        #expect(Sorted(vector.bytes, over: vector.encapsulation) == .data(header.sessionID, body: body))
    }

    @Test(arguments: GoldenVector.control)
    func sortsControl(vector: GoldenVector) {
        let header = Array(vector.bytes.dropFirst(vector.encapsulation == .udp ? 0 : 4))
        #expect(Sorted(vector.bytes, over: vector.encapsulation) == .control(header))
    }

    @Test func controlKeepsItsEncapsulation() throws {
        for vector in GoldenVector.control {
            let bytes = vector.bytes
            guard case .control(let message) = try Message(parsing: bytes.span, encapsulation: vector.encapsulation)
            else {
                Issue.record("\(vector) is a control message")
                continue
            }
            let encapsulation = message.encapsulation
            #expect(encapsulation == vector.encapsulation)
        }
    }

    /// The same first byte means control over UDP and an ordinary session over IP.
    @Test func encapsulationDecides() throws {
        let bytes = try Hex.parse("c8030014 11223344 00020001 80080000 00000006")
        #expect(Sorted(bytes, over: .udp) == .control(bytes))
        #expect(Sorted(bytes, over: .ip) == .data(SessionID(0xC803_0014), body: Array(bytes.dropFirst(4))))
    }

    @Test(arguments: 0...15 as ClosedRange<UInt8>)
    func versionOfData(version: UInt8) throws {
        // The upper half of the byte is reserved and must not matter.
        let bytes: [UInt8] = [0x00, 0xF0 | version, 0, 0, 0, 0, 0, 1]
        let expected: Sorted =
            switch version {
            case 3: .data(SessionID(1), body: [])
            case 2: .dataV2(try DataHeaderV2(tunnelID: TunnelID(0), sessionID: SessionID(0)), payload: [0, 1])
            default: .refused(WireError(.unsupportedVersion, at: 1, in: "Ver"))
            }
        #expect(Sorted(bytes, over: .udp) == expected)
    }

    @Test func versionIsJudgedBeforeTheLength() {
        let truncated = WireError(.truncated, at: 2, in: "data message header")
        #expect(Sorted([0x00, 0x02], over: .udp) == .refused(truncated))
        #expect(Sorted([0x00, 0x04], over: .udp) == .refused(WireError(.unsupportedVersion, at: 1, in: "Ver")))
        #expect(Sorted([0x00, 0x03], over: .udp) == .refused(WireError(.truncated, at: 2, in: "Session ID")))
    }

    @Test func sessionZeroOverUDPIsData() throws {
        #expect(Sorted(try Hex.parse("00030000 00000000"), over: .udp) == .data(SessionID(0), body: []))
    }

    @Test func controlOverIPNeedsTheTypeBit() throws {
        let bytes = try Hex.parse("00000000 48030014 11223344 00020001")
        #expect(Sorted(bytes, over: .ip) == .refused(WireError(.typeBitClear, at: 4, in: "T bit")))
    }
}
