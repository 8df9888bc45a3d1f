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
        let existing = existingSessions(list.pending.map { sessions[$0].key })
        list.refuse(.create, existing, objects: sessions.map(\.object)) { index, found in
            found.map { sessions[index].occupation(by: $0) }
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

    /// What exists already of many sessions, each with its own error.
    ///
    /// Where there are few sessions yet, a list of them costs less than a question for each that is to be made. How
    /// many there are is not known before: the list is left, with the socket it came over, when it gets long.
    private mutating func existingSessions(_ keys: [SessionKey]) -> [Result<Session?, L2TPError>] {
        guard keys.count >= Self.manyCreations, let listed = shortList(limit: keys.count / 2) else {
            return locateSessions(keys).map { result in result.map { $0?.session } }
        }
        return keys.map { .success(listed[$0]) }
    }

    /// The fewest creations for which a socket of its own pays.
    private static var manyCreations: Int { 64 }

    /// All sessions if they are few; nil if they are not, or cannot be read.
    private func shortList(limit: Int) -> [SessionKey: Session]? {
        var sessions: [SessionKey: Session] = [:]
        do throws(NetlinkError) {
            let exchange = Exchange(over: try connector.open(.generic))
            let isWhole = try exchange.shortDump(family.messageType, limit: limit) { (writer) throws(NetlinkError) in
                try writer.append(genericCommand: L2TPCommand.sessionGet.rawValue, version: family.version)
            } member: { (message) throws(NetlinkError) in
                let session = try Session(message)
                if sessions[session.key] == nil { sessions[session.key] = session }
            }
            return isWhole ? sessions : nil
        } catch {
            // The questions one by one tell what is wrong.
            return nil
        }
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
