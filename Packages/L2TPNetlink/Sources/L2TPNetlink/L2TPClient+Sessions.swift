public import L2TPModel
public import L2TPWire
internal import Netlink
internal import SystemPackage

extension L2TPClient where Transport: ~Copyable {
    /// Creates a session and, unless it carries PPP, a network interface.
    ///
    /// The kernel command is `L2TP_CMD_SESSION_CREATE`. Existence is checked first, because Linux 6.11 and
    /// later accept the same identifier twice in one UDP tunnel. An L2TPv2 tunnel carries PPP only. Throws ``L2TPError`` with reason
    /// `invalid` (nothing was sent), `notFound` (the tunnel), `exists` (the identifier or the interface
    /// name), `notPermitted`, `notSupported` or `other`.
    public mutating func createSession(_ session: SessionSpecification) throws(L2TPError) {
        let object = L2TPError.Object.session(session.id, in: session.tunnelID)
        let violations = session.violations()
        guard violations.isEmpty else { throw L2TPError(.create, object, violations: violations) }
        let found = try look(for: .create, object) { (client) throws(L2TPError) in
            (tunnel: try client.tunnel(session.tunnelID), session: try client.session(session.id, in: session.tunnelID))
        }
        guard let tunnel = found.tunnel else {
            throw L2TPError(
                .create, object, .notFound, errno: .operationNotSupportedByDevice,
                "there is no tunnel \(session.tunnelID)", remedy: "create the tunnel first")
        }
        let version = tunnel.protocolVersion
        guard version == .v3 || (version == .v2 && session.pseudowireType == .ppp) else {
            let limit = version == .v2 ? "which carries PPP only" : "a version that L2TP does not have"
            throw L2TPError(
                .create, object, .notSupported, errno: .protocolNotSupported,
                "tunnel \(tunnel.id) is an \(version) tunnel, \(limit)")
        }
        let misfits = session.violations(in: version)
        guard misfits.isEmpty else { throw L2TPError(.create, object, violations: misfits) }
        if let existing = found.session {
            let interface = existing.interfaceName.map { " with interface \($0)" } ?? ""
            throw L2TPError(
                .create, object, .exists, errno: .fileExists,
                "the session id is taken by a session\(interface)")
        }
        do {
            try perform(.sessionCreate) { (writer) throws(NetlinkError) in try writer.append(session, in: version) }
        } catch {
            throw diagnose(error, creating: session, in: tunnel)
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
        do {
            return try list(.sessionGet) { (message) throws(NetlinkError) in try Session(message) }
                .sorted { ($0.tunnelID, $0.id) < ($1.tunnelID, $1.id) }
                .withoutRepeats()
        } catch {
            throw L2TPError(.read, .sessions, error)
        }
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
    /// or moved is not waited for.
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
        let object = L2TPError.Object.session(id, in: tunnelID)
        let found = try look(for: .delete, object) { (client) throws(L2TPError) in
            (tunnel: try client.tunnel(tunnelID), session: try client.locateSession(id, in: tunnelID))
        }
        let missing = found.tunnel == nil ? "there is no tunnel \(tunnelID)" : "there is no such session"
        let absence = L2TPError(.delete, object, .notFound, errno: .operationNotSupportedByDevice, missing)
        guard let session = found.session?.session else { throw absence }
        var wait = DeletionWait(object: object, limit: limit, sessionCount: 1)
        let links = try links(of: [session], for: wait)
        // Immediately before the deletion, for it may reach another tunnel's session if this one has gone.
        let verified = try look(for: .delete, object) { (client) throws(L2TPError) in
            try client.locateSession(id, in: tunnelID)
        }
        guard let verified else { throw absence }
        guard let selector = verified.selector else {
            throw L2TPError(
                .delete, object, .ambiguous,
                "the kernel finds another tunnel's session \(id) instead, and would delete that one",
                remedy: "delete the whole tunnel \(tunnelID), or the other session first")
        }
        do {
            try perform(.sessionDelete) { (writer) throws(NetlinkError) in try writer.append(selector) }
        } catch {
            throw L2TPError(.delete, object, error)
        }
        wait.begin()
        try finishDeletion(&wait, of: links, progress) { (client) throws(L2TPError) in
            // A second session of the same identifiers may come to light: it has another interface.
            guard let rest = try client.session(id, in: tunnelID) else { return false }
            return rest.interfaceName == session.interfaceName
        }
    }

    /// Deletes the session whose interface had that name when it was created, and waits until it and its interface
    /// are gone.
    ///
    /// The kernel command is `L2TP_CMD_SESSION_DELETE` with `L2TP_ATTR_IFNAME`. After a renaming two sessions may
    /// report the same name, of which the kernel would take either: both are then left alone.
    ///
    /// - Parameters:
    ///   - name: The name the interface had when the session was created.
    ///   - limit: How long to wait at most; nil allows ten seconds, zero does not wait at all.
    ///   - progress: Called now and then while waiting.
    /// - Throws: ``L2TPError`` as ``deleteSession(_:in:waitingAtMost:progress:)`` does, with reason `ambiguous` if
    ///   several sessions report the name.
    public mutating func deleteSession(
        interface name: String,
        waitingAtMost limit: Duration? = nil,
        progress: (DeletionProgress) -> Void = { _ in }
    ) throws(L2TPError) {
        let object = L2TPError.Object.interface(name)
        let absence = L2TPError(
            .delete, object, .notFound, errno: .operationNotSupportedByDevice, "no session reports that interface")
        let found = try look(for: .delete, object) { (client) throws(L2TPError) in
            try client.session(interface: name)
        }
        guard let session = found else { throw absence }
        let others = try look(for: .delete, object) { (client) throws(L2TPError) in
            try client.sessions().filter { $0.interfaceName == name && !$0.hasIdentifiers(of: session) }
        }
        if let other = others.first {
            throw L2TPError(
                .delete, object, .ambiguous,
                "session \(session.id) in tunnel \(session.tunnelID) and session \(other.id) in tunnel "
                    + "\(other.tunnelID) both report that interface",
                remedy: "delete by session id and tunnel id")
        }
        var wait = DeletionWait(object: object, limit: limit, sessionCount: 1)
        let links = try links(of: [session], for: wait)
        // Immediately before the deletion, for the name may be another session's by now.
        let verified = try look(for: .delete, object) { (client) throws(L2TPError) in
            try client.session(interface: name)
        }
        guard let verified, verified.hasIdentifiers(of: session) else { throw absence }
        do {
            try perform(.sessionDelete) { (writer) throws(NetlinkError) in
                try writer.append(SessionSelector.interface(name))
            }
        } catch {
            throw L2TPError(.delete, object, error)
        }
        wait.begin()
        try finishDeletion(&wait, of: links, progress) { (client) throws(L2TPError) in
            try client.session(interface: name)?.hasIdentifiers(of: session) == true
        }
    }

    /// A session, and what makes the kernel find just this one; the selector is nil if nothing does.
    mutating func locateSession(
        _ id: SessionID, in tunnelID: TunnelID
    ) throws(L2TPError) -> (session: Session, selector: SessionSelector?)? {
        let identifiers = SessionSelector.identifiers(id, in: tunnelID)
        do {
            let found = try get(.sessionGet) { (writer) throws(NetlinkError) in
                try writer.append(identifiers)
            } decode: { (message) throws(NetlinkError) in
                try Session(message)
            }
            guard let found else { return nil }
            if found.tunnelID == tunnelID, found.id == id { return (found, identifiers) }
        } catch {
            throw L2TPError(.read, .session(id, in: tunnelID), error)
        }
        // Another tunnel's session stands in front of this one.
        guard let session = try sessions(in: tunnelID).first(where: { $0.id == id }) else { return nil }
        guard let name = session.interfaceName, let named = try self.session(interface: name),
            named.tunnelID == tunnelID, named.id == id
        else { return (session, nil) }
        return (session, .interface(name))
    }
}

extension Session {
    /// Whether another session has the same identifiers.
    fileprivate func hasIdentifiers(of other: Self) -> Bool { tunnelID == other.tunnelID && id == other.id }
}

/// What makes the kernel find a session.
enum SessionSelector {
    case identifiers(SessionID, in: TunnelID)
    case interface(String)
}

extension NetlinkMessageWriter {
    /// Appends what selects a session.
    mutating func append(_ selector: SessionSelector) throws(NetlinkError) {
        switch selector {
        case .identifiers(let id, let tunnelID):
            try append(.tunnelID, number: tunnelID.rawValue)
            try append(.sessionID, number: id.rawValue)
        case .interface(let name):
            try append(.interfaceName, text: name)
        }
    }
}
