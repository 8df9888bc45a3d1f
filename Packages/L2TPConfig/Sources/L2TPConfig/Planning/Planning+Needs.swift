internal import L2TPModel
internal import L2TPWire

/// What the plan needs and may not have because somebody else does.
extension Planning {
    /// Notes what stands in the way of what the plan creates and moves, when all has been planned.
    mutating func checkNeeds() {
        if !createdTunnels.isEmpty { checkPorts() }
        if !createdSessions.isEmpty { checkSessionIDs() }
        if !createdSessions.isEmpty || !moves.isEmpty { checkNames() }
    }

    /// A UDP port belongs to one socket for each local address.
    private mutating func checkPorts() {
        var taken: [UInt16: [Tunnel]] = [:]
        for (index, tunnel) in current.tunnels.enumerated() where tunnelFates[index] == .unknown {
            if let udp = tunnel.encapsulation.udp { taken[udp.sourcePort, default: []].append(tunnel) }
        }
        for tunnel in createdTunnels {
            guard let udp = tunnel.specification.encapsulation.udp else { continue }
            let local = tunnel.specification.local
            for other in taken[udp.sourcePort] ?? [] {
                guard let address = other.local, address.version == local.version,
                    address == local || address.isAny || local.isAny
                else { continue }
                note(
                    tunnel.path.appending("udp_sport"),
                    "port \(udp.sourcePort) of \(local) belongs to tunnel \(other.id), which was not created by "
                        + "l2tp-apply",
                    remedy: "choose another udp_sport, or delete that tunnel")
            }
        }
    }

    /// Linux keeps the session ids of a network namespace apart only where both tunnels are over UDP.
    private mutating func checkSessionIDs() {
        var taken: [SessionID: [Tunnel]] = [:]
        for (index, session) in current.sessions.enumerated() where sessionFates[index] == .unknown {
            guard let tunnel = tunnelIndex(session.tunnelID).map({ current.tunnels[$0] }) else { continue }
            if tunnel.protocolVersion == .v3 { taken[session.id, default: []].append(tunnel) }
        }
        guard !taken.isEmpty else { return }
        for creation in createdSessions {
            let isUDP = creation.tunnel.specification.encapsulation.kind == .udp
            for other in taken[creation.session.specification.id] ?? []
            where !isUDP || other.encapsulation.kind != .udp {
                note(
                    creation.tunnel.path(of: creation.session).appending("session_id"),
                    "session \(creation.session.specification.id) exists in tunnel \(other.id) and was not created by "
                        + "l2tp-apply; two tunnels can have the same session id only if both are over UDP",
                    remedy: "choose another session_id, or delete that session")
            }
        }
    }

    /// An interface is created where its tunnel is, and has to find its name free there and wherever it is moved to.
    private mutating func checkNames() {
        var free: [String?: Set<String>] = [:]
        for (index, session) in current.sessions.enumerated() where sessionFates[index] == .goes {
            if let state = current.interfaces[session.key] {
                free[state.namespace, default: []].insert(state.link.name)
            }
        }
        var created: [String: SessionKey] = [:]
        for creation in createdSessions {
            guard let name = creation.session.specification.interfaceName, !name.isPattern else { continue }
            let path = creation.tunnel.path(of: creation.session).appending("interface", "name")
            checkName(name.text, in: nil, free[nil] ?? [], path)
            if let namespace = creation.session.interface.namespace {
                checkName(name.text, in: namespace, free[namespace] ?? [], path)
            }
            if let other = created.updateValue(creation.session.specification.key, forKey: name.text) {
                note(
                    path,
                    "\(name) is also the name for \(other): both interfaces are created where their tunnels are",
                    remedy: "choose another name")
            }
        }
        for move in moves {
            let namespace: String? =
                switch move.to {
                case .named(let name): name
                case .tunnels: nil
                }
            checkName(move.name, in: namespace, free[namespace] ?? [], move.path)
        }
    }

    private mutating func checkName(
        _ name: String, in namespace: String?, _ free: Set<String>, _ path: ConfigurationPath
    ) {
        guard !free.contains(name), let link = links[name, in: namespace] else { return }
        let place = namespace.map { " in network namespace \($0)" } ?? ""
        note(
            path, "\(name) is the name of another link\(place)\(link.kind.map { ", of kind \($0)" } ?? "")",
            remedy: "choose another name, or rename that link")
    }

    /// Notes what is wrong with what a session's interface is to be given to and moved to. Something that does not
    /// exist yet can come: it is waited for. A network namespace is made before.
    mutating func checkSurroundings(_ session: SessionConfiguration, in tunnel: TunnelConfiguration) {
        let interface = session.interface
        if let namespace = interface.namespace, let known = current.namespaces[namespace], known == nil {
            note(
                tunnel.path(of: session).appending("interface", "netns"),
                "network namespace \(namespace) does not exist", remedy: "ip netns add \(namespace)")
        }
        guard let master = interface.master, let link = links[master.name.text, in: interface.namespace] else { return }
        let key =
            switch master {
            case .bridge: "bridge"
            case .vrf: "vrf"
            }
        guard link.kind != key else { return }
        note(
            tunnel.path(of: session).appending("interface", key),
            "\(link.name) is no \(key == "vrf" ? "VRF" : key)\(link.kind.map { ", but of kind \($0)" } ?? "")")
    }
}
