public import L2TPModel
public import L2TPWire
internal import Netlink
internal import SystemPackage

/// Changing what exists.
extension L2TPClient where Transport: ~Copyable {
    /// Changes a session in place and returns it as the kernel reports it afterwards.
    ///
    /// The kernel command is `L2TP_CMD_SESSION_MODIFY`, which knows sequence numbers, LNS mode and reorder timeout
    /// only: it ignores everything else, with success. As for a deletion, the session is verified immediately before,
    /// because Linux 6.11 and later look sessions up by session identifier alone; and it is read afterwards.
    ///
    /// - Throws: ``L2TPError`` with reason `invalid` (nothing was sent), `notFound`, `ambiguous`, `notPermitted` or
    ///   `other`; with reason `unconfirmed` if the kernel has accepted the change but it cannot be seen.
    @discardableResult
    public mutating func modifySession(
        _ id: SessionID, in tunnelID: TunnelID, _ modification: SessionModification
    ) throws(L2TPError) -> Session {
        let object = L2TPError.Object.session(id, in: tunnelID)
        try check(modification, of: object)
        let found = try look(for: .modify, object) { (client) throws(L2TPError) in
            (tunnel: try client.tunnel(tunnelID), session: try client.locateSession(id, in: tunnelID))
        }
        guard let session = found.session else {
            let missing = found.tunnel == nil ? "there is no tunnel \(tunnelID)" : "there is no such session"
            throw L2TPError(.modify, object, .notFound, errno: .operationNotSupportedByDevice, missing)
        }
        guard let selector = session.selector else {
            throw L2TPError(
                .modify, object, .ambiguous,
                "the kernel finds another tunnel's session \(id) instead, and would change that one",
                remedy: "delete the other session first")
        }
        try send(modification, to: selector, object)
        return try confirm(modification, of: object) { (client) throws(L2TPError) in
            try client.session(id, in: tunnelID)
        }
    }

    /// Changes the session in place whose interface had that name when it was created, and returns it as the kernel
    /// reports it afterwards.
    ///
    /// The kernel command is `L2TP_CMD_SESSION_MODIFY` with `L2TP_ATTR_IFNAME`. After a renaming two sessions may
    /// report the same name, of which the kernel would take either: both are then left alone, with reason `ambiguous`.
    ///
    /// - Throws: ``L2TPError`` as ``modifySession(_:in:_:)`` does.
    @discardableResult
    public mutating func modifySession(
        interface name: String, _ modification: SessionModification
    ) throws(L2TPError) -> Session {
        let object = L2TPError.Object.interface(name)
        try check(modification, of: object)
        let found = try look(for: .modify, object) { (client) throws(L2TPError) in
            try client.sessions().filter { $0.interfaceName == name }
        }
        guard let session = found.first else {
            throw L2TPError(
                .modify, object, .notFound, errno: .operationNotSupportedByDevice, "no session reports that interface")
        }
        guard found.count == 1 else {
            let places = found.map { "session \($0.id) in tunnel \($0.tunnelID)" }
            throw L2TPError(
                .modify, object, .ambiguous, "\(places.joined(separator: " and ")) report that interface",
                remedy: "name it by session id and tunnel id")
        }
        // Immediately before the change, for the name may be another session's by now.
        let verified = try look(for: .modify, object) { (client) throws(L2TPError) in
            try client.session(interface: name)
        }
        guard let verified, (verified.tunnelID, verified.id) == (session.tunnelID, session.id) else {
            throw L2TPError(
                .modify, object, .notFound, errno: .operationNotSupportedByDevice,
                "session \(session.id) in tunnel \(session.tunnelID) has just gone")
        }
        try send(modification, to: .interface(name), object)
        return try confirm(modification, of: object) { (client) throws(L2TPError) in
            try client.session(session.id, in: session.tunnelID)
        }
    }

    /// Lets the kernel notify of a tunnel as if it had changed.
    ///
    /// The kernel command is `L2TP_CMD_TUNNEL_MODIFY`. It changes nothing: a tunnel has nothing that can be changed.
    /// Listeners of the multicast group `l2tp` receive the tunnel as it is. Throws ``L2TPError`` with reason
    /// `notFound`, `notPermitted` or `other`.
    public mutating func modifyTunnel(_ id: TunnelID) throws(L2TPError) {
        do {
            try perform(.tunnelModify) { (writer) throws(NetlinkError) in
                try writer.append(.tunnelID, number: id.rawValue)
            }
        } catch {
            throw L2TPError(.modify, .tunnel(id), error)
        }
    }

    private func check(_ modification: SessionModification, of object: L2TPError.Object) throws(L2TPError) {
        let violations = modification.violations()
        guard violations.isEmpty else { throw L2TPError(.modify, object, violations: violations) }
        if modification.isEmpty { throw L2TPError(.modify, object, .invalid, "there is nothing to change") }
    }

    private mutating func send(
        _ modification: SessionModification, to selector: SessionSelector, _ object: L2TPError.Object
    ) throws(L2TPError) {
        do {
            try perform(.sessionModify) { (writer) throws(NetlinkError) in
                try writer.append(selector)
                try writer.append(modification)
            }
        } catch {
            throw L2TPError(.modify, object, error)
        }
    }

    /// Reads the session again: the kernel reports success whatever it did.
    private mutating func confirm(
        _ modification: SessionModification, of object: L2TPError.Object,
        _ read: (inout Self) throws(L2TPError) -> Session?
    ) throws(L2TPError) -> Session {
        func failure(_ explanation: String, errno: Errno? = nil) -> L2TPError {
            L2TPError(
                .modify, object, .unconfirmed, errno: errno, "the kernel accepted the change, but \(explanation)")
        }
        let session: Session?
        do {
            session = try read(&self)
        } catch {
            throw failure("whether it is done cannot be seen: \(error.explanation)", errno: error.errno)
        }
        guard let session else {
            throw failure("the session has gone since", errno: .operationNotSupportedByDevice)
        }
        let unmet = modification.unmet(in: session)
        guard unmet.isEmpty else {
            throw failure("does not report \(unmet.map(\.rawValue).joined(separator: ", ")) as set")
        }
        return session
    }
}
