import CLibmnl
import L2TPModel
import L2TPSockets
import L2TPWire
import L2TPWireTestSupport
import Testing

/// The four addresses of PPPoL2TP sockets, byte by byte, and against the C structures.
@Suite struct PPPoL2TPAddressTests {
    static func value(_ variant: PPPoL2TPAddress.Variant) -> PPPoL2TPAddress {
        let isIPv6 = variant == .v2OverIPv6 || variant == .v3OverIPv6
        return PPPoL2TPAddress(
            variant, tunnelID: TunnelID(0x0102), sessionID: SessionID(0x0304), peerTunnelID: TunnelID(0x0506),
            peerSessionID: SessionID(0x0708), tunnelDescriptor: 9,
            peer: UDPAddress(address(isIPv6 ? "2001:db8::2" : "192.0.2.2"), port: 1701), processID: 77)
    }

    /// Family `AF_PPPOX`, protocol `PX_PROTO_OL2TP`, process, descriptor.
    static let head = hostBytes(UInt16(24)) + hostBytes(UInt32(1)) + hostBytes(UInt32(77)) + hostBytes(UInt32(9))
    static let peer = hostBytes(UInt16(2)) + hex("06a5 c0000202 0000000000000000")
    static let peer6 =
        hostBytes(UInt16(10)) + hex("06a5 00000000 20010db8 00000000 00000000 00000002 00000000")
    static let short = [UInt16(0x0102), 0x0304, 0x0506, 0x0708].flatMap { hostBytes($0) }
    static let long = [UInt32(0x0102), 0x0304, 0x0506, 0x0708].flatMap { hostBytes($0) }

    @Test(arguments: [
        (PPPoL2TPAddress.Variant.v2OverIPv4, head + peer + short), (.v2OverIPv6, head + short + peer6),
        (.v3OverIPv4, head + peer + long), (.v3OverIPv6, head + long + peer6),
    ])
    func bytes(_ variant: PPPoL2TPAddress.Variant, _ expected: [UInt8]) {
        let value = Self.value(variant)
        #expect(value.bytes == expected)
        #expect(value.bytes.count == variant.encodedByteCount)
        #expect(PPPoL2TPAddress(bytes: expected) == value)
        #expect(value.violations().isEmpty)
    }

    @Test func lengthsAreTheKernels() {
        #expect(PPPoL2TPAddress.Variant.v2OverIPv4.encodedByteCount == MemoryLayout<sockaddr_pppol2tp>.size)
        #expect(PPPoL2TPAddress.Variant.v2OverIPv6.encodedByteCount == MemoryLayout<sockaddr_pppol2tpin6>.size)
        #expect(PPPoL2TPAddress.Variant.v3OverIPv4.encodedByteCount == MemoryLayout<sockaddr_pppol2tpv3>.size)
        #expect(PPPoL2TPAddress.Variant.v3OverIPv6.encodedByteCount == MemoryLayout<sockaddr_pppol2tpv3in6>.size)
    }

    @Test func fieldsStandWhereTheKernelHasThem() {
        #expect(MemoryLayout<pppol2tp_addr>.offset(of: \.addr) == 8)
        #expect(MemoryLayout<pppol2tp_addr>.offset(of: \.s_tunnel) == 24)
        #expect(MemoryLayout<pppol2tp_addr>.offset(of: \.d_session) == 30)
        #expect(MemoryLayout<pppol2tpin6_addr>.offset(of: \.s_tunnel) == 8)
        #expect(MemoryLayout<pppol2tpin6_addr>.offset(of: \.addr) == 16)
        #expect(MemoryLayout<pppol2tpv3_addr>.offset(of: \.s_tunnel) == 24)
        #expect(MemoryLayout<pppol2tpv3_addr>.offset(of: \.d_session) == 36)
        #expect(MemoryLayout<pppol2tpv3in6_addr>.offset(of: \.s_tunnel) == 8)
        #expect(MemoryLayout<pppol2tpv3in6_addr>.offset(of: \.addr) == 24)
    }

    @Test func otherLengthsAndFamiliesAreNone() {
        let bytes = Self.value(.v3OverIPv6).bytes
        let known = PPPoL2TPAddress.Variant.allCases.map(\.encodedByteCount)
        for count in 0...70 where !known.contains(count) {
            #expect(PPPoL2TPAddress(bytes: Array((bytes + bytes).prefix(count))) == nil)
        }
        for offset in [0, 2] {
            var foreign = bytes
            foreign[offset] ^= 0xff
            #expect(PPPoL2TPAddress(bytes: foreign) == nil)
        }
    }

    @Test func whatWouldBeCutIsAViolation() {
        var value = Self.value(.v2OverIPv4)
        value.sessionID = SessionID(65536)
        value.tunnelID = TunnelID(0)
        value.peer = UDPAddress(address("2001:db8::2"), port: 1701)
        #expect(value.violations().map(\.field) == ["session_id", "tunnel_id", "remote"])
        value = Self.value(.v3OverIPv4)
        value.sessionID = SessionID(65536)
        #expect(value.violations().isEmpty)
    }

    @Test func whatIsWrittenIsRead() {
        var random = SeededGenerator(for: "PPPoL2TP addresses, written and read")
        for _ in 0..<500 {
            for variant in PPPoL2TPAddress.Variant.allCases {
                let largest: UInt32 = variant == .v2OverIPv4 || variant == .v2OverIPv6 ? 65535 : .max
                var value = Self.value(variant)
                value.tunnelID = TunnelID(.random(in: 1...largest, using: &random))
                value.sessionID = SessionID(.random(in: 0...largest, using: &random))
                value.peerTunnelID = TunnelID(.random(in: 0...largest, using: &random))
                value.peerSessionID = SessionID(.random(in: 0...largest, using: &random))
                value.tunnelDescriptor = .random(in: .min ... .max, using: &random)
                value.processID = .random(in: .min ... .max, using: &random)
                #expect(PPPoL2TPAddress(bytes: value.bytes) == value)
            }
        }
    }

    @Test func variantsFollowVersionAndFamily() {
        #expect(PPPoL2TPAddress.Variant(.v2, over: .v4) == .v2OverIPv4)
        #expect(PPPoL2TPAddress.Variant(.v2, over: .v6) == .v2OverIPv6)
        #expect(PPPoL2TPAddress.Variant(.v3, over: .v4) == .v3OverIPv4)
        #expect(PPPoL2TPAddress.Variant(.v3, over: .v6) == .v3OverIPv6)
    }
}
