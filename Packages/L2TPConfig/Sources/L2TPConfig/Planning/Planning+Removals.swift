internal import L2TPModel
internal import L2TPWire

extension Planning {
    /// Plans the deletion of what is owned and not configured, when all that is configured has been planned.
    mutating func planRemovals() {
        var removed: [Change] = []
        for (index, fate) in tunnelFates.enumerated() where fate == .unknown {
            let tunnel = current.tunnels[index]
            guard owned.owns(tunnel), let record = owned.tunnels[tunnel.id] else { continue }
            tunnelFates[index] = .goes
            intended.tunnels[tunnel.id] = record
            removed.append(
                Change(
                    .delete, .tunnel(tunnel.id), name: record.name, path: nil,
                    steps: [.deleteTunnel(snapshot(of: tunnel, configured: []))]))
        }
        for (index, fate) in sessionFates.enumerated() where fate == .unknown {
            let session = current.sessions[index]
            let goesWithTunnel = tunnelIndex(session.tunnelID).map { tunnelFates[$0] == .goes } ?? false
            guard owned.owns(session), let record = owned.sessions[session.key] else {
                if goesWithTunnel { noteForeign(session) }
                continue
            }
            sessionFates[index] = .goes
            intended.sessions[session.key] = record
            removed.append(
                Change(
                    .delete, .session(session.key), name: record.name, path: nil,
                    steps: goesWithTunnel ? [] : [.deleteSession(snapshot(of: session, adoptedAs: .default))]))
        }
        changes += removed.sorted { $0.object.order < $1.object.order }
    }

    /// Notes a session that somebody else has created in a tunnel that is to go.
    private mutating func noteForeign(_ session: Session) {
        note(
            nil,
            "tunnel \(session.tunnelID) would have to be deleted, but its session \(session.id) was not created by "
                + "l2tp-apply and is not configured",
            remedy: "delete the session first, or leave the tunnel as it is")
    }
}

extension Change.Object {
    /// What orders objects by their identifiers, a tunnel before its sessions, of which none has the id 0.
    fileprivate var order: SessionKey {
        switch self {
        case .tunnel(let id): SessionKey(SessionID(0), in: id)
        case .session(let key): key
        }
    }
}
