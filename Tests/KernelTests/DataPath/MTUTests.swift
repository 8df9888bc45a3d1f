import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Testing

extension KernelTests {
    /// The MTU that the kernel gives a session's interface is the one we compute.
    @Suite(.sitePair)
    struct MTUTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
        }

        /// What was measured over a path of 1500: without cookie, with one of 4 and of 8 bytes.
        static let measured: [(Encapsulation, IPVersion, L2SpecificSublayer, [UInt32])] = [
            (.udp, .v4, .default, [1446, 1442, 1438]),
            (.udp, .v4, .none, [1450, 1446, 1442]),
            (.ip, .v4, .default, [1458, 1454, 1450]),
            (.ip, .v4, .none, [1462, 1458, 1454]),
            (.udp, .v6, .default, [1426, 1422, 1418]),
            (.udp, .v6, .none, [1430, 1426, 1422]),
            (.ip, .v6, .default, [1438, 1434, 1430]),
            (.ip, .v6, .none, [1442, 1438, 1434]),
        ]

        @Test(arguments: Cell.unnumbered)
        func overEthernet(_ cell: Cell) throws {
            let row = try #require(
                Self.measured.first { ($0.0, $0.1, $0.2) == (cell.encapsulation, cell.ipVersion, cell.sublayer) })
            let mtu = try mtu(cell)
            #expect(mtu == row.3[cell.cookieLength.byteCount / 4])
            #expect(Int(mtu) == cell.overhead.interfaceMTU(pathMTU: 1500))
            let session = try cell.session(.left)
            #expect(mtu == cell.tunnel(.left).interfaceMTU(of: session, pathMTU: 1500))
        }

        /// The peer's cookie and sequence numbers do not count.
        @Test func countsOnlyWhatIsAddedToOurFrames() throws {
            let cell = Cell(encapsulation: .udp, ipVersion: .v4, cookieLength: .eight, sequence: true)
            let mtu = try mtu(cell) { $0.cookie = nil }
            #expect(mtu == 1446)
        }

        @Test(arguments: [(Encapsulation.udp, 1346 as UInt32), (.ip, 1358)])
        func followsTheRoute(_ encapsulation: Encapsulation, _ expected: UInt32) throws {
            let route = "192.0.2.2/32 dev \(SitePair.interface)"
            try Shell.ip(["route add \(route) mtu 1400"], in: pair.left)
            let cell = Cell(encapsulation: encapsulation, ipVersion: .v4)
            let mtu = try mtu(cell)
            #expect(mtu == expected)
            #expect(Int(mtu) == cell.overhead.interfaceMTU(pathMTU: 1400))
            try Shell.ip(["route delete \(route)"], in: pair.left)
        }

        /// Over the loopback interface the largest IP packet is the limit.
        @Test(arguments: Encapsulation.allCases, IPVersion.allCases)
        func overLoopback(_ encapsulation: Encapsulation, _ version: IPVersion) throws {
            let cell = Cell(encapsulation: encapsulation, ipVersion: version)
            let loopback: IPAddress = version == .v4 ? .v4(IPv4Address(number: 0x7f00_0001)) : .v6(.loopback)
            let mtu = try mtu(cell, local: loopback, peer: loopback)
            #expect(Int(mtu) == cell.overhead.interfaceMTU(pathMTU: 65536))
        }

        private func mtu(
            _ cell: Cell, local: IPAddress? = nil, peer: IPAddress? = nil,
            adjust: (inout SessionSpecification) -> Void = { _ in }
        ) throws -> UInt32 {
            var client = try pair.left.client()
            var tunnel = cell.tunnel(.left)
            if let local { tunnel.local = local }
            if let peer { tunnel.peer = peer }
            var session = try cell.session(.left)
            adjust(&session)
            try client.createTunnel(tunnel)
            try client.createSession(session)
            let link = try #require(try pair.left.link(Cell.interface))
            try client.deleteTunnel(tunnel.id)
            return link.mtu
        }
    }
}

extension IPv6Address {
    fileprivate static let loopback = Self(high: 0, low: 1)
}

extension Cell {
    /// What we compute for the cell.
    var overhead: EncapsulationOverhead {
        EncapsulationOverhead(
            encapsulation: encapsulation, ipVersion: ipVersion, sentCookieLength: cookieLength, sublayer: sublayer)
    }
}
