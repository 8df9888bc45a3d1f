internal import Glibc
internal import L2TPModel
internal import LinkControl
internal import Netlink

/// What the kernel goes on with after it has answered: the removal of sessions and their interfaces.
extension L2TPClient where Transport: ~Copyable {
    /// Up to this many interfaces the kernel is asked for the session of each; for more, for all sessions.
    private static var singleLookups: Int { 4 }

    /// The links that have the names which the sessions report.
    mutating func links(of sessions: [Session], doomedBy object: L2TPError.Object) throws(L2TPError) -> [Link] {
        let names = Set(sessions.compactMap(\.interfaceName))
        guard let first = names.first else { return [] }
        do {
            return try withLinks { (client) throws(NetlinkError) in
                let links = names.count == 1 ? [try client.link(named: first)].compactMap(\.self) : try client.links()
                // A session's interface is of no kind; one that is has inherited a name by renaming.
                return links.filter { names.contains($0.name) && $0.kind == nil }
            }
        } catch {
            throw L2TPError(.delete, object, error)
        }
    }

    /// Waits until the links are gone.
    mutating func awaitRemoval(
        of links: inout [Link], _ wait: inout DeletionWait, _ progress: (DeletionProgress) -> Void
    ) throws(L2TPError) {
        while true {
            let candidates = links
            links = try look(for: .delete, wait.object) { (client) throws(L2TPError) in
                try client.remaining(of: candidates)
            }
            if links.isEmpty { return }
            try wait.pause(remainingInterfaces: links.count, progress)
        }
    }

    /// Those of the links that are still there and not another session's: after a renaming two sessions may
    /// report the same name.
    private mutating func remaining(of links: [Link]) throws(L2TPError) -> [Link] {
        let present: [Link]
        do {
            present = try withLinks { (client) throws(NetlinkError) in
                guard let first = links.first else { return [] }
                if links.count == 1 { return try client.link(index: first.index) == nil ? [] : links }
                let indexes = Set(try client.links().map(\.index))
                return links.filter { indexes.contains($0.index) }
            }
        } catch {
            throw L2TPError(.delete, .subsystem, error)
        }
        if present.count > Self.singleLookups {
            let names = Set(try sessions().compactMap(\.interfaceName))
            return present.filter { !names.contains($0.name) }
        }
        var remaining: [Link] = []
        for link in present where try session(interface: link.name) == nil { remaining.append(link) }
        return remaining
    }

    /// Waits, for a second at most, until the session is gone that the kernel had begun when it found the
    /// interface name taken. It has no interface.
    mutating func awaitRemovalOfBegun(_ session: SessionSpecification) {
        for _ in 1...200 {
            guard let begun = (try? self.session(session.id, in: session.tunnelID)) ?? nil, begun.interfaceName == nil
            else { return }
            usleep(5000)
        }
    }
}
