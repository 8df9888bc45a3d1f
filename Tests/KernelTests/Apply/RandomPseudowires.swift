import L2TPConfig
import L2TPModel
import L2TPWire
import L2TPWireTestSupport

/// Draws configurations that a kernel carries out at an ``ApplySite``.
struct RandomPseudowires {
    var generator: SeededGenerator
    /// The named namespace that interfaces may be moved to.
    let far: String
    /// Counts what has to be unique: identifiers, ports, names, prefixes.
    private var count: UInt32 = 0

    init(seed: UInt64, far: String) {
        generator = SeededGenerator(seed: seed)
        self.far = far
    }

    /// One to three tunnels with up to four sessions in all.
    mutating func configuration() -> Configuration {
        var sessions = 4
        return Configuration(
            tunnels: (0..<pick([1, 1, 2, 3])).map { index in
                var tunnel = tunnel("t\(index)")
                for number in 0..<min(pick([0, 1, 1, 2, 3]), sessions) {
                    tunnel.sessions.append(session("s\(number)", in: tunnel.specification.id))
                    sessions -= 1
                }
                return tunnel
            })
    }

    // MARK: Parts

    mutating func tunnel(_ name: String) -> TunnelConfiguration {
        let (local, peer) = chance(2) ? (ApplySite.local4, ApplySite.peers4) : (ApplySite.local6, ApplySite.peers6)
        return TunnelConfiguration(
            name: name,
            specification: TunnelSpecification(
                id: TunnelID(unique(1000)), peerID: TunnelID(number()), local: pick(local), peer: pick(peer),
                encapsulation: chance(3) ? .ip : .udp(udp(local[0].version))))
    }

    /// Checksums of the other version are as they are when nothing is said.
    mutating func udp(_ version: IPVersion) -> UDPParameters {
        var udp = UDPParameters(
            sourcePort: UInt16(unique(5000)), destinationPort: UInt16.random(in: 1...(.max), using: &generator))
        if version == .v4 {
            udp.ipv4Checksum = chance(2)
        } else {
            udp.ipv6TransmitChecksum = chance(2)
            udp.ipv6ReceiveChecksum = chance(2)
        }
        return udp
    }

    mutating func session(_ name: String, in tunnelID: TunnelID) -> SessionConfiguration {
        let sublayer: L2SpecificSublayer = chance(4) ? .none : .default
        let isNumbered = sublayer == .default
        let number = unique(2000)
        return SessionConfiguration(
            name: name,
            specification: SessionSpecification(
                tunnelID: tunnelID, id: SessionID(number), peerID: SessionID(self.number()),
                l2SpecificSublayer: sublayer, cookie: cookie(), peerCookie: cookie(),
                sendsSequenceNumbers: isNumbered && chance(3), requiresSequenceNumbers: isNumbered && chance(3),
                lnsMode: chance(3), reorderTimeout: .milliseconds(pick([0, 0, 1, 50, 333, 2000])),
                interfaceName: chance(8) ? nil : try? InterfaceName("pw\(number)")),
            interface: interface())
    }

    mutating func interface() -> InterfaceConfiguration {
        InterfaceConfiguration(
            mtu: chance(2) ? .automatic : .bytes(1280 + UInt32(generator.next() % 100)),
            mac: pick([.stable, .stable, .random, .address(macAddress())]), isUp: !chance(4),
            addresses: (0..<pick([0, 1, 1, 2, 3])).map { _ in address() },
            master: pick([nil, nil, bridge(), router()]),
            namespace: chance(5) ? far : nil)
    }

    mutating func cookie() -> Cookie? {
        switch generator.next() % 4 {
        case 0: nil
        case 1: Cookie(UInt32(truncatingIfNeeded: generator.next()))
        default: Cookie(generator.next())
        }
    }

    mutating func macAddress() -> MACAddress {
        MACAddress(truncating: 0x0200_0000_0000 | UInt64(number()))
    }

    /// One with a prefix of its own, or one of a point-to-point interface.
    mutating func address() -> AddressSpecification {
        let network = unique(1)
        let ipv4 = IPAddress.v4(IPv4Address(number: 10 << 24 | network << 8 | 1))
        let ipv6 = IPAddress.v6(IPv6Address(high: 0xfd00_0000_0000_0000 | UInt64(network), low: 1))
        let (address, next, most): (IPAddress, IPAddress, UInt8) =
            chance(2)
            ? (ipv4, .v4(IPv4Address(number: 10 << 24 | network << 8 | 2)), 32)
            : (ipv6, .v6(IPv6Address(high: 0xfd00_0000_0000_0000 | UInt64(network), low: 2)), 128)
        if chance(4) { return AddressSpecification(address, peer: next, prefixBitCount: most) }
        return AddressSpecification(address, prefixBitCount: most == 32 ? pick([24, 30, 32]) : pick([64, 120, 128]))
    }

    mutating func bridge() -> InterfaceConfiguration.Master? {
        (try? InterfaceName(pick(ApplySite.bridges))).map { .bridge($0) }
    }

    mutating func router() -> InterfaceConfiguration.Master? {
        (try? InterfaceName(pick(ApplySite.routers))).map { .vrf($0) }
    }

    // MARK: Numbers

    /// One of several.
    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int(generator.next() % UInt64(values.count))]
    }

    /// True once in so many times.
    mutating func chance(_ times: UInt64) -> Bool { generator.next() % times == 0 }

    /// Any number but 0.
    mutating func number() -> UInt32 { UInt32.random(in: 1...(.max), using: &generator) }

    /// A number that none of this generator's others is, from `first`.
    mutating func unique(_ first: UInt32) -> UInt32 {
        count += 1
        return first + count
    }
}
