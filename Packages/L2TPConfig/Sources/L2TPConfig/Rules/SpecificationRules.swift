internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// What is wrong with a tunnel by itself.
    func tunnelViolations() -> [Finding] {
        tunnels.flatMap { tunnel in
            tunnel.specification.violations().map { Finding(.error, tunnel.path.appending($0.field), $0.message) }
        }
    }

    /// What is wrong with a session by itself. Only pseudowires that carry Ethernet are configured: the interface of any
    /// other is not made by the kernel.
    func sessionViolations(_ sessions: [ConfiguredSession]) -> [Finding] {
        sessions.flatMap { item in
            let specification = item.session.specification
            var found = specification.violations().map { violation in
                let path = violation.field == "name" ? item.interfacePath("name") : item.path.appending(violation.field)
                return Finding(.error, path, violation.message)
            }
            if specification.pseudowireType != .ethernet {
                found.append(
                    Finding(.error, item.path, "carries \(specification.pseudowireType); only eth can be configured"))
            }
            if specification.tunnelID != item.tunnel.specification.id {
                let id = item.tunnel.specification.id
                found.append(
                    Finding(.error, item.path, "is for tunnel \(specification.tunnelID) but stands in tunnel \(id)"))
            }
            return found
        }
    }

    /// Addresses of tunnels that belong to no pair of hosts.
    ///
    /// The kernel needs the interface of a link-local address and takes none over netlink (EINVAL). It sends to no
    /// broadcast address (EACCES); to a group it does send over UDP, but then drops what the members answer, for that
    /// does not come from the group. A loopback address reaches only this host.
    func unusableEndpoints() -> [Finding] {
        var found: [Finding] = []
        for tunnel in tunnels {
            let local = tunnel.specification.local
            let peer = tunnel.specification.peer
            func report(_ severity: Diagnostic.Severity, _ key: String, _ message: String) {
                found.append(Finding(severity, tunnel.path.appending(key), message))
            }
            for (key, address) in [("local", local), ("remote", peer)] where address.isLinkLocal {
                report(
                    .error, key,
                    "\(address) is a link-local address, which needs an interface that the kernel cannot be told for a "
                        + "tunnel; use a global or unique local address")
            }
            if peer == .v4(.broadcast) {
                report(.error, "remote", "\(peer) is the broadcast address; a tunnel has one peer")
            } else if peer.isMulticast, tunnel.specification.encapsulation.kind == .udp {
                report(.warning, "remote", "\(peer) is a multicast group: nothing can be received from it")
            }
            if local.isLoopback != peer.isLoopback, !local.isAny, local.version == peer.version {
                let (key, inner, outer) = local.isLoopback ? ("local", local, peer) : ("remote", peer, local)
                report(
                    .warning, key, "\(inner) is a loopback address: nothing between it and \(outer) leaves this host")
            }
            if let udp = tunnel.specification.encapsulation.udp, local == peer, udp.sourcePort == udp.destinationPort,
                udp.sourcePort != 0
            {
                report(.error, "remote", "\(peer) port \(udp.destinationPort) is this end itself")
            }
        }
        return found
    }
}

extension IPAddress {
    /// Whether the address means something only on one link, so that it needs an interface.
    var isLinkLocal: Bool {
        if case .v6(let address) = self { address.isLinkLocal } else { false }
    }

    /// Whether the address never leaves the host.
    var isLoopback: Bool {
        switch self {
        case .v4(let address): address.isLoopback
        case .v6(let address): address.high == 0 && address.low == 1
        }
    }
}
