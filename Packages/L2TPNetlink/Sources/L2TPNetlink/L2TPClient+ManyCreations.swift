public import L2TPModel
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension L2TPClient where Transport: ~Copyable {
    /// Creates many tunnels, as ``createTunnel(_:)`` creates one, with many requests under way at a time.
    ///
    /// All are checked before anything is sent, and whether they exist before the first is created. Those that
    /// cannot be created do not keep the others from it.
    ///
    /// - Returns: For each, in their order, why it was not created, as the single call would throw it; nil if it
    ///   was. With reason `unconfirmed` the kernel's answer is lost, and it may have been.
    public mutating func createTunnels(_ tunnels: [TunnelSpecification]) -> [L2TPError?] {
        var list = ObjectList(tunnels.map(\.id), errors: tunnels.map(\.invalidity)) { tunnels[$0].repetition }
        let existing = readTunnels(list.pending.map { tunnels[$0].id })
        list.refuse(.create, existing, objects: tunnels.map(\.object)) { index, tunnel in
            tunnels[index].obstacle(existing: tunnel)
        }
        let pending = list.pending
        let outcomes = performAll(.tunnelCreate, count: pending.count) { (index, writer) throws(NetlinkError) in
            try writer.append(tunnels[pending[index]])
        }
        for (index, outcome) in zip(pending, outcomes) {
            if case .failed(let error) = outcome {
                list.errors[index] = diagnose(error, creating: tunnels[index])
            } else {
                list.note(outcome, .create, tunnels[index].object, at: index)
            }
        }
        let lost = list.lost
        for (index, found) in zip(lost, readTunnels(lost.map { tunnels[$0].id })) {
            switch found {
            case .success(let tunnel?) where tunnel.peerID == tunnels[index].peerID: list.errors[index] = nil
            case .success:
                list.errors[index] = failure { (client) throws(L2TPError) in
                    try client.createTunnel(tunnels[index])
                }
            case .failure: break
            }
        }
        return list.errors
    }

    /// Creates many sessions, as ``createSession(_:)`` creates one, with many requests under way at a time.
    ///
    /// All are checked before anything is sent, and whether they and their tunnels exist before the first is
    /// created. Those that cannot be created do not keep the others from it.
    ///
    /// - Returns: For each, in their order, why it was not created, as the single call would throw it; nil if it
    ///   was. With reason `unconfirmed` the kernel's answer is lost, and it may have been.
    public mutating func createSessions(_ sessions: [SessionSpecification]) -> [L2TPError?] {
        var list = ObjectList(sessions.map(\.key), errors: sessions.map(\.invalidity)) { sessions[$0].repetition }
        let tunnels = tunnelsByID(list.pending.map { sessions[$0].tunnelID })
        list.refuse(
            .create, list.pending.map { tunnels[sessions[$0].tunnelID] ?? .success(nil) },
            objects: sessions.map(\.object)
        ) { index, tunnel in
            sessions[index].obstacle(tunnel: tunnel, existing: nil)
        }
        let versions = tunnels.compactMapValues { try? $0.get()?.protocolVersion }
        let existing = locateSessions(list.pending.map { sessions[$0].key })
        list.refuse(.create, existing, objects: sessions.map(\.object)) { index, found in
            found.map { sessions[index].occupation(by: $0.session) }
        }
        let pending = list.pending
        let outcomes = performAll(.sessionCreate, count: pending.count) { (index, writer) throws(NetlinkError) in
            let session = sessions[pending[index]]
            try writer.append(session, in: versions[session.tunnelID] ?? .v3)
        }
        for (index, outcome) in zip(pending, outcomes) {
            if case .failed(let error) = outcome {
                list.errors[index] = diagnose(error, creating: sessions[index])
            } else {
                list.note(outcome, .create, sessions[index].object, at: index)
            }
        }
        let lost = list.lost
        for (index, found) in zip(lost, locateSessions(lost.map { sessions[$0].key })) {
            switch found {
            case .success(let found?) where found.session.peerID == sessions[index].peerID: list.errors[index] = nil
            case .success:
                list.errors[index] = failure { (client) throws(L2TPError) in
                    try client.createSession(sessions[index])
                }
            case .failure: break
            }
        }
        return list.errors
    }

    /// Each of the tunnels once.
    mutating func tunnelsByID(_ ids: [TunnelID]) -> [TunnelID: Result<Tunnel?, L2TPError>] {
        let ids = Array(Set(ids))
        return Dictionary(zip(ids, readTunnels(ids))) { first, _ in first }
    }

    /// What `body` throws; nil if nothing.
    private mutating func failure(_ body: (inout Self) throws(L2TPError) -> Void) -> L2TPError? {
        do throws(L2TPError) {
            try body(&self)
            return nil
        } catch {
            return error
        }
    }
}
