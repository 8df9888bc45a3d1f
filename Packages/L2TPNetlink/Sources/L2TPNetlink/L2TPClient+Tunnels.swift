public import L2TPModel
public import L2TPWire
internal import Netlink
internal import SystemPackage

extension L2TPClient where Transport: ~Copyable {
    /// Creates a tunnel.
    ///
    /// The kernel command is `L2TP_CMD_TUNNEL_CREATE`. Throws ``L2TPError`` with reason `invalid` (nothing
    /// was sent), `exists`, `addressNotLocal`, `addressTentative`, `portTaken`, `noRoute`,
    /// `notPermitted`, `notSupported` or `other`.
    public mutating func createTunnel(_ tunnel: TunnelSpecification) throws(L2TPError) {
        if let error = tunnel.invalidity { throw error }
        let existing = try look(for: .create, tunnel.object) { (client) throws(L2TPError) in
            try client.tunnel(tunnel.id)
        }
        if let error = tunnel.obstacle(existing: existing) { throw error }
        do {
            try perform(.tunnelCreate) { (writer) throws(NetlinkError) in try writer.append(tunnel) }
        } catch {
            throw diagnose(error, creating: tunnel)
        }
    }

    /// The tunnel of that identifier; nil if there is none.
    ///
    /// The kernel command is `L2TP_CMD_TUNNEL_GET`. Throws ``L2TPError`` with reason `notPermitted` or `other`.
    public mutating func tunnel(_ id: TunnelID) throws(L2TPError) -> Tunnel? {
        do {
            return try get(.tunnelGet) { (writer) throws(NetlinkError) in
                try writer.append(.tunnelID, number: id.rawValue)
            } decode: { (message) throws(NetlinkError) in
                try Tunnel(message)
            }
        } catch {
            throw L2TPError(.read, .tunnel(id), error)
        }
    }

    /// All tunnels of the network namespace, by ascending identifier.
    ///
    /// The kernel command is a dump of `L2TP_CMD_TUNNEL_GET`. Throws ``L2TPError`` with reason
    /// `notPermitted` or `other`.
    public mutating func tunnels() throws(L2TPError) -> [Tunnel] {
        var collection = ListedMembers<Tunnel>()
        do {
            try list(.tunnelGet) {
                collection.removeAll()
            } member: { (message) throws(NetlinkError) in
                collection.append(try Tunnel(message))
            }
        } catch {
            throw L2TPError(.read, .tunnels, error)
        }
        return collection.members
    }

    /// Deletes a tunnel with all its sessions and waits until they and their interfaces are gone.
    ///
    /// The kernel command is `L2TP_CMD_TUNNEL_DELETE`; the kernel only queues the work, so that without
    /// the wait the identifiers and interface names would stay taken for a while. Interfaces are known by
    /// their names at creation. Sessions whose interfaces are not found by these, because they were renamed or moved, and
    /// sessions of PPP are deleted before the tunnel, for their end could not be seen afterwards; such an interface may
    /// be there for a moment longer.
    ///
    /// - Parameters:
    ///   - id: The tunnel's identifier.
    ///   - limit: How long to wait at most; nil allows ten seconds and a fifth of a second for each session,
    ///     zero does not wait at all.
    ///   - progress: Called now and then while waiting.
    /// - Throws: ``L2TPError`` with reason `notFound`, `notPermitted` or `other`; with reason `timedOut` or
    ///   `unconfirmed` if the kernel has accepted the deletion.
    public mutating func deleteTunnel(
        _ id: TunnelID,
        waitingAtMost limit: Duration? = nil,
        progress: (DeletionProgress) -> Void = { _ in }
    ) throws(L2TPError) {
        let object = L2TPError.Object.tunnel(id)
        let all = try look(for: .delete, object) { (client) throws(L2TPError) in
            try client.tunnel(id) == nil ? nil : try client.sessions()
        }
        guard let all else { throw id.absence }
        let sessions = all.filter { $0.tunnelID == id }
        var wait = DeletionWait(object: object, limit: limit, sessionCount: sessions.count)
        let links = try links(of: sessions, for: wait)
        wait.begin()
        let unended = deleteUnseen(
            unseen(sessions, among: all, links: links), &wait, remainingInterfaces: links.count, progress)
        do {
            try perform(.tunnelDelete) { (writer) throws(NetlinkError) in
                try writer.append(.tunnelID, number: id.rawValue)
            }
        } catch {
            throw L2TPError(.delete, object, error)
        }
        try finishDeletion(&wait, of: links, progress) { (client) throws(L2TPError) in try client.tunnel(id) != nil }
        if let unended { throw unended.error }
    }
}

extension Tunnel {
    /// `from 192.0.2.1 to 192.0.2.2`, for messages.
    var route: String {
        guard let local, let peer else { return "without a socket" }
        return "from \(local) to \(peer)"
    }
}
