public import L2TPModel
public import L2TPWire
internal import Netlink
internal import SystemPackage

extension L2TPClient where Transport: ~Copyable {
    /// Creates a session and, unless it carries PPP, a network interface.
    ///
    /// The kernel command is `L2TP_CMD_SESSION_CREATE`. Existence is checked first, because Linux 6.11 and
    /// later accept the same identifier twice in one UDP tunnel. An L2TPv2 tunnel carries PPP only. Throws
    /// ``L2TPError`` with reason
    /// `invalid` (nothing was sent), `notFound` (the tunnel), `exists` (the identifier or the interface
    /// name), `notPermitted`, `notSupported` or `other`.
    public mutating func createSession(_ session: SessionSpecification) throws(L2TPError) {
        if let error = session.invalidity { throw error }
        let found = try look(for: .create, session.object) { (client) throws(L2TPError) in
            (tunnel: try client.tunnel(session.tunnelID), session: try client.session(session.id, in: session.tunnelID))
        }
        if let error = session.obstacle(tunnel: found.tunnel, existing: found.session) { throw error }
        let version = found.tunnel?.protocolVersion ?? .v3
        do {
            try perform(.sessionCreate) { (writer) throws(NetlinkError) in try writer.append(session, in: version) }
        } catch {
            throw diagnose(error, creating: session)
        }
    }

    /// The session of that identifier in that tunnel; nil if there is none.
    ///
    /// The kernel command is `L2TP_CMD_SESSION_GET`. Throws ``L2TPError`` with reason `notPermitted` or `other`.
    public mutating func session(_ id: SessionID, in tunnelID: TunnelID) throws(L2TPError) -> Session? {
        try locateSession(id, in: tunnelID)?.session
    }

    /// The session whose interface had that name when it was created; nil if there is none.
    ///
    /// The kernel command is `L2TP_CMD_SESSION_GET` with `L2TP_ATTR_IFNAME`. Throws ``L2TPError`` with
    /// reason `notPermitted` or `other`.
    public mutating func session(interface name: String) throws(L2TPError) -> Session? {
        // The kernel refuses what cannot be a name with EINVAL; nothing can have it.
        guard (1...15).contains(name.utf8.count), !name.utf8.contains(0) else { return nil }
        do {
            return try get(.sessionGet) { (writer) throws(NetlinkError) in
                try writer.append(.interfaceName, text: name)
            } decode: { (message) throws(NetlinkError) in
                try Session(message)
            }
        } catch {
            throw L2TPError(.read, .interface(name), error)
        }
    }

    /// All sessions of the network namespace, by ascending tunnel and session identifier.
    ///
    /// The kernel command is a dump of `L2TP_CMD_SESSION_GET`. Throws ``L2TPError`` with reason
    /// `notPermitted` or `other`.
    public mutating func sessions() throws(L2TPError) -> [Session] {
        var collection = ListedMembers<Session>()
        do {
            try list(.sessionGet) {
                collection.removeAll()
            } member: { (message) throws(NetlinkError) in
                collection.append(try Session(message))
            }
        } catch {
            throw L2TPError(.read, .sessions, error)
        }
        return collection.members
    }

    /// All sessions of one tunnel, by ascending identifier; empty if there is no such tunnel.
    ///
    /// The kernel knows no such filter: it reports all sessions, of which these are kept. Throws
    /// ``L2TPError`` with reason `notPermitted` or `other`.
    public mutating func sessions(in tunnelID: TunnelID) throws(L2TPError) -> [Session] {
        try sessions().filter { $0.tunnelID == tunnelID }
    }

    /// Deletes a session and waits until it and its interface are gone.
    ///
    /// The kernel command is `L2TP_CMD_SESSION_DELETE`. Linux 6.11 and later look sessions up by session
    /// identifier alone and would delete another tunnel's: the session is verified immediately before, and
    /// left alone with reason `ambiguous` if the kernel cannot be made to find it. An interface that was renamed
    /// or moved may be there for a moment longer.
    ///
    /// - Parameters:
    ///   - id: The session's identifier.
    ///   - tunnelID: The identifier of its tunnel.
    ///   - limit: How long to wait at most; nil allows ten seconds, zero does not wait at all.
    ///   - progress: Called now and then while waiting.
    /// - Throws: ``L2TPError`` with reason `notFound`, `ambiguous`, `notPermitted` or `other`; with reason
    ///   `timedOut` or `unconfirmed` if the kernel has accepted the deletion.
    public mutating func deleteSession(
        _ id: SessionID,
        in tunnelID: TunnelID,
        waitingAtMost limit: Duration? = nil,
        progress: (DeletionProgress) -> Void = { _ in }
    ) throws(L2TPError) {
        let key = SessionKey(id, in: tunnelID)
        let found = try look(for: .delete, key.object) { (client) throws(L2TPError) in
            (tunnel: try client.tunnel(tunnelID), session: try client.locateSession(id, in: tunnelID))
        }
        let absence = key.absence(tunnelExists: found.tunnel != nil)
        guard let session = found.session?.session else { throw absence }
        var wait = DeletionWait(object: key.object, limit: limit, sessionCount: 1)
        let links = try links(of: [session], for: wait)
        // Immediately before the deletion, for it may reach another tunnel's session if this one has gone.
        let verified = try look(for: .delete, key.object) { (client) throws(L2TPError) in
            try client.locateSession(id, in: tunnelID)
        }
        guard let verified else { throw absence }
        guard let selector = verified.selector else { throw key.ambiguity }
        do {
            try perform(.sessionDelete) { (writer) throws(NetlinkError) in try writer.append(selector) }
        } catch {
            throw L2TPError(.delete, key.object, error)
        }
        wait.begin()
        try finishDeletion(&wait, of: links, progress) { (client) throws(L2TPError) in
            // A second session of the same identifiers may come to light: it has another interface.
            guard let rest = try client.session(id, in: tunnelID) else { return false }
            return rest.interfaceName == session.interfaceName
        }
    }

    /// A session, and what makes the kernel find just this one.
    mutating func locateSession(_ id: SessionID, in tunnelID: TunnelID) throws(L2TPError) -> LocatedSession? {
        let identifiers = SessionSelector.identifiers(id, in: tunnelID)
        do {
            let found = try get(.sessionGet) { (writer) throws(NetlinkError) in
                try writer.append(identifiers)
            } decode: { (message) throws(NetlinkError) in
                try Session(message)
            }
            guard let found else { return nil }
            if found.tunnelID == tunnelID, found.id == id {
                return LocatedSession(session: found, selector: identifiers)
            }
        } catch {
            throw L2TPError(.read, .session(id, in: tunnelID), error)
        }
        // Another tunnel's session stands in front of this one.
        guard let session = try sessions(in: tunnelID).first(where: { $0.id == id }) else { return nil }
        guard let name = session.interfaceName, let named = try self.session(interface: name),
            named.tunnelID == tunnelID, named.id == id
        else { return LocatedSession(session: session, selector: nil) }
        return LocatedSession(session: session, selector: .interface(name))
    }
}
