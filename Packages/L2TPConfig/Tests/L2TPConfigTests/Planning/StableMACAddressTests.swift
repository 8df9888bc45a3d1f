import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Testing

@testable import L2TPConfig

@Suite struct StableMACAddressTests {
    /// The authors' vectors: the key 00 01 … 0f, and messages 00, 00 01, … of none to 15 bytes; the last one is that
    /// of the paper's appendix A.
    private static let vectors: [UInt64] = [
        0x310e_0edd_47db_6f72, 0xfd67_dc93_c539_f874, 0x5a4f_a9d9_0980_6c0d, 0x2d7e_fbd7_9666_6785,
        0xb787_7127_e094_27cf, 0x8da6_99cd_6455_7618, 0xcee3_fe58_6e46_c9cb, 0x37d1_018b_f500_02ab,
        0x6224_939a_79f5_f593, 0xb0e4_a90b_df82_009e, 0xf3b9_dd94_c5bb_5d7a, 0xa7ad_6b22_462f_b3f4,
        0xfbe5_0e86_bc8f_1e75, 0x903d_84c0_2756_ea14, 0xeef2_7a8e_90ca_23f7, 0xe545_be49_61ca_29a1,
    ]

    @Test("SipHash-2-4 gives its authors' vectors", arguments: vectors.indices)
    func sipHash(byteCount: Int) {
        var hash = SipHash(k0: 0x0706_0504_0302_0100, k1: 0x0f0e_0d0c_0b0a_0908)
        for byte in 0..<UInt8(byteCount) { hash.append(byte) }
        #expect(hash.finish().byteSwapped == Self.vectors[byteCount])
    }

    /// The first three of the authors' vectors for 128 bits, of the same key and messages.
    private static let wideVectors: [(UInt64, UInt64)] = [
        (0xa381_7f04_ba25_a8e6, 0x6df6_7214_c755_0293), (0xda87_c1d8_6b99_af44, 0x3476_5911_9b22_fc45),
        (0x8177_228d_a4a4_5dc7, 0xfca3_8bde_f60a_ffe4),
    ]

    @Test("SipHash-2-4 of 128 bits gives its authors' vectors", arguments: wideVectors.indices)
    func wideSipHash(byteCount: Int) {
        var hash = SipHash(wideWithK0: 0x0706_0504_0302_0100, k1: 0x0f0e_0d0c_0b0a_0908)
        for byte in 0..<UInt8(byteCount) { hash.append(byte) }
        let (first, last) = hash.finishWide()
        #expect((first.byteSwapped, last.byteSwapped) == Self.wideVectors[byteCount])
    }

    @Test("Many bytes at a time make the same hash as one after the other, wherever they are parted")
    func manyBytes() {
        let bytes = (0..<100).map { UInt8($0 * 7 & 0xff) }
        for count in 0..<40 {
            for start in 0..<20 {
                var (one, many) = (SipHash(k0: 1, k1: 2), SipHash(k0: 1, k1: 2))
                for byte in bytes[..<(start + count)] { one.append(byte) }
                let (head, rest) = (Array(bytes[..<start]), Array(bytes[start..<(start + count)]))
                many.append(head.span)
                many.append(rest.span)
                #expect(one.finish() == many.finish(), "\(start) and \(count)")
            }
        }
    }

    private func address(
        machine: MachineID = PlanningExample.machine, local: String = "192.0.2.1", tunnel: UInt32 = 3000,
        session: UInt32 = 1000
    ) -> MACAddress {
        StableMACAddress.address(
            machine: machine, local: KnownValue.address(local), tunnelID: TunnelID(tunnel),
            sessionID: SessionID(session))
    }

    @Test("The address never changes: not with a machine's restart, and not with a version of this program")
    func golden() {
        #expect(address().description == "e2:9c:1d:ba:ca:29")
        #expect(address(local: "2001:db8::1").description == "62:36:b9:32:2c:87")
    }

    @Test("Everything that is hashed makes another address")
    func ingredients() throws {
        let other = MachineID(high: PlanningExample.machine.high, low: 0)
        let addresses = [
            address(), address(machine: other), address(local: "192.0.2.2"), address(local: "2001:db8::1"),
            address(tunnel: 3001), address(session: 1001), address(tunnel: 1000, session: 3000),
        ]
        #expect(Set(addresses).count == addresses.count)
    }

    @Test("The address is a locally administered one of a single station")
    func kind() {
        for session in 1...UInt32(1000) {
            let address = address(session: session)
            #expect(address.isAssignable && address.isLocallyAdministered)
        }
    }

    @Test("A thousand sessions have a thousand addresses")
    func distinct() {
        #expect(Set((1...UInt32(1000)).map { address(session: $0) }).count == 1000)
    }
}
