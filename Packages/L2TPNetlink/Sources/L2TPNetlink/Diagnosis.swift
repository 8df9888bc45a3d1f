internal import L2TPModel
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

/// What the kernel's refusal of a creation means, found by looking at tunnels, sessions, addresses,
/// routes and modules. A look that fails itself takes nothing away: the error is then reported as it came.
extension L2TPClient where Transport: ~Copyable {
    /// The error of a tunnel that the kernel refused to create.
    mutating func diagnose(_ error: NetlinkError, creating tunnel: TunnelSpecification) -> L2TPError {
        let object = L2TPError.Object.tunnel(tunnel.id)
        func refusal(_ reason: L2TPError.Reason, _ explanation: String, remedy: String? = nil) -> L2TPError {
            L2TPError(.create, object, reason, errno: error.errno, explanation, remedy: remedy)
        }
        guard error.operation == .request else { return L2TPError(.create, object, error) }
        switch error.errno {
        case .fileExists:  // EEXIST
            return refusal(
                .exists, "the tunnel id is taken", remedy: "if it was just deleted, the kernel may still be removing it"
            )
        case .addressNotAvailable:  // EADDRNOTAVAIL
            let finding = LocalAddressFinding(of: tunnel.local, towards: tunnel.peer, among: placedAddresses())
            return refusal(finding.reason, finding.explanation, remedy: finding.remedy)
        case .addressInUse:  // EADDRINUSE
            return diagnoseTakenPort(tunnel, errno: error.errno)
        case .permissionDenied, .networkUnreachable, .noRouteToHost:  // EACCES, ENETUNREACH, EHOSTUNREACH
            return diagnoseRoute(tunnel, errno: error.errno)
        case .protocolNotSupported, .addressFamilyNotSupported:  // EPROTONOSUPPORT, EAFNOSUPPORT
            let module = tunnel.peer.version == .v4 ? "l2tp_ip" : "l2tp_ip6"
            guard tunnel.encapsulation.kind == .ip else { break }
            let (explanation, remedy) = KernelModule(module).absence
            return refusal(.notSupported, "encapsulation ip: \(explanation)", remedy: remedy)
        case .invalidArgument:  // EINVAL
            return diagnoseInvalidArgument(tunnel, errno: error.errno)
        default:
            break
        }
        return L2TPError(.create, object, error)
    }

    /// The error of a tunnel that is valid by itself, but whose addresses the kernel does not connect.
    private mutating func diagnoseInvalidArgument(_ tunnel: TunnelSpecification, errno: Errno) -> L2TPError {
        let object = L2TPError.Object.tunnel(tunnel.id)
        if case .v6(let peer) = tunnel.peer, peer.isLinkLocal || peer.isMulticast {
            let kind = peer.isMulticast ? "multicast group" : "link-local address"
            return L2TPError(
                .create, object, .invalid, errno: errno,
                "\(peer) is a \(kind), which needs an interface that netlink cannot name",
                remedy: "use global or unique local addresses")
        }
        if case .v6(let local) = tunnel.local, local.isLinkLocal {
            return L2TPError(
                .create, object, .invalid, errno: errno,
                "\(local) is a link-local address, which needs an interface that netlink cannot name",
                remedy: "use global or unique local addresses")
        }
        if case .v4(let local) = tunnel.local, local.isLoopback {
            return L2TPError(
                .create, object, .invalid, errno: errno,
                "\(local) is a loopback address, from which \(tunnel.peer) cannot be reached")
        }
        return diagnoseRoute(tunnel, errno: errno)
    }

    /// The error of a tunnel to whose peer the kernel does not connect.
    private mutating func diagnoseRoute(_ tunnel: TunnelSpecification, errno: Errno) -> L2TPError {
        let source = tunnel.local.isAny ? nil : tunnel.local
        let lookup = try? withLinks { (client) throws(NetlinkError) in
            try? client.route(to: tunnel.peer, from: source)
        }
        let finding = RouteFinding(
            from: tunnel.local, to: tunnel.peer, refusedWith: errno, lookup ?? nil, among: placedAddresses())
        return L2TPError(
            .create, .tunnel(tunnel.id), .noRoute, errno: errno, finding.explanation, remedy: finding.remedy)
    }

    /// The error of a tunnel whose local port, or whose identifier over IP, is taken.
    private mutating func diagnoseTakenPort(_ tunnel: TunnelSpecification, errno: Errno) -> L2TPError {
        let object = L2TPError.Object.tunnel(tunnel.id)
        guard let udp = tunnel.encapsulation.udp else {
            return L2TPError(
                .create, object, .portTaken, errno: errno,
                "tunnel id \(tunnel.id) on \(tunnel.local) is taken by a socket of another program")
        }
        let port = "UDP port \(udp.sourcePort) on \(tunnel.local)"
        let holder = (try? tunnels())?.first { other in
            guard let local = other.local, let theirs = other.encapsulation.udp else { return false }
            return theirs.sourcePort == udp.sourcePort && (local == tunnel.local || local.isAny || tunnel.local.isAny)
        }
        guard let holder else {
            return L2TPError(
                .create, object, .portTaken, errno: errno, "\(port) is taken by another program",
                remedy: "to see which: ss -aunp sport = :\(udp.sourcePort)")
        }
        return L2TPError(
            .create, object, .portTaken, errno: errno, "\(port) is taken by tunnel \(holder.id)",
            remedy: "every unmanaged UDP tunnel needs a local port of its own")
    }

    /// The error of a session that the kernel refused to create.
    mutating func diagnose(_ error: NetlinkError, creating session: SessionSpecification) -> L2TPError {
        let object = L2TPError.Object.session(session.id, in: session.tunnelID)
        func refusal(_ reason: L2TPError.Reason, _ explanation: String, remedy: String? = nil) -> L2TPError {
            L2TPError(.create, object, reason, errno: error.errno, explanation, remedy: remedy)
        }
        guard error.operation == .request else { return L2TPError(.create, object, error) }
        switch error.errno {
        case .fileExists:  // EEXIST
            awaitRemovalOfBegun(session)
            if let name = session.interfaceName, let holder = holder(ofInterfaceName: name.text) {
                return refusal(.exists, "interface name \(name) is taken by \(holder)")
            }
            if let other = (try? sessions())?.first(where: { $0.id == session.id }) {
                return refusal(
                    .exists, "the session id is taken by a session of tunnel \(other.tunnelID)",
                    remedy: "tunnels share their session ids unless both use UDP")
            }
            return refusal(
                .exists, "the session id or interface name is taken",
                remedy: "if it was just deleted, the kernel may still be removing it")
        case .operationNotSupportedByDevice:  // ENODEV
            return refusal(.notFound, "tunnel \(session.tunnelID) is being deleted")
        case .protocolNotSupported:  // EPROTONOSUPPORT
            let (explanation, remedy) = KernelModule(session.pseudowireType == .ppp ? "l2tp_ppp" : "l2tp_eth").absence
            return refusal(.notSupported, "pseudowire type \(session.pseudowireType): \(explanation)", remedy: remedy)
        default:
            return L2TPError(.create, object, error)
        }
    }
}

extension L2TPClient where Transport: ~Copyable {
    /// What has an interface's name: `session 7 in tunnel 3000`, or `an interface of kind veth`; nil if nothing has it.
    private mutating func holder(ofInterfaceName name: String) -> String? {
        let link = try? withLinks { (client) throws(NetlinkError) in try client.link(named: name) }
        guard let link = link ?? nil else { return nil }
        // A session's interface is of no kind; another without one may have inherited its name by renaming.
        if let kind = link.kind { return "an interface of kind \(kind)" }
        let owner = try? sessions().first { $0.interfaceName == name }
        guard let owner = owner ?? nil else { return "another interface" }
        return "session \(owner.id) in tunnel \(owner.tunnelID)"
    }

    /// All addresses with their interfaces; nil if they cannot be read.
    private mutating func placedAddresses() -> [PlacedAddress]? {
        try? withLinks { (client) throws(NetlinkError) in
            let links = Dictionary(try client.links().map { ($0.index, $0) }) { first, _ in first }
            return try client.addresses().compactMap { address in
                links[address.linkIndex].map { PlacedAddress(address: address, link: $0) }
            }
        }
    }
}
