import L2TPConfig
import L2TPModel
import L2TPWire

/// A host whose kernel does what Linux does to tunnels, sessions and interfaces, without time: what is deleted is gone.
struct SimulatedHost {
    /// Why the kernel refuses a request, in the words of errno(3).
    struct Refusal: Error, CustomStringConvertible {
        var description: String
    }

    /// A session with what the kernel knows and does not tell.
    struct HostSession: Equatable {
        var session: Session
        var sublayer: L2SpecificSublayer
        var interface: InterfaceState
    }

    var tunnels: [TunnelID: Tunnel] = [:]
    var sessions: [SessionKey: HostSession] = [:]
    /// Other links where the tunnels are.
    var links: [Link] = []
    /// Other links of the named network namespaces.
    var namespaces: [String: [Link]] = [:]
    var pathMTU: UInt32? = 1500
    var machineID: MachineID? = PlanningExample.machine
    private var nextIndex: UInt32 = 100

    /// What a state reader finds.
    var state: CurrentState {
        var state = CurrentState(
            tunnels: tunnels.values.sorted { $0.id < $1.id },
            sessions: sessions.values.map(\.session).sorted { $0.key < $1.key }, links: links, machineID: machineID)
        var namespaces = namespaces
        for (key, session) in sessions {
            state.interfaces[key] = session.interface
            if let namespace = session.interface.namespace {
                namespaces[namespace, default: []].append(session.interface.link)
            } else {
                state.links.append(session.interface.link)
            }
        }
        for (name, links) in namespaces { state.namespaces[name] = .some(links) }
        // No plan may need to know about paths of tunnels that do not exist yet.
        for id in tunnels.keys { state.pathMTUs[id] = pathMTU }
        return state
    }

    // MARK: Requests

    mutating func createTunnel(_ specification: TunnelSpecification) throws(Refusal) {
        guard tunnels[specification.id] == nil else { throw Refusal(description: "EEXIST tunnel \(specification.id)") }
        if let udp = specification.encapsulation.udp {
            for other in tunnels.values where other.encapsulation.udp?.sourcePort == udp.sourcePort {
                guard let local = other.local, local.version == specification.local.version else { continue }
                if local == specification.local || local.isAny || specification.local.isAny {
                    throw Refusal(description: "EADDRINUSE port \(udp.sourcePort)")
                }
            }
        }
        var tunnel = Tunnel(
            id: specification.id, peerID: specification.peerID, encapsulation: specification.encapsulation,
            local: specification.local, peer: specification.peer)
        if var udp = specification.encapsulation.udp {
            // The kernel does not report the checksums of the other IP version.
            let reported = UDPParameters(sourcePort: udp.sourcePort, destinationPort: udp.destinationPort)
            if specification.peer.version == .v6 {
                udp.ipv4Checksum = reported.ipv4Checksum
            } else {
                udp.ipv6TransmitChecksum = reported.ipv6TransmitChecksum
                udp.ipv6ReceiveChecksum = reported.ipv6ReceiveChecksum
            }
            tunnel.encapsulation = .udp(udp)
        }
        tunnels[specification.id] = tunnel
    }

    mutating func deleteTunnel(_ id: TunnelID) throws(Refusal) {
        guard tunnels.removeValue(forKey: id) != nil else { throw Refusal(description: "ENODEV tunnel \(id)") }
        sessions = sessions.filter { $0.key.tunnelID != id }
    }

    mutating func createSession(_ specification: SessionSpecification) throws(Refusal) {
        let key = specification.key
        guard let tunnel = tunnels[key.tunnelID] else { throw Refusal(description: "ENODEV tunnel \(key.tunnelID)") }
        for other in sessions.keys where other.id == key.id {
            let areUDP = tunnel.encapsulation.udp != nil && tunnels[other.tunnelID]?.encapsulation.udp != nil
            if other == key || !areUDP { throw Refusal(description: "EEXIST \(key), there is \(other)") }
        }
        let name = specification.interfaceName?.text ?? freeName
        guard !names(in: nil).contains(name) else { throw Refusal(description: "EEXIST name \(name)") }
        let session = Session(
            tunnelID: key.tunnelID, peerTunnelID: tunnel.peerID, id: key.id, peerID: specification.peerID,
            interfaceName: name, cookie: specification.cookie, peerCookie: specification.peerCookie,
            sendsSequenceNumbers: specification.sendsSequenceNumbers,
            requiresSequenceNumbers: specification.requiresSequenceNumbers, lnsMode: specification.lnsMode,
            reorderTimeout: ticks(specification.reorderTimeout))
        nextIndex += 1
        var link = Link(index: nextIndex, name: name, mtu: 1400, isUp: false)
        // Every creation has a MAC address of its own.
        link.macAddress = MACAddress(truncating: 0x0600_0000_0000 | UInt64(nextIndex) << 8 | 1)
        link.mtu = TunnelSpecification(
            id: tunnel.id, peerID: tunnel.peerID, local: tunnel.local ?? .v4(.any), peer: tunnel.peer ?? .v4(.any),
            encapsulation: tunnel.encapsulation
        ).interfaceMTU(of: specification, pathMTU: pathMTU ?? 0)
        sessions[key] = HostSession(
            session: session, sublayer: specification.l2SpecificSublayer, interface: InterfaceState(link: link))
    }

    mutating func deleteSession(_ key: SessionKey) throws(Refusal) {
        guard sessions.removeValue(forKey: key) != nil else { throw Refusal(description: "ENODEV \(key)") }
    }

    mutating func modify(_ key: SessionKey, _ modification: SessionModification) throws(Refusal) {
        guard var session = sessions[key]?.session else { throw Refusal(description: "ENODEV \(key)") }
        if let requires = modification.requiresSequenceNumbers { session.requiresSequenceNumbers = requires }
        if let sends = modification.sendsSequenceNumbers { session.sendsSequenceNumbers = sends }
        if let lnsMode = modification.lnsMode { session.lnsMode = lnsMode }
        if let timeout = modification.reorderTimeout { session.reorderTimeout = ticks(timeout) }
        sessions[key]?.session = session
    }

    /// One request about an interface.
    enum LinkRequest {
        case move(InterfaceSetup.Namespace)
        case remove(AddressSpecification)
        case setUp(Bool)
        case setMAC(MACAddress)
        case setMTU(InterfaceConfiguration.MTU)
        case setAlias(String)
        case setMaster(InterfaceSetup.Master)
        case add(AddressSpecification)
    }

    mutating func change(_ key: SessionKey, _ request: LinkRequest) throws(Refusal) {
        guard var interface = sessions[key]?.interface else { throw Refusal(description: "ENODEV \(key)") }
        switch request {
        case .move(let place):
            let namespace: String? = if case .named(let name) = place { name } else { nil }
            guard interface.namespace != namespace else { break }
            guard !names(in: namespace).contains(interface.link.name) else {
                throw Refusal(description: "EEXIST name \(interface.link.name) in \(namespace ?? "-")")
            }
            interface.link.isUp = false
            interface.addresses = []
            interface.masterName = nil
            interface.link.masterIndex = nil
            interface.namespace = namespace
        case .remove(let address):
            guard let index = interface.addresses.firstIndex(where: { $0.isSame(as: address) }) else { break }
            let removed = interface.addresses.remove(at: index)
            let isFirst = !interface.addresses[..<index].contains { removed.isSecondary(to: $0) }
            if isFirst { interface.addresses.removeAll { $0.isSecondary(to: removed) } }
        case .setUp(let isUp): interface.set(up: isUp)
        case .setMAC(let address):
            guard !interface.link.isUp else { throw Refusal(description: "EBUSY \(key)") }
            interface.link.macAddress = address
        case .setMTU(.bytes(let mtu)):
            interface.link.mtu = mtu
            if mtu < 1280 { interface.addresses.removeAll { $0.address.version == .v6 } }
        case .setMTU(.automatic): break
        case .setAlias(let alias): interface.link.alias = alias.isEmpty ? nil : alias
        case .setMaster(let master):
            let name: String? = if case .named(let name) = master { name } else { nil }
            guard interface.masterName != name else { break }
            let known = interface.namespace.map { namespaces[$0] ?? [] } ?? links
            let old = known.first { $0.name == interface.masterName }
            let new = known.first { $0.name == name }
            if name != nil, new == nil { throw Refusal(description: "ENODEV \(name ?? "")") }
            interface.masterName = name
            interface.link.masterIndex = new?.index
            if interface.link.isUp, old?.kind == "vrf" || new?.kind == "vrf" {
                interface.set(up: false)
                interface.set(up: true)
            }
        case .add(let address):
            if interface.addresses.contains(where: { $0.isSame(as: address) }) { break }
            let added = InterfaceAddress(
                linkIndex: interface.link.index, address: address.address, peer: address.peer,
                prefixBitCount: address.prefixBitCount, attributes: address.attributes)
            if let other = interface.addresses.first(where: { added.isSecondary(to: $0) }),
                other.attributes.scope != address.attributes.scope
            {
                throw Refusal(description: "EINVAL scope of \(address)")
            }
            if address.address.version == .v6 {
                guard interface.link.mtu >= 1280 else { throw Refusal(description: "EINVAL \(address)") }
                guard !interface.addresses.contains(where: { $0.address == address.address }) else {
                    throw Refusal(description: "EEXIST \(address)")
                }
            }
            interface.addresses.append(added)
        }
        sessions[key]?.interface = interface
    }

    /// The names of all links of a network namespace.
    private func names(in namespace: String?) -> Set<String> {
        let others = namespace.map { namespaces[$0] ?? [] } ?? links
        return Set(others.map(\.name)).union(
            sessions.values.lazy.map(\.interface).filter { $0.namespace == namespace }.map(\.link.name))
    }

    private var freeName: String {
        let names = names(in: nil)
        var number = 0
        while names.contains("l2tpeth\(number)") { number += 1 }
        return "l2tpeth\(number)"
    }

    /// A clock of 250 Hz.
    private func ticks(_ duration: Duration) -> Duration {
        let milliseconds = Int64(duration / .milliseconds(1))
        return .milliseconds((milliseconds + 3) / 4 * 4)
    }
}

extension InterfaceAddress {
    func isSame(as other: AddressSpecification) -> Bool {
        address == other.address && peer == other.peer && prefixBitCount == other.prefixBitCount
    }

    fileprivate func isSecondary(to other: Self) -> Bool {
        address.version == .v4 && prefixBitCount == other.prefixBitCount && other.sharesPrefix(with: address)
    }
}

extension InterfaceState {
    /// The link-local address that the kernel makes of the MAC address.
    var automaticAddress: InterfaceAddress? {
        guard let bytes = link.macAddress?.bytes else { return nil }
        let interfaceID = [bytes[0] ^ 2, bytes[1], bytes[2], 0xff, 0xfe, bytes[3], bytes[4], bytes[5]]
        let low = interfaceID.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return InterfaceAddress(
            linkIndex: link.index, address: .v6(IPv6Address(high: 0xfe80_0000_0000_0000, low: low)), prefixBitCount: 64)
    }

    fileprivate mutating func set(up: Bool) {
        guard up != link.isUp else { return }
        link.isUp = up
        if !up {
            addresses.removeAll { $0.address.version == .v6 }
        } else if link.mtu >= 1280, let address = automaticAddress {
            addresses.removeAll { $0.address == address.address }
            addresses.append(address)
        }
    }
}
