internal import L2TPModel
internal import L2TPWire

extension Planning {
    /// Plans a configured tunnel with its sessions.
    mutating func plan(_ tunnel: TunnelConfiguration) {
        let specification = tunnel.specification
        let entry = Ownership.OwnedTunnel(name: tunnel.name, specifications: [specification])
        guard let index = tunnelIndex(specification.id) else {
            ownership.tunnels[specification.id] = entry
            createdTunnels.append(tunnel)
            change(.create, tunnel, steps: [.createTunnel(specification)])
            for session in tunnel.sessions { create(session, in: tunnel) }
            return
        }
        let present = current.tunnels[index]
        let isOwned = owned.owns(present)
        let attributes = AttributeChange.differences(of: present, from: specification)
        tunnelFates[index] = .stays
        guard isOwned || adopts else {
            guard attributes.isEmpty else {
                return refuse(
                    tunnel,
                    "tunnel \(present.id) exists and was not created by l2tp-apply; it differs in "
                        + attributes.map(\.key).joined(separator: ", "),
                    remedy: "--adopt takes it over and changes it")
            }
            unchangedCount += 1
            return planSessions(of: tunnel, tunnelGoes: false)
        }
        if !isOwned, let reason = present.reasonAgainstAdoption {
            return refuse(tunnel, "tunnel \(present.id) cannot be taken over: \(reason)")
        }
        ownership.tunnels[present.id] = entry
        if !attributes.isEmpty {
            recreate(tunnel, at: index, attributes)
        } else if isOwned {
            unchangedCount += 1
        } else {
            change(.adopt, tunnel)
        }
        planSessions(of: tunnel, tunnelGoes: !attributes.isEmpty)
    }

    /// Notes what stands in the way of a tunnel; its sessions are not looked at.
    private mutating func refuse(_ tunnel: TunnelConfiguration, _ message: String, remedy: String? = nil) {
        note(tunnel.path, message, remedy: remedy)
        for session in tunnel.sessions {
            if let index = sessionIndex(session.specification.key) { sessionFates[index] = .stays }
        }
    }

    /// Plans the sessions of a tunnel that exists.
    private mutating func planSessions(of tunnel: TunnelConfiguration, tunnelGoes: Bool) {
        for session in tunnel.sessions {
            if let index = sessionIndex(session.specification.key) {
                plan(session, in: tunnel, at: index, tunnelGoes: tunnelGoes)
            } else {
                create(session, in: tunnel)
            }
        }
    }

    private mutating func recreate(_ tunnel: TunnelConfiguration, at index: Int, _ attributes: [AttributeChange]) {
        let present = current.tunnels[index]
        tunnelFates[index] = .goes
        createdTunnels.append(tunnel)
        let snapshot = snapshot(of: present, configured: tunnel.sessions)
        var entry = Ownership.OwnedTunnel(name: tunnel.name, specifications: [snapshot.specification])
        entry.specifications.formUnion([tunnel.specification])
        intended.tunnels[present.id] = entry
        change(
            .recreate, tunnel, attributes,
            steps: [.deleteTunnel(snapshot), .createTunnel(tunnel.specification)])
    }

    /// A tunnel that is to go, with all its sessions.
    ///
    /// - Parameters:
    ///   - tunnel: The tunnel.
    ///   - configured: Its sessions in the configuration, which say what sublayer one has that is taken over.
    /// - Returns: What creates them again.
    mutating func snapshot(of tunnel: Tunnel, configured: [SessionConfiguration]) -> TunnelSnapshot {
        let sublayers = Dictionary(
            configured.lazy.map { ($0.specification.id, $0.specification.l2SpecificSublayer) },
            uniquingKeysWith: { first, _ in first })
        let sessions = (sessionsByTunnel[tunnel.id] ?? []).map { index in
            let session = current.sessions[index]
            return snapshot(of: session, adoptedAs: sublayers[session.id] ?? .default)
        }
        return TunnelSnapshot(
            specification: owned.specification(of: tunnel) ?? TunnelSpecification(tunnel), sessions: sessions)
    }

    private mutating func change(
        _ action: Change.Action, _ tunnel: TunnelConfiguration, _ attributes: [AttributeChange] = [], steps: [Step] = []
    ) {
        changes.append(
            Change(
                action, .tunnel(tunnel.specification.id), name: tunnel.name, path: tunnel.path, attributes: attributes,
                steps: steps))
    }
}

extension Tunnel {
    /// Why the tunnel cannot be taken over; nil if it can.
    fileprivate var reasonAgainstAdoption: String? {
        if protocolVersion != .v3 { return "it is an \(protocolVersion) tunnel, which needs a control connection" }
        if local == nil || peer == nil { return "its socket is closed" }
        if encapsulation.kind == nil { return "its encapsulation is not known here" }
        return nil
    }
}
