internal import Glibc
internal import L2TPModel
internal import LinkControl
internal import Netlink

/// What the kernel goes on with after it has answered: the removal of sessions and their interfaces.
extension L2TPClient where Transport: ~Copyable {
    /// Up to this many interfaces the kernel is asked for the session of each; for more, for all sessions.
    private static var singleLookups: Int { 4 }

    /// The links that have the names which the sessions report.
    ///
    /// Each is asked for by itself: the kernel interrupts a list of all links whenever any link of the
    /// namespace comes or goes.
    mutating func links(of sessions: [Session], for wait: DeletionWait) throws(L2TPError) -> [Link] {
        guard !wait.isForbidden else { return [] }
        let names = Set(sessions.compactMap(\.interfaceName))
        guard !names.isEmpty else { return [] }
        do {
            return try withLinks { (client) throws(NetlinkError) in
                // A session's interface is of no kind; one that is has inherited a name by renaming.
                try client.links(named: Array(names)).compactMap { $0?.kind == nil ? $0 : nil }
            }
        } catch {
            throw L2TPError(.delete, wait.object, error)
        }
    }

    /// Waits until an object that the kernel has agreed to delete is gone, and the links with it.
    mutating func finishDeletion(
        _ wait: inout DeletionWait,
        of links: [Link],
        _ progress: (DeletionProgress) -> Void,
        whilePresent isPresent: (inout Self) throws(L2TPError) -> Bool
    ) throws(L2TPError) {
        guard !wait.isForbidden else { return }
        var links = links
        do {
            while try isPresent(&self) {
                try wait.pause(isPresent: true, remainingInterfaces: links.count, progress)
            }
            while true {
                links = try remaining(of: links)
                if links.isEmpty { return }
                try wait.pause(isPresent: false, remainingInterfaces: links.count, progress)
            }
        } catch  where error.reason != .timedOut {
            throw .unconfirmed(wait.object, error)
        }
    }

    /// Those of the links that are still there and not another session's: after a renaming two sessions may
    /// report the same name.
    private mutating func remaining(of links: [Link]) throws(L2TPError) -> [Link] {
        var present: [Link] = []
        do {
            present = try withLinks { (client) throws(NetlinkError) in
                zip(links, try client.links(indices: links.map(\.index))).compactMap { $1 == nil ? nil : $0 }
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

extension L2TPError {
    /// The end of a deletion cannot be seen, for another error.
    static func unconfirmed(_ object: Object, _ cause: Self) -> Self {
        Self(
            .delete, object, .unconfirmed, errno: cause.errno,
            "the kernel accepted the deletion, but whether it is done cannot be seen: \(cause.explanation)")
    }
}
