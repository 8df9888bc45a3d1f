import L2TPModel
import L2TPNetlink
import L2TPWire
import L2TPWireTestSupport
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct TunnelClientTests {
    typealias Release = FakeKernel.Release

    @Test(arguments: Release.allCases)
    func createReadDelete(release: Release) throws {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp(3001, port: 5001))
        try client.createTunnel(.udp(3000))
        let expected = Tunnel(
            id: TunnelID(3000), peerID: TunnelID(4000),
            encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000)), local: address("192.0.2.1"),
            peer: address("192.0.2.2"), statistics: Statistics(receiveCookieDiscards: 0, receiveInvalidPackets: 0))
        let read = try client.tunnel(TunnelID(3000))
        #expect(read == expected)
        let listed = try client.tunnels()
        #expect(listed.map(\.id.rawValue) == [3000, 3001])
        #expect(listed.first == expected)
        try client.deleteTunnel(TunnelID(3000))
        let gone = try client.tunnel(TunnelID(3000))
        #expect(gone == nil)
        #expect(kernel.tunnels.map(\.id.rawValue) == [3001])
    }

    @Test func anEmptyKernel() throws {
        var client = try L2TPClient(FakeKernel().connector)
        let tunnels = try client.tunnels()
        let none = try client.tunnel(TunnelID(1))
        #expect(tunnels.isEmpty)
        #expect(none == nil)
    }

    @Test func countersComeAlong() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.ip())
        var statistics = Statistics(
            transmitPackets: 1, receiveErrors: 2, receiveCookieDiscards: 3, receiveInvalidPackets: 4)
        kernel.setStatistics(statistics, of: TunnelID(3000))
        let recent = try client.tunnel(TunnelID(3000))
        #expect(recent?.statistics == statistics)
        kernel.behavior.lacksDiscardCounters = true
        statistics.receiveCookieDiscards = nil
        statistics.receiveInvalidPackets = nil
        let old = try client.tunnel(TunnelID(3000))
        #expect(old?.statistics == statistics)
    }

    /// What is asked for is what is reported.
    @Test func roundTrip() throws {
        var random = SeededGenerator(for: "tunnels, created and read")
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        var expected: [Tunnel] = []
        for index in 1...200 {
            let isV6 = Bool.random(using: &random)
            let parameters = UDPParameters(
                sourcePort: UInt16(1000 + index), destinationPort: .random(in: 1 ... .max, using: &random),
                ipv4Checksum: !isV6 && .random(using: &random), ipv6TransmitChecksum: !isV6 || .random(using: &random),
                ipv6ReceiveChecksum: !isV6 || .random(using: &random))
            let number = UInt32.random(in: 1..<0xe000_0000, using: &random)
            let peer: IPAddress =
                isV6
                ? .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: .random(in: 1 ... .max, using: &random)))
                : .v4(IPv4Address(number: number))
            let tunnel = TunnelSpecification(
                id: TunnelID(UInt32(index) &* 0x9e37_79b9), peerID: TunnelID(.random(in: 1 ... .max, using: &random)),
                local: address(isV6 ? "2001:db8::1" : "192.0.2.1"), peer: peer,
                encapsulation: Bool.random(using: &random) ? .ip : .udp(parameters))
            #expect(tunnel.violations() == [])
            try client.createTunnel(tunnel)
            expected.append(
                Tunnel(
                    id: tunnel.id, peerID: tunnel.peerID, encapsulation: tunnel.encapsulation, local: tunnel.local,
                    peer: tunnel.peer, statistics: Statistics(receiveCookieDiscards: 0, receiveInvalidPackets: 0)))
        }
        let listed = try client.tunnels()
        #expect(listed == expected.sorted { $0.id < $1.id })
    }

    @Test func theWildcardLetsTheKernelChoose() throws {
        var client = try L2TPClient(FakeKernel().connector)
        try client.createTunnel(.udp(local: "0.0.0.0"))
        try client.createTunnel(.ip(3001, local: "::", peer: "2001:db8::2"))
        let locals = try client.tunnels().map(\.local)
        #expect(locals == [address("192.0.2.1"), address("2001:db8::1")])
    }

    @Test func whatCannotWorkIsNotSent() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        kernel.forgetRequests()
        let tunnel = TunnelSpecification.udp(0, port: 0)
        let error = failure { () throws(L2TPError) in try client.createTunnel(tunnel) }
        #expect(error?.reason == .invalid)
        #expect(error?.errno == nil)
        #expect(
            error?.description == """
                cannot create tunnel 0: tunnel_id: 0 is not a tunnel id (1…4294967295); \
                udp_sport: 0 is not a port (1…65535)
                """)
        #expect(kernel.requests.isEmpty)
    }
}
