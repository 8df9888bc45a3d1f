import L2TPWire
import Testing

@Suite struct VocabularyTests {
    @Test func identifiers() {
        #expect(TunnelID(3000) == TunnelID(rawValue: 3000))
        #expect(TunnelID(3000).description == "3000")
        #expect(TunnelID(1).isValid)
        #expect(!TunnelID(0).isValid)
        #expect(TunnelID(1) < TunnelID(.max))
        #expect(SessionID(1000) == SessionID(rawValue: 1000))
        #expect(SessionID(.max).description == "4294967295")
        #expect(SessionID(1).isValid)
        #expect(!SessionID(0).isValid)
        #expect(SessionID(1) < SessionID(2))
        #expect(SessionID(0xFFFF).isValid(in: .v2) && !SessionID(0x1_0000).isValid(in: .v2))
        #expect(SessionID(0x1_0000).isValid(in: .v3) && !SessionID(0).isValid(in: .v3))
        #expect(TunnelID(0xFFFF).isValid(in: .v2) && !TunnelID(0x1_0000).isValid(in: .v2))
        #expect(TunnelID(0x1_0000).isValid(in: .v3) && !TunnelID(0).isValid(in: .v3))
    }

    /// The numbers of `<linux/l2tp.h>`, written out a second time.
    @Test func kernelNumbers() {
        #expect(Encapsulation.udp.rawValue == 0)
        #expect(Encapsulation.ip.rawValue == 1)
        #expect(L2SpecificSublayer.none.rawValue == 0)
        #expect(L2SpecificSublayer.default.rawValue == 1)
        #expect(ProtocolVersion.v2.rawValue == 2)
        #expect(ProtocolVersion.v3.rawValue == 3)
        #expect(PseudowireType.none.rawValue == 0)
        #expect(PseudowireType.ethernetVLAN.rawValue == 4)
        #expect(PseudowireType.ethernet.rawValue == 5)
        #expect(PseudowireType.ppp.rawValue == 7)
        #expect(PseudowireType.pppAccessConcentrator.rawValue == 8)
        #expect(PseudowireType.ip.rawValue == 11)
    }

    @Test func words() {
        #expect(Encapsulation.allCases.map(\.description) == ["udp", "ip"])
        #expect(L2SpecificSublayer.allCases.map(\.description) == ["none", "default"])
        #expect(CookieLength.allCases.map(\.description) == ["0", "4", "8"])
        #expect(IPVersion.allCases.map(\.description) == ["IPv4", "IPv6"])
        #expect(ProtocolVersion.v3.description == "L2TPv3")
        let types: [PseudowireType] = [.none, .ethernetVLAN, .ethernet, .ppp, .pppAccessConcentrator, .ip]
        #expect(types.map(\.description) == ["none", "eth-vlan", "eth", "ppp", "ppp-ac", "ip"])
    }

    @Test func unknownNumbersAreKept() {
        #expect(PseudowireType(rawValue: 0xABCD).description == "43981")
        #expect(ProtocolVersion(rawValue: 9).description == "L2TPv9")
    }

    @Test func lengths() {
        #expect(L2SpecificSublayer.none.byteCount == 0)
        #expect(L2SpecificSublayer.default.byteCount == 4)
        #expect(CookieLength.allCases.map(\.byteCount) == [0, 4, 8])
        #expect(IPVersion.allCases.map(\.headerByteCount) == [20, 40])
        #expect(IPVersion.allCases.map(\.maximumPacketByteCount) == [65_535, 65_575])
    }
}
