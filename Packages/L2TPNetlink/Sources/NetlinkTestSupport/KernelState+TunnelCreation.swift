internal import CLibmnl
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

/// Creating tunnels.
extension KernelState {
    mutating func createTunnel(_ attributes: AttributeTable) throws(Errno) {
        let id = TunnelID(try attributes.required(L2TP_ATTR_CONN_ID))
        let peerID = TunnelID(try attributes.required(L2TP_ATTR_PEER_CONN_ID))
        let version = ProtocolVersion(rawValue: try attributes.required(L2TP_ATTR_PROTO_VERSION))
        guard let encapsulation = Encapsulation(rawValue: try attributes.required(L2TP_ATTR_ENCAP_TYPE)) else {
            throw .invalidArgument
        }
        let descriptor: UInt32? = attributes.number(L2TP_ATTR_FD)
        let isManaged = descriptor.map { $0 <= UInt32(Int32.max) } ?? false
        let addresses: (local: IPAddress, peer: IPAddress) =
            if descriptor == nil {
                try addressPair(attributes)
            } else {
                // A negative descriptor means a socket of the kernel's own, and then without addresses.
                (.v4(.any), .v4(.any))
            }
        guard !tunnels.contains(where: { $0.id == id }) else {
            lookAtTunnels { $0.id == id }
            throw .fileExists
        }
        var tunnel = Tunnel(
            id: id, peerID: peerID, protocolVersion: version, encapsulation: .ip, local: addresses.local,
            peer: addresses.peer)
        if let descriptor, isManaged {
            try adopt(socket: descriptor, for: &tunnel, encapsulation)
        } else {
            try makeSocket(for: &tunnel, encapsulation, attributes)
        }
        let row = TunnelRow(tunnel: tunnel, descriptor: isManaged ? descriptor : nil)
        tunnels.append(row)
        announce(row, L2TP_CMD_TUNNEL_CREATE)
    }

    private func addressPair(_ attributes: AttributeTable) throws(Errno) -> (local: IPAddress, peer: IPAddress) {
        if let local = attributes.ipv6Address(L2TP_ATTR_IP6_SADDR),
            let peer = attributes.ipv6Address(L2TP_ATTR_IP6_DADDR)
        {
            return (.v6(local), .v6(peer))
        }
        if let local = attributes.ipv4Address(L2TP_ATTR_IP_SADDR),
            let peer = attributes.ipv4Address(L2TP_ATTR_IP_DADDR)
        {
            return (.v4(local), .v4(peer))
        }
        throw .invalidArgument
    }

    /// Binds and connects a socket of the kernel's own.
    private mutating func makeSocket(
        for tunnel: inout Tunnel, _ encapsulation: Encapsulation, _ attributes: AttributeTable
    ) throws(Errno) {
        guard let local = tunnel.local, var peer = tunnel.peer else { throw .invalidArgument }
        if encapsulation == .ip { try checkProtocol115(local, peer) }
        try checkIsLocal(local)
        var udp = UDPParameters(
            sourcePort: attributes.number(L2TP_ATTR_UDP_SPORT) ?? 0,
            destinationPort: attributes.number(L2TP_ATTR_UDP_DPORT) ?? 0,
            // Whatever the value.
            ipv4Checksum: attributes.has(L2TP_ATTR_UDP_CSUM),
            ipv6TransmitChecksum: !attributes.has(L2TP_ATTR_UDP_ZERO_CSUM6_TX),
            ipv6ReceiveChecksum: !attributes.has(L2TP_ATTR_UDP_ZERO_CSUM6_RX))
        switch encapsulation {
        case .udp:
            if udp.sourcePort == 0 { udp.sourcePort = nextEphemeralPort() }
            guard !isTaken(port: udp.sourcePort, on: local) else { throw .addressInUse }
        case .ip:
            let isTaken = sockets.values.contains { $0.encapsulation == .ip && $0.local == local }
            if isTaken { throw .addressInUse }
        }
        let connects = encapsulation == .ip || udp.destinationPort != 0
        if connects {
            if peer.isAny { peer = local.isAny ? loopback(local.version) : local }
            if case .v6(let address) = peer, address.isLinkLocal { throw .invalidArgument }
            if encapsulation == .ip, peer.isMulticast { throw .invalidArgument }
            if let errno = refusedRoutes[peer] { throw errno }
        } else {
            peer = .any(local.version)
        }
        tunnel.encapsulation = encapsulation == .udp ? .udp(udp) : .ip
        tunnel.local = local.isAny && connects ? sourceAddress(towards: peer) : local
        tunnel.peer = peer
    }

    private func checkProtocol115(_ local: IPAddress, _ peer: IPAddress) throws(Errno) {
        let module = local.version == .v4 ? "l2tp_ip" : "l2tp_ip6"
        guard !behavior.missingModules.contains(module) else { throw .protocolNotSupported }
        for case .v6(let address) in [local, peer] where address.isIPv4Mapped { throw .addressNotAvailable }
    }

    private func checkIsLocal(_ local: IPAddress) throws(Errno) {
        if local.isAny { return }
        // It would need an interface, which no attribute names.
        if case .v6(let address) = local, address.isLinkLocal { throw .invalidArgument }
        let isUsable = addresses.contains { $0.address == local && !$0.isTentative && !$0.isDuplicate }
        guard isUsable else { throw .addressNotAvailable }
    }

    private func loopback(_ version: IPVersion) -> IPAddress {
        switch version {
        case .v4: .v4(IPv4Address(number: 0x7f00_0001))
        case .v6: .v6(IPv6Address(high: 0, low: 1))
        }
    }

    /// The address that routing chooses for packets to `peer`.
    private func sourceAddress(towards peer: IPAddress) -> IPAddress {
        let usable = addresses.filter { $0.address.version == peer.version && $0.address != loopback(peer.version) }
        return (usable.first { $0.sharesPrefix(with: peer) } ?? usable.first)?.address ?? .any(peer.version)
    }

    /// Whether a UDP port is bound on an address, by a tunnel or by another socket.
    private func isTaken(port: UInt16, on local: IPAddress) -> Bool {
        let byTunnels = tunnels.compactMap { row -> (IPAddress, UInt16)? in
            guard let address = row.tunnel.local, let udp = row.tunnel.encapsulation.udp else { return nil }
            return (address, udp.sourcePort)
        }
        let bySockets = sockets.values.filter { $0.encapsulation != .ip }.map { ($0.local, $0.localPort) }
        return (byTunnels + bySockets).contains { address, taken in
            taken == port && address.version == local.version
                && (address == local || address.isAny || local.isAny)
        }
    }

    /// Takes a user's socket for a tunnel.
    private mutating func adopt(
        socket descriptor: UInt32, for tunnel: inout Tunnel, _ encapsulation: Encapsulation
    ) throws(Errno) {
        guard let socket = sockets[descriptor] else { throw .badFileDescriptor }
        switch socket.obstacle {
        case .noSocket: throw .notSocket
        case .foreignNamespace: throw .invalidArgument
        case nil: break
        }
        guard socket.encapsulation == encapsulation else { throw .protocolNotSupported }
        let isTaken = tunnels.contains { $0.descriptor == descriptor }
        guard !isTaken, release == .linux6_12 || !socket.hasCarriedTunnel else { throw .resourceBusy }
        // Linux 6.1 never takes its mark off a socket.
        sockets[descriptor]?.hasCarriedTunnel = true
        switch encapsulation {
        case .udp:
            tunnel.encapsulation = .udp(
                UDPParameters(sourcePort: socket.localPort, destinationPort: socket.peerPort, ipv4Checksum: true))
        case .ip:
            tunnel.encapsulation = .ip
        }
        tunnel.local = socket.local
        tunnel.peer = socket.peer
    }
}
