import L2TPConfig
import L2TPModel
import L2TPWire
import Testing

/// A change of 20 sessions with every kind of step.
struct CrashScenario {
    let before: Configuration
    let after: Configuration

    /// One interface is moved to the named namespace `far`, if there is one.
    init(far: String?) throws {
        var before: [TunnelConfiguration] = [], after: [TunnelConfiguration] = []

        // A tunnel that stays: two sessions each are modified, re-created, deleted and created, four get other
        // interfaces.
        var stays = Self.tunnel("stays", 1, .v4, isUDP: true)
        var old = try (0..<10).map { try Self.session($0, in: 1) }
        old[3].interface.mac = .random
        var new = old
        new[0].specification.sendsSequenceNumbers = true
        new[1].specification.reorderTimeout = .milliseconds(200)
        new[2].specification.cookie = Cookie(0x0102_0304_0506_0708 as UInt64)
        new[3].specification.peerID = SessionID(4711)
        new[6].interface.mtu = .bytes(1300)
        new[6].interface.addresses = [AddressSpecification(ipAddress("10.9.6.1"), prefixBitCount: 24)]
        new[7].interface.master = .bridge(try InterfaceName(ApplySite.bridges[0]))
        new[8].interface.mac = .address(macAddress("02:00:00:00:00:08"))
        new[9].interface.namespace = far
        stays.sessions = old
        before.append(stays)
        new.removeSubrange(4...5)
        stays.sessions = new + [try Self.session(10, in: 1), try Self.session(11, in: 1)]
        after.append(stays)

        // One that is re-created with four sessions.
        var changes = Self.tunnel("changes", 2, .v6, isUDP: true)
        changes.sessions = try (20..<24).map { try Self.session($0, in: 2) }
        before.append(changes)
        changes.specification.peerID = TunnelID(4712)
        after.append(changes)

        // One that goes with two, and one that takes the name of an interface over.
        var goes = Self.tunnel("goes", 3, .v4, isUDP: false)
        goes.sessions = try (30..<32).map { try Self.session($0, in: 3) }
        before.append(goes)
        var comes = Self.tunnel("comes", 4, .v4, isUDP: false)
        comes.sessions = try (40..<42).map { try Self.session($0, in: 4) }
        comes.sessions[0].specification.interfaceName = goes.sessions[0].specification.interfaceName
        after.append(comes)

        self.before = Configuration(tunnels: before.sorted { $0.name < $1.name })
        self.after = Configuration(tunnels: after.sorted { $0.name < $1.name })
    }

    /// Gives interfaces of ours what no configuration tells of, to some that stay and to some that are created anew.
    static func changeByHand(at site: ApplySite) throws {
        try Shell.ip(
            [
                "link set pw2 alias by-hand", "address add 10.99.2.1/24 dev pw2", "address add fd99::2/64 dev pw2",
                "address add 10.99.6.1/32 dev pw6", "link set pw20 master br1",
            ], in: site.home)
    }

    private static func tunnel(_ name: String, _ id: UInt32, _ version: IPVersion, isUDP: Bool) -> TunnelConfiguration {
        let (local, peer) =
            version == .v4 ? (ApplySite.local4, ApplySite.peers4) : (ApplySite.local6, ApplySite.peers6)
        let udp = UDPParameters(sourcePort: UInt16(5000 + id), destinationPort: 6000)
        return TunnelConfiguration(
            name: name,
            specification: TunnelSpecification(
                id: TunnelID(id), peerID: TunnelID(id + 100), local: local[0], peer: peer[0],
                encapsulation: isUDP ? .udp(udp) : .ip))
    }

    private static func session(_ number: UInt32, in tunnelID: UInt32) throws -> SessionConfiguration {
        SessionConfiguration(
            name: "s\(number)",
            specification: SessionSpecification(
                tunnelID: TunnelID(tunnelID), id: SessionID(1000 + number), peerID: SessionID(2000 + number),
                cookie: Cookie(0x1111_1111 as UInt32 + number), peerCookie: Cookie(0x2222_2222 as UInt32 + number),
                interfaceName: try InterfaceName("pw\(number)")),
            interface: InterfaceConfiguration(
                addresses: [
                    AddressSpecification(ipAddress("10.0.\(number).1"), prefixBitCount: 24),
                    AddressSpecification(ipAddress("fd00:\(number)::1"), prefixBitCount: 64),
                ]))
    }
}
