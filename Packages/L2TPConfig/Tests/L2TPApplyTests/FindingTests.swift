import L2TPApply
import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Which links are taken for the interfaces of sessions.
@Suite struct FindingTests {
    /// A tunnel with one session whose interface has a name of the kernel's choice.
    private static func tunnel(_ name: String, _ id: UInt32) -> TunnelConfiguration {
        let tunnelID = TunnelID(id)
        return TunnelConfiguration(
            name: name,
            specification: TunnelSpecification(
                id: tunnelID, peerID: TunnelID(id + 1), local: KnownValue.address("192.0.2.1"),
                peer: KnownValue.address("192.0.2.30"),
                encapsulation: .udp(
                    UDPParameters(sourcePort: UInt16(6000 + id), destinationPort: UInt16(6000 + id)))),
            sessions: [
                SessionConfiguration(
                    name: "only",
                    specification: SessionSpecification(
                        tunnelID: tunnelID, id: SessionID(id), peerID: SessionID(id + 1)))
            ])
    }

    private let ours = Self.tunnel("ours", 40)
    private let theirs = Self.tunnel("theirs", 50)

    @Test("Somebody else's, that has got the name that ours had, is left alone")
    func renamed() throws {
        let host = try Host()
        var configuration = Configuration(tunnels: [ours])
        try host.apply(configuration)
        host.home.renameLink("l2tpeth0", to: "by-hand")
        // The kernel would choose it too.
        var theirs = theirs
        theirs.sessions[0].specification.interfaceName = KnownValue.name("l2tpeth0")
        host.meddle(Configuration(tunnels: [theirs]))
        let foreign = try #require(host.home.links.first { $0.name == "l2tpeth0" })
        configuration.tunnels[0].sessions[0].interface.addresses = [KnownValue.prefix("10.5.0.1/24")]
        configuration.tunnels[0].sessions[0].interface.mtu = .bytes(1300)
        try host.apply(configuration)
        #expect(host.home.links.first { $0.name == "l2tpeth0" } == foreign)
        #expect(!host.home.addresses.contains { $0.linkIndex == foreign.index })
        #expect(!host.home.links.contains { $0.name == "by-hand" })
        #expect(host.home.links.first { $0.name == "l2tpeth1" }?.mtu == 1300)
        #expect(try host.plan(configuration).isEmpty)
    }

    @Test("Ours is known by its MAC address if somebody else's had its name before")
    func knownByAddress() throws {
        let host = try Host()
        host.meddle(Configuration(tunnels: [theirs]))
        host.home.renameLink("l2tpeth0", to: "by-hand")
        var configuration = Configuration(tunnels: [ours])
        configuration.tunnels[0].sessions[0].specification.interfaceName = KnownValue.name("l2tpeth0")
        try host.apply(configuration)
        #expect(Set(host.home.sessions.compactMap(\.interfaceName)) == ["l2tpeth0", "foreign0"])
        #expect(try host.plan(configuration).isEmpty)
        // Also with an address of its own, and without a machine's identity.
        var explicit = configuration
        explicit.tunnels[0].sessions[0].interface.mac = .address(MACAddress(truncating: 0x0200_0000_0042))
        try host.apply(explicit)
        host.machineID = nil
        #expect(try host.plan(explicit).isEmpty)
    }

    @Test("Of two of ours that report a name one is known, and the other re-created")
    func bothOurs() throws {
        let host = try Host()
        try host.apply(Configuration(tunnels: [ours]))
        host.home.renameLink("l2tpeth0", to: "by-hand")
        let second = Self.tunnel("second", 60)
        let both = Configuration(tunnels: [ours, second])
        // The first is re-created in the same run, and takes the next name that is free.
        try host.apply(both)
        #expect(try host.plan(both).isEmpty)
        #expect(!host.home.links.contains { $0.name == "by-hand" })
    }

    @Test("A network namespace that only the record names need not be entered")
    func closed() throws {
        let host = try Host()
        try host.apply(Example.base)
        host.blue.inject(.refuse(.notPermitted), at: .open(.route), times: 1000)
        #expect(host.failure(Example.base)?.reason == .notPermitted)
        try host.apply(Configuration())
        #expect(host.home.tunnels.map(\.id) == [Host.foreignTunnel])
        #expect(host.record.ownership == Ownership())
    }
}
