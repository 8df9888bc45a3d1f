import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Two fake kernels as network namespaces of one, and what ends all talk with them.
@Suite struct FakeKernelNamespaceTests {
    private let home = FakeKernel()
    private let elsewhere = FakeKernel()

    /// Runs `body` while each is the other's neighbor, with a session whose interface is `pw`.
    private func withSession(_ body: (inout L2TPClient<FakeTransport>, Link) throws -> Void) throws {
        home.neighbor = elsewhere
        elsewhere.neighbor = home
        defer {
            home.neighbor = nil
            elsewhere.neighbor = nil
        }
        var client = try L2TPClient(home.connector)
        try client.createTunnel(
            TunnelSpecification(
                id: TunnelID(1), peerID: TunnelID(2), local: .v4(IPv4Address(number: 0xc000_0201)),
                peer: .v4(IPv4Address(number: 0xc000_0202)),
                encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 5001))))
        try client.createSession(
            SessionSpecification(
                tunnelID: TunnelID(1), id: SessionID(3), peerID: SessionID(4), interfaceName: try InterfaceName("pw")))
        let link = try #require(home.links.first { $0.name == "pw" })
        try body(&client, link)
    }

    @Test("A link arrives down, and goes with its session, which stays behind")
    func moves() throws {
        try withSession { client, link in
            // Its number is taken there.
            while elsewhere.addLink(named: "x%d") < link.index {}
            home.setLink("pw", isUp: true)
            var links = try LinkClient(home.connector)
            try links.move(link, to: .current)
            #expect(!home.links.contains { $0.name == "pw" })
            let moved = try #require(elsewhere.links.first { $0.name == "pw" })
            #expect(!moved.isUp)
            #expect(elsewhere.links.filter { $0.index == moved.index }.count == 1)
            try client.deleteSession(SessionID(3), in: TunnelID(1))
            #expect(!elsewhere.links.contains { $0.name == "pw" })
        }
    }

    @Test("It comes back, but not where its name is taken")
    func comesBack() throws {
        try withSession { _, link in
            var links = try LinkClient(home.connector)
            try links.move(link, to: .current)
            var others = try LinkClient(elsewhere.connector)
            let moved = try #require(try others.link(named: "pw"))
            home.addLink(named: "pw")
            #expect(throws: LinkError.self) { try others.move(moved, to: .current) }
            #expect(elsewhere.links.contains { $0.name == "pw" })
            home.removeLink(named: "pw")
            try others.move(moved, to: .current)
            #expect(home.links.contains { $0.name == "pw" })
        }
    }

    @Test("A fuse lets so many changes pass, and then nothing")
    func fuse() throws {
        let fuse = Fuse(after: 2)
        home.fuse = fuse
        var links = try LinkClient(home.connector)
        let ethernet = try #require(home.links.first { $0.name == "eth0" })
        for mtu in [1400, 1300] as [UInt32] { try links.change(ethernet, LinkChanges(mtu: mtu)) }
        #expect(try links.link(named: "eth0")?.mtu == 1300)
        #expect(!fuse.isBlown)
        #expect(throws: LinkError.self) { try links.change(ethernet, LinkChanges(mtu: 1200)) }
        #expect(fuse.isBlown)
        #expect(throws: NetlinkError.self) { try links.links() }
        #expect(throws: NetlinkError.self) { _ = try home.connector.open(.route) }
        #expect(home.links.first { $0.name == "eth0" }?.mtu == 1300)
        home.fuse = nil
        #expect(try links.link(named: "eth0")?.mtu == 1300)
    }

    @Test("A fault meets whatever request comes after so many")
    func anyRequest() throws {
        var links = try LinkClient(home.connector)
        home.inject(.refuse(.noMemory), atRequestAfter: 1)
        _ = try links.links()
        #expect(throws: NetlinkError.self) { try links.addresses() }
        #expect(!home.hasPendingFaults)
        _ = try links.addresses()
    }

    @Test(
        "The first IPv4 address of a network takes the others along unless they are promoted", arguments: [true, false])
    func secondaryAddresses(promotes: Bool) throws {
        home.behavior.promotesSecondaries = promotes
        let index = home.addLink(named: "dummy")
        let addresses = (1...3).map { IPAddress.v4(IPv4Address(number: 0x0a00_0000 + UInt32($0))) }
        for address in addresses { home.addAddress(address, prefixBitCount: 24, to: index) }
        var links = try LinkClient(home.connector)
        let link = try #require(try links.link(named: "dummy"))
        try links.remove(AddressSpecification(addresses[1], prefixBitCount: 24), from: link)
        #expect(home.addresses.filter { $0.linkIndex == index }.map(\.address) == [addresses[0], addresses[2]])
        try links.remove(AddressSpecification(addresses[0], prefixBitCount: 24), from: link)
        #expect(home.addresses.filter { $0.linkIndex == index }.map(\.address) == (promotes ? [addresses[2]] : []))
    }

    @Test("A VRF costs an interface that is up its IPv6 addresses")
    func vrf() throws {
        let vrf = home.addLink(named: "vrf0", kind: "vrf")
        let bridge = home.addLink(named: "br0", kind: "bridge")
        let index = home.addLink(named: "dummy")
        let address = IPAddress.v6(IPv6Address(high: 0x2001_0db8_0000_0001, low: 1))
        home.addAddress(address, prefixBitCount: 64, to: index)
        var links = try LinkClient(home.connector)
        let link = try #require(try links.link(named: "dummy"))
        try links.change(link, LinkChanges(master: .link(index: bridge)))
        #expect(home.addresses.contains { $0.linkIndex == index })
        try links.change(link, LinkChanges(master: .link(index: vrf)))
        #expect(!home.addresses.contains { $0.linkIndex == index })
    }
}
