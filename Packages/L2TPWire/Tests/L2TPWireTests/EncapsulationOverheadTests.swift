import L2TPWire
import Testing

@Suite struct EncapsulationOverheadTests {
    struct Row: Sendable, CustomStringConvertible {
        let encapsulation: Encapsulation
        let ipVersion: IPVersion
        /// Default sublayer with cookies of 0, 4 and 8 bytes, then no sublayer with the same.
        let mtus: [Int]
        var description: String { "\(encapsulation)/\(ipVersion)" }
    }

    /// The MTU of new l2tpeth interfaces over a 1500-byte path, measured on Linux 6.1 and 6.12.
    static let measured = [
        Row(encapsulation: .udp, ipVersion: .v4, mtus: [1446, 1442, 1438, 1450, 1446, 1442]),
        Row(encapsulation: .ip, ipVersion: .v4, mtus: [1458, 1454, 1450, 1462, 1458, 1454]),
        Row(encapsulation: .udp, ipVersion: .v6, mtus: [1426, 1422, 1418, 1430, 1426, 1422]),
        Row(encapsulation: .ip, ipVersion: .v6, mtus: [1438, 1434, 1430, 1442, 1438, 1434]),
    ]

    @Test(arguments: measured)
    func measuredOnLinux(row: Row) {
        var mtus: [Int?] = []
        for sublayer in [L2SpecificSublayer.default, .none] {
            for length in CookieLength.allCases {
                let overhead = EncapsulationOverhead(
                    encapsulation: row.encapsulation, ipVersion: row.ipVersion, sentCookieLength: length,
                    sublayer: sublayer)
                let mtu = overhead.interfaceMTU(pathMTU: 1500)
                mtus.append(mtu)
                if let mtu { #expect(overhead.pathMTU(forInterfaceMTU: mtu) == 1500) }
            }
        }
        #expect(mtus == row.mtus)
    }

    @Test func routeMTUMeasuredOnLinux() {
        let overhead = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v4)
        #expect(overhead.interfaceMTU(pathMTU: 1400) == 1346)
    }

    @Test func parts() {
        let overhead = EncapsulationOverhead(
            encapsulation: .udp, ipVersion: .v6, sentCookieLength: .eight, sublayer: .default, innerVLANTagCount: 2,
            ipOptionByteCount: 8)
        #expect(overhead.headerByteCount == 20)
        #expect(overhead.byteCount == 40 + 8 + 8 + 20)
        #expect(overhead.interfaceMTU(pathMTU: 1500) == 1500 - 76 - 14 - 8)
        let bare = EncapsulationOverhead(encapsulation: .ip, ipVersion: .v4, sublayer: .none)
        #expect(bare.headerByteCount == 4)
        #expect(bare.byteCount == 24)
    }

    @Test(arguments: [(0, 1446), (1, 1442), (2, 1438)])
    func innerVLANTags(count: Int, mtu: Int) {
        let overhead = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v4, innerVLANTagCount: count)
        #expect(overhead.interfaceMTU(pathMTU: 1500) == mtu)
        #expect(overhead.pathMTU(forInterfaceMTU: mtu) == 1500)
        // A tag belongs to the inner frame, not to what the tunnel adds.
        #expect(overhead.byteCount == 40)
    }

    @Test func fullEthernetInsideNeedsABiggerPath() {
        let overhead = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v4, sentCookieLength: .eight)
        #expect(overhead.pathMTU(forInterfaceMTU: 1500) == 1562)
    }

    @Test func nonsensePathMTU() {
        let overhead = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v4)
        #expect(overhead.interfaceMTU(pathMTU: 54) == 0)
        for pathMTU in [53, 0, -1, Int.min] { #expect(overhead.interfaceMTU(pathMTU: pathMTU) == nil) }
    }

    /// The loopback interface has an MTU of 65536, but no IPv4 packet is as long.
    @Test func pathMTUIsCapped() {
        let v4 = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v4)
        #expect(v4.interfaceMTU(pathMTU: 65_536) == 65_535 - 54)
        #expect(v4.interfaceMTU(pathMTU: .max) == 65_535 - 54)
        let v6 = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v6)
        #expect(v6.interfaceMTU(pathMTU: 65_536) == 65_536 - 74)
        #expect(v6.interfaceMTU(pathMTU: .max) == 65_575 - 74)
    }

    @Test func nonsenseInterfaceMTU() {
        let overhead = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v4)
        #expect(overhead.pathMTU(forInterfaceMTU: 0) == 54)
        #expect(overhead.pathMTU(forInterfaceMTU: 65_535 - 54) == 65_535)
        for mtu in [65_535 - 53, Int.max, -1, Int.min] { #expect(overhead.pathMTU(forInterfaceMTU: mtu) == nil) }
    }

    @Test func countsOutOfRangeTrap() async {
        await #expect(processExitsWith: .failure) {
            _ = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v4, innerVLANTagCount: 3)
        }
        await #expect(processExitsWith: .failure) {
            _ = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v4, ipOptionByteCount: 41)
        }
        await #expect(processExitsWith: .failure) {
            _ = EncapsulationOverhead(encapsulation: .udp, ipVersion: .v6, ipOptionByteCount: -1)
        }
    }
}
