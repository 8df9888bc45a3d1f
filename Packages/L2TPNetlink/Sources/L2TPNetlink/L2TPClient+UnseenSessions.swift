internal import L2TPModel
internal import L2TPWire
internal import LinkControl

/// Sessions whose end cannot be seen once their tunnel is gone.
///
/// Since Linux 6.11 sessions end after their tunnel, each by itself, and keep their identifiers until then. No request
/// shows them: the kernel finds sessions through their tunnel. What shows their end is that of their interfaces, if these
/// can be found: one that was renamed or moved to another network namespace cannot, and PPP has none.
extension L2TPClient where Transport: ~Copyable {
    /// Those sessions of tunnels that none of the links, found by the names that sessions report, is certain to belong to.
    ///
    /// - Parameters:
    ///   - members: The sessions of the tunnels.
    ///   - all: All sessions of the namespace: after a renaming several may report the same name.
    ///   - links: The links.
    /// - Returns: Those of the members, in their order.
    func unseen(_ members: [Session], among all: [Session], links: [Link]) -> [Session] {
        let found = Set(links.map(\.name))
        var reported: Set<String> = []
        var repeated: Set<String> = []
        for case let name? in all.lazy.map(\.interfaceName) where !reported.insert(name).inserted {
            repeated.insert(name)
        }
        return members.filter { session in
            guard let name = session.interfaceName else { return true }
            return !found.contains(name) || repeated.contains(name)
        }
    }

    /// Deletes sessions of tunnels that are deleted next, and waits until they are gone.
    ///
    /// Nothing that fails here is in the way of the tunnels' deletion, with which the sessions go all the same.
    ///
    /// - Returns: Why the end of some was not seen, and their tunnels; nil if it was seen of all. Of a session that the
    ///   kernel refused to delete nothing is known.
    mutating func deleteUnseen(
        _ sessions: [Session], _ wait: inout DeletionWait, remainingInterfaces: Int,
        _ progress: (DeletionProgress) -> Void
    ) -> (error: L2TPError, tunnelIDs: Set<TunnelID>)? {
        guard !wait.isForbidden, !sessions.isEmpty else { return nil }
        let keys = sessions.map(\.key)
        var list = ObjectList(keys, errors: keys.map { _ in nil }) { keys[$0].absence(tunnelExists: true) }
        deleteVerified(keys, &list, wait, remainingInterfaces: { _ in remainingInterfaces }, progress)
        var present = list.pending + list.lost
        do throws(L2TPError) {
            while true {
                let found = try self.sessions(present.map { keys[$0] })
                present = zip(present, found).compactMap { index, session in
                    session != nil && session?.interfaceName == sessions[index].interfaceName ? index : nil
                }
                if present.isEmpty { return nil }
                try wait.pause(isPresent: true, remainingInterfaces: remainingInterfaces, progress)
            }
        } catch {
            let error = error.reason == .timedOut ? error : .unconfirmed(wait.object, error)
            return (error, Set(present.map { keys[$0].tunnelID }))
        }
    }
}
