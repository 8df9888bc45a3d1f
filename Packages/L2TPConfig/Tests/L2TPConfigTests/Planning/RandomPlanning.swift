import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire

/// Random configurations that obey all rules, of few identifiers, names and addresses, so that two of them have much in
/// common.
struct RandomPlanning<Generator: RandomNumberGenerator> {
    var generator: Generator

    init(_ generator: Generator) {
        self.generator = generator
    }

    mutating func chance(_ one: Int, in count: Int) -> Bool { Int.random(in: 0..<count, using: &generator) < one }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &generator)]
    }

    /// A configuration.
    mutating func configuration() -> Configuration {
        var names = (0..<10).map { "if\($0)" }.shuffled(using: &generator)
        var ports: [UInt16] = [5000, 5001, 5002, 5003].shuffled(using: &generator)
        var used: [SessionID: Bool] = [:]
        let ids: [UInt32] = Array(
            [1, 2, 3, 4].shuffled(using: &generator).prefix(Int.random(in: 0...3, using: &generator)))
        return Configuration(
            tunnels: ids.sorted().map { id in tunnel(TunnelID(id), &names, &ports, &used) })
    }

    /// A configuration with a few things changed, mostly of interfaces.
    mutating func variation(of configuration: Configuration) -> Configuration {
        var configuration = configuration
        for index in configuration.tunnels.indices {
            if chance(1, in: 8) { configuration.tunnels[index].specification.peerID = TunnelID(902) }
            if chance(1, in: 8) {
                configuration.tunnels[index].sessions = configuration.tunnels[index].sessions.dropLast()
            }
            for place in configuration.tunnels[index].sessions.indices where chance(2, in: 3) {
                vary(&configuration.tunnels[index].sessions[place])
            }
        }
        return configuration
    }

    private mutating func vary(_ session: inout SessionConfiguration) {
        let hasSublayer = session.specification.l2SpecificSublayer == .default
        let other = interface(mayMove: session.specification.interfaceName != nil)
        if chance(1, in: 6) { session.specification.peerID = SessionID(803) }
        if chance(1, in: 6), hasSublayer { session.specification.sendsSequenceNumbers.toggle() }
        if chance(1, in: 6) { session.specification.reorderTimeout = .milliseconds(50) }
        if chance(1, in: 10) {
            session.specification.l2SpecificSublayer = hasSublayer ? .none : .default
            session.specification.sendsSequenceNumbers = false
            session.specification.requiresSequenceNumbers = false
        }
        if chance(1, in: 4) { session.interface.mtu = other.mtu }
        if chance(1, in: 4) { session.interface.mac = other.mac }
        if chance(1, in: 4) { session.interface.isUp = other.isUp }
        if chance(1, in: 3) { session.interface.addresses = other.addresses }
        if chance(1, in: 3) { session.interface.master = other.master }
        if chance(1, in: 4) { session.interface.namespace = other.namespace }
    }

    private mutating func tunnel(
        _ id: TunnelID, _ names: inout [String], _ ports: inout [UInt16], _ used: inout [SessionID: Bool]
    ) -> TunnelConfiguration {
        let isIPv6 = chance(1, in: 4)
        let isUDP = chance(3, in: 4)
        let specification = TunnelSpecification(
            id: id, peerID: TunnelID(chance(1, in: 6) ? 901 : 900),
            local: KnownValue.address(isIPv6 ? "2001:db8::1" : "192.0.2.1"),
            peer: KnownValue.address(isIPv6 ? "2001:db8::2" : chance(1, in: 6) ? "192.0.2.9" : "192.0.2.2"),
            encapsulation: isUDP
                ? .udp(
                    UDPParameters(
                        sourcePort: ports.removeLast(), destinationPort: 6000, ipv4Checksum: chance(1, in: 5),
                        ipv6TransmitChecksum: chance(4, in: 5)))
                : .ip)
        var sessions: [SessionConfiguration] = []
        for number in [1, 2, 3, 4, 5, 6].shuffled(using: &generator).prefix(Int.random(in: 0...4, using: &generator)) {
            let sessionID = SessionID(UInt32(number))
            // Two tunnels can share a session id only if both are over UDP.
            if let other = used[sessionID], !(other && isUDP) { continue }
            used[sessionID] = isUDP
            sessions.append(session(sessionID, in: id, &names))
        }
        return TunnelConfiguration(name: "t\(id)", specification: specification, sessions: sessions)
    }

    private mutating func session(
        _ id: SessionID, in tunnelID: TunnelID, _ names: inout [String]
    ) -> SessionConfiguration {
        let hasSublayer = chance(3, in: 4)
        let name = names.isEmpty || chance(1, in: 5) ? nil : names.removeLast()
        let specification = SessionSpecification(
            tunnelID: tunnelID, id: id, peerID: SessionID(chance(1, in: 8) ? 801 : 800),
            l2SpecificSublayer: hasSublayer ? .default : .none,
            cookie: pick([nil, nil, Cookie(UInt32(7)), Cookie(UInt64(9))]),
            peerCookie: pick([nil, nil, nil, Cookie(UInt32(8))]),
            sendsSequenceNumbers: hasSublayer && chance(1, in: 3),
            requiresSequenceNumbers: hasSublayer && chance(1, in: 3), lnsMode: chance(1, in: 4),
            reorderTimeout: pick([.zero, .zero, .milliseconds(7), .milliseconds(100)]),
            interfaceName: name.map(KnownValue.name))
        return SessionConfiguration(
            name: "s\(id)", specification: specification, interface: interface(mayMove: name != nil))
    }

    private mutating func interface(mayMove: Bool) -> InterfaceConfiguration {
        var addresses = [
            "10.0.0.1/24", "10.0.0.2/24", "10.0.0.1/16", "10.1.0.1/30", "2001:db8:1::1/64", "2001:db8:1::2/64",
        ].map(KnownValue.prefix).shuffled(using: &generator)
        if chance(1, in: 5) { addresses.append(KnownValue.prefix("2001:db8:1::3/128")) }
        if chance(1, in: 5) { addresses.append(KnownValue.prefix("2001:db8:1::3/64")) }
        if Set(addresses.map(\.address)).count < addresses.count - 1 { addresses.removeLast() }
        addresses = Array(addresses.suffix(Int.random(in: 0...3, using: &generator)))
        return InterfaceConfiguration(
            mtu: pick([.automatic, .automatic, .bytes(1280), .bytes(1400)]),
            mac: pick([.stable, .random, .random, .address(MACAddress(truncating: 0x0200_0000_00aa))]),
            isUp: chance(4, in: 5), addresses: addresses,
            master: pick([
                nil, nil, .bridge(KnownValue.name("br0")), .bridge(KnownValue.name("br1")),
                .vrf(KnownValue.name("vrf0")),
            ]),
            namespace: mayMove ? pick([nil, nil, nil, "blue", "red"]) : nil)
    }

    /// A host without tunnels of ours, on which somebody else has made some, in which none of ours can be in the way.
    mutating func host() throws(SimulatedHost.Refusal) -> SimulatedHost {
        var host = SimulatedHost()
        host.pathMTU = chance(5, in: 6) ? 1500 : nil
        host.machineID = chance(5, in: 6) ? PlanningExample.machine : nil
        let masters = [
            Link(index: 1, name: "br0", mtu: 1500, isUp: true, kind: "bridge"),
            Link(index: 2, name: "br1", mtu: 1500, isUp: true, kind: "bridge"),
            Link(index: 3, name: "vrf0", mtu: 65_575, isUp: true, kind: "vrf"),
        ]
        host.links = masters + [Link(index: 4, name: "eth0", mtu: 1500, isUp: true)]
        host.namespaces = ["blue": masters, "red": masters]
        for id in [50, 51, 52].prefix(Int.random(in: 0...3, using: &generator)) {
            let isUDP = chance(1, in: 2)
            try host.createTunnel(
                TunnelSpecification(
                    id: TunnelID(UInt32(id)), peerID: TunnelID(1), local: KnownValue.address("192.0.2.1"),
                    peer: KnownValue.address("192.0.2.3"),
                    encapsulation: isUDP
                        ? .udp(UDPParameters(sourcePort: UInt16(id), destinationPort: 1701)) : .ip))
            for number in 0..<UInt32.random(in: 0...2, using: &generator) {
                let specification = SessionSpecification(
                    tunnelID: TunnelID(UInt32(id)), id: SessionID(UInt32(id) * 10 + number), peerID: SessionID(1),
                    interfaceName: KnownValue.name("other\(id)-\(number)"))
                try host.createSession(specification)
                try host.change(specification.key, .setUp(true))
                try host.change(specification.key, .add(KnownValue.prefix("172.16.0.1/24")))
            }
        }
        return host
    }

    /// What interfaces were given by hand.
    struct ByHand {
        var addresses: [SessionKey: [AddressSpecification]] = [:]
        var masters: [SessionKey: String] = [:]
        /// Addresses that were configured, with attributes that they have been given since.
        var changed: [SessionKey: [AddressSpecification]] = [:]
    }

    /// What an address can have, beside a scope, which all of its network have.
    private mutating func attributes(for address: AddressSpecification, on name: String) -> AddressAttributes {
        var attributes = AddressAttributes(metric: 77, flags: .noPrefixRoute)
        if address.address.version == .v4 { attributes.label = pick([nil, "hand", "by:hand", "\(name):hand"]) }
        if chance(1, in: 2) { attributes.lifetime = AddressLifetime(preferred: 0) }
        return attributes
    }

    /// Gives interfaces what no configuration asks for, as an administrator does by hand.
    mutating func meddle(with host: inout SimulatedHost) throws(SimulatedHost.Refusal) -> ByHand {
        var given = ByHand()
        for key in host.sessions.keys.sorted() where key.tunnelID.rawValue < 50 {
            for text in [
                "10.0.0.2/24", "2001:db8:1::2/64", "10.0.0.77/24", "10.9.0.1/24", "2001:db8:9::1/64", "fe80::1/64",
            ] where chance(1, in: 3) {
                var address = KnownValue.prefix(text)
                // What is configured is nobody else's.
                guard let interface = host.sessions[key]?.interface,
                    !interface.addresses.contains(where: { $0.isSame(as: address) })
                else { continue }
                if chance(1, in: 2) { address.attributes = attributes(for: address, on: interface.link.name) }
                try host.change(key, .add(address))
                given.addresses[key, default: []].append(address)
            }
            for index in host.sessions[key]?.interface.addresses.indices ?? 0..<0 where chance(1, in: 4) {
                guard let address = host.sessions[key]?.interface.addresses[index].specification,
                    let name = host.sessions[key]?.interface.link.name,
                    !(given.addresses[key] ?? []).contains(address),
                    host.sessions[key]?.interface.automaticAddress?.address != address.address
                else { continue }
                var changed = address
                changed.attributes = attributes(for: address, on: name)
                host.sessions[key]?.interface.addresses[index].attributes = changed.attributes
                given.changed[key, default: []].append(changed)
            }
            if chance(1, in: 4) { try host.change(key, .setAlias("by hand")) }
            if chance(1, in: 4), host.sessions[key]?.interface.masterName == nil {
                try host.change(key, .setMaster(.named("br1")))
                given.masters[key] = "br1"
            }
            // The kernel follows a peer that numbers its packets.
            if chance(1, in: 4), host.sessions[key]?.session.lnsMode == false {
                host.sessions[key]?.session.sendsSequenceNumbers.toggle()
            }
        }
        return given
    }
}
