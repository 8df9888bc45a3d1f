import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import NetlinkTestSupport

/// A configuration that is applied after another, for matrices.
struct Transition: CustomStringConvertible, Sendable {
    var name: String
    var before: Configuration
    var after: Configuration

    var description: String { name }

    /// A host on which the first was applied, and which others have used since.
    func host(_ release: FakeKernel.Release = .linux6_12) throws -> Host {
        let host = try Host(release)
        try host.apply(before)
        host.home.changeLink("lan") { $0.alias = "by hand" }
        for (name, address) in [("lan", "10.9.0.1/24"), ("lan", "2001:db8:9::1/64"), ("two", "10.2.0.9/24")] {
            guard let link = host.home.links.first(where: { $0.name == name }) else { continue }
            let prefix = KnownValue.prefix(address)
            let label: String? = if case .v4 = prefix.address { "\(name):hand" } else { nil }
            host.home.addAddress(
                prefix.address, prefixBitCount: prefix.prefixBitCount, to: link.index,
                attributes: AddressAttributes(label: label, metric: 77, flags: .noPrefixRoute))
        }
        let bridge = host.home.links.first { $0.name == "br1" }?.index
        host.home.changeLink("one") { $0.masterIndex = bridge }
        host.forgetRequests()
        return host
    }

    private static let everything = Example.base { configuration in
        configuration["hq", "lan"].specification.lnsMode = true
        configuration["hq", "lan"].interface.mtu = .bytes(1200)
        configuration["hq", "lan"].interface.addresses = [KnownValue.prefix("10.0.0.2/24")]
        configuration["hq", "far"].interface.namespace = nil
        configuration["hq", "port"].specification.peerID = SessionID(60)
        configuration["spare"].specification.peerID = TunnelID(22)
        configuration["spare"].sessions.removeLast()
        configuration["hq"].sessions.append(
            SessionConfiguration(
                name: "zzz",
                specification: SessionSpecification(
                    tunnelID: TunnelID(10), id: SessionID(8), peerID: SessionID(9),
                    cookie: Cookie(UInt32(1)), peerCookie: Cookie(UInt32(2)), interfaceName: try? InterfaceName("zzz")),
                interface: InterfaceConfiguration(addresses: [KnownValue.prefix("10.4.0.1/24")], namespace: "blue")))
    }

    /// At least one of each kind of change.
    static let all: [Self] = [
        Self(name: "creation", before: Configuration(), after: Example.base),
        Self(name: "deletion", before: Example.base, after: Configuration()),
        Self(
            name: "modification", before: Example.base,
            after: Example.base { configuration in
                configuration["hq", "lan"].specification.sendsSequenceNumbers = false
                configuration["spare", "two"].specification.reorderTimeout = .milliseconds(200)
                configuration["spare", "two"].specification.lnsMode = true
                // With it goes what makes the others of its network come after it.
                configuration["spare", "two"].interface.addresses.removeFirst()
            }),
        Self(
            name: "re-creation of sessions", before: Example.base,
            after: Example.base { configuration in
                configuration["hq", "lan"].specification.cookie = Cookie(UInt32(9))
                configuration["hq", "far"].specification.l2SpecificSublayer = .none
                configuration["hq", "port"].specification.peerID = SessionID(60)
                configuration["spare", "one"].specification.interfaceName = try? InterfaceName("uno")
            }),
        Self(
            name: "re-creation of a tunnel", before: Example.base,
            after: Example.base { configuration in
                configuration["hq"].specification.encapsulation = .udp(
                    UDPParameters(sourcePort: 5000, destinationPort: 5002))
                configuration["spare"].specification.peer = KnownValue.address("2001:db8::3")
            }),
        Self(
            name: "interfaces", before: Example.base,
            after: Example.base { configuration in
                configuration["hq", "lan"].interface.mtu = .bytes(1300)
                configuration["hq", "lan"].interface.mac = .address(MACAddress(truncating: 0x0200_0000_0042))
                configuration["hq", "lan"].interface.addresses = [
                    KnownValue.prefix("10.0.0.1/24"), KnownValue.prefix("10.0.7.1/24"),
                    KnownValue.prefix("2001:db8:2::1/64"),
                ]
                configuration["hq", "far"].interface.namespace = nil
                configuration["hq", "far"].interface.master = .bridge(KnownValue.name("br1"))
                configuration["hq", "port"].interface.master = .vrf(KnownValue.name("vrf0"))
                configuration["hq", "port"].interface.isUp = false
                configuration["spare", "one"].interface.isUp = true
                configuration["spare", "two"].interface.namespace = "blue"
                configuration["spare", "two"].interface.addresses = [KnownValue.prefix("10.2.0.2/24")]
            }),
        Self(name: "everything", before: Example.base, after: everything),
    ]
}
