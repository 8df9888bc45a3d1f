internal import L2TPModel
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension L2TPClient where Transport: ~Copyable {
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
}

extension Session {
    /// Whether another session has the same identifiers.
    fileprivate func hasIdentifiers(of other: Self) -> Bool { key == other.key }
}
