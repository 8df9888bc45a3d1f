internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// Tunnel ids that two tunnels have: the kernel has one space of them for all encapsulations of a network namespace
    /// and refuses the second (EEXIST).
    func tunnelIDsInUse() -> [Finding] {
        var first: [TunnelID: Int] = [:]
        first.reserveCapacity(tunnels.count)
        return tunnels.indices.compactMap { index in
            let tunnel = tunnels[index]
            let id = tunnel.specification.id
            guard id.isValid else { return nil }
            guard let earlier = first[id] else {
                first[id] = index
                return nil
            }
            let other = tunnels[earlier].path
            return Finding(
                .error, tunnel.path.appending("tunnel_id"), related: other.appending("tunnel_id"),
                "\(id) is the id of \(other) too; each tunnel of a host needs an id of its own")
        }
    }

    /// Session ids that two sessions have.
    ///
    /// The ids of L2TPv3 sessions belong to the network namespace, for a data message over IP names no tunnel. The
    /// kernel refuses to have one twice (EEXIST) unless both tunnels are over UDP: then those from 4.13 to 5.4 refuse,
    /// others do not. Those from 6.11 find sessions by their id alone, so that a packet, a change or a deletion can
    /// concern the wrong one, and even take the same id twice in one tunnel over UDP.
    func sessionIDsInUse(_ sessions: [ConfiguredSession]) -> [Finding] {
        var first: [SessionID: Int] = [:]
        first.reserveCapacity(sessions.count)
        return sessions.indices.compactMap { index in
            let item = sessions[index]
            let id = item.session.specification.id
            guard id.isValid else { return nil }
            guard let earlier = first[id] else {
                first[id] = index
                return nil
            }
            let other = sessions[earlier]
            let path = item.path.appending("session_id")
            let related = other.path.appending("session_id")
            func finding(_ severity: Diagnostic.Severity, _ reason: String) -> Finding {
                Finding(severity, path, related: related, "\(id) is the id of \(other.path) too\(reason)")
            }
            if item.tunnel.name == other.tunnel.name {
                return finding(.error, "; each session needs an id of its own")
            }
            guard item.tunnel.isOverUDP, other.tunnel.isOverUDP else {
                return finding(.error, "; with encap ip the ids of all sessions of a host must differ")
            }
            return finding(
                .warning,
                ": kernels from 4.13 to 5.4 refuse it, and those from 6.11 may take one session for the other; "
                    + "give each session of a host an id of its own")
        }
    }

    /// Ids of the peer's that two sessions send to. The peer tells sessions apart by them, over IP by them alone, so that
    /// both would end in one of its sessions.
    func peerSessionIDsInUse(_ sessions: [ConfiguredSession]) -> [Finding] {
        struct Destination: Hashable {
            let peer: IPAddress
            /// Nil over IP, where the tunnel is not on the wire.
            let tunnel: String?
            let session: SessionID
        }
        var first: [Destination: Int] = [:]
        first.reserveCapacity(sessions.count)
        return sessions.indices.compactMap { index in
            let item = sessions[index]
            let id = item.session.specification.peerID
            guard id.isValid else { return nil }
            let destination = Destination(
                peer: item.tunnel.specification.peer, tunnel: item.tunnel.isOverUDP ? item.tunnel.name : nil,
                session: id)
            guard let earlier = first[destination] else {
                first[destination] = index
                return nil
            }
            let other = sessions[earlier].path
            return Finding(
                .warning, item.path.appending("peer_session_id"), related: other.appending("peer_session_id"),
                "\(id) is the peer's id of \(other) too: what both send arrives in one session of the peer")
        }
    }
}

extension TunnelConfiguration {
    /// Whether UDP carries the tunnel.
    var isOverUDP: Bool { specification.encapsulation.kind == .udp }
}
