public import L2TPModel
public import L2TPWire
internal import LinkControl
internal import Netlink

extension L2TPClient where Transport: ~Copyable {
    /// How many sessions are verified, and then deleted, at a time: few enough that the kernel finds the
    /// session that was verified.
    private static var verifiedAtOnce: Int { 64 }

    /// Deletes many sessions, as ``deleteSession(_:in:waitingAtMost:progress:)`` deletes one, with many requests under
    /// way at a time, and waits for all of them together.
    ///
    /// - Parameters:
    ///   - keys: Their identifiers.
    ///   - limit: How long to wait at most for all; nil allows ten seconds and a fifth of a second for each, zero does
    ///     not wait at all.
    ///   - progress: Called now and then while waiting, with the object `sessions`.
    /// - Returns: For each, in their order, why it was not deleted, as the single call would throw it; nil if it
    ///   was. With reason `timedOut` or `unconfirmed` the kernel may have accepted the deletion.
    public mutating func deleteSessions(
        _ keys: [SessionKey],
        waitingAtMost limit: Duration? = nil,
        progress: (DeletionProgress) -> Void = { _ in }
    ) -> [L2TPError?] {
        let objects = keys.map(\.object)
        var list = ObjectList(keys, errors: keys.map { _ in nil }) { keys[$0].absence(tunnelExists: true) }
        let tunnels = tunnelsByID(keys.map(\.tunnelID))
        list.refuse(.delete, list.pending.map { tunnels[keys[$0].tunnelID] ?? .success(nil) }, objects: objects) {
            index, tunnel in
            tunnel == nil ? keys[index].absence(tunnelExists: false) : nil
        }
        var sessions: [Int: Session] = [:]
        list.refuse(.delete, locateSessions(list.pending.map { keys[$0] }), objects: objects) { index, found in
            sessions[index] = found?.session
            return found == nil ? keys[index].absence(tunnelExists: true) : nil
        }
        var wait = DeletionWait(object: .sessions, limit: limit, sessionCount: list.pending.count)
        let links: [Link]
        do throws(L2TPError) {
            links = try self.links(of: list.pending.compactMap { sessions[$0] }, for: wait)
        } catch {
            for index in list.pending { list.errors[index] = error.concerning(objects[index]) }
            return list.errors
        }
        wait.begin()
        deleteVerified(keys, &list, wait, remainingInterfaces: { $0 }, progress)
        wait.begin()
        var present = list.pending + list.lost
        do throws(L2TPError) {
            try finishDeletion(&wait, of: links, progress) { (client) throws(L2TPError) in
                let found = try client.sessions(present.map { keys[$0] })
                // A second session of the same identifiers may come to light: it has another interface.
                present = zip(present, found).compactMap { index, session in
                    session != nil && session?.interfaceName == sessions[index]?.interfaceName ? index : nil
                }
                return !present.isEmpty
            }
            // Those of which the answer was lost are gone, too.
            if !wait.isForbidden { for index in list.lost { list.errors[index] = nil } }
        } catch {
            let names = namesPresent(of: links)
            for index in list.pending + list.lost {
                let hasInterface = names.map { $0.contains(sessions[index]?.interfaceName ?? "") } ?? true
                list.errors[index] = present.contains(index) || hasInterface ? error.concerning(objects[index]) : nil
            }
        }
        return list.errors
    }

    /// Deletes the pending sessions of a list, each immediately after it was verified to be found, and reports how far
    /// this is, with `remainingInterfaces` of the number of sessions left.
    mutating func deleteVerified(
        _ keys: [SessionKey], _ list: inout ObjectList, _ wait: DeletionWait, remainingInterfaces: (Int) -> Int,
        _ progress: (DeletionProgress) -> Void
    ) {
        let pending = list.pending
        for start in stride(from: 0, to: pending.count, by: Self.verifiedAtOnce) {
            let chunk = Array(pending[start..<min(start + Self.verifiedAtOnce, pending.count)])
            // Before Linux 6.11 the kernel answers when a session is gone, after some 30 ms.
            if start > 0, !wait.isForbidden {
                wait.report(remainingInterfaces: remainingInterfaces(pending.count - start), progress)
            }
            deleteVerified(chunk, keys, &list)
        }
    }

    /// Deletes sessions of the list, by place.
    private mutating func deleteVerified(_ places: [Int], _ keys: [SessionKey], _ list: inout ObjectList) {
        var selectors: [(index: Int, selector: SessionSelector)] = []
        for (index, result) in zip(places, locateSessions(places.map { keys[$0] })) {
            switch result {
            case .success(let found?):
                if let selector = found.selector {
                    selectors.append((index, selector))
                } else {
                    list.errors[index] = keys[index].ambiguity
                }
            case .success(nil): list.errors[index] = keys[index].absence(tunnelExists: true)
            case .failure(let error): list.errors[index] = error.concerning(keys[index].object)
            }
        }
        let outcomes = performAll(.sessionDelete, count: selectors.count) { (index, writer) throws(NetlinkError) in
            try writer.append(selectors[index].selector)
        }
        for ((index, _), outcome) in zip(selectors, outcomes) {
            list.note(outcome, .delete, keys[index].object, at: index)
        }
    }

    /// Deletes many tunnels with all their sessions, as ``deleteTunnel(_:waitingAtMost:progress:)`` deletes one, with many
    /// requests under way at a time, and waits for all of them together. The kernel works at several tunnels at once.
    ///
    /// - Parameters:
    ///   - ids: Their identifiers.
    ///   - limit: How long to wait at most for all; nil allows ten seconds and a fifth of a second for each session,
    ///     zero does not wait at all.
    ///   - progress: Called now and then while waiting, with the object `tunnels`.
    /// - Returns: For each, in their order, why it was not deleted, as the single call would throw it; nil if it
    ///   was. With reason `timedOut` or `unconfirmed` the kernel may have accepted the deletion.
    public mutating func deleteTunnels(
        _ ids: [TunnelID],
        waitingAtMost limit: Duration? = nil,
        progress: (DeletionProgress) -> Void = { _ in }
    ) -> [L2TPError?] {
        let objects = ids.map { L2TPError.Object.tunnel($0) }
        var list = ObjectList(ids, errors: ids.map { _ in nil }) { ids[$0].absence }
        list.refuse(.delete, readTunnels(list.pending.map { ids[$0] }), objects: objects) { index, tunnel in
            tunnel == nil ? ids[index].absence : nil
        }
        let pending = list.pending
        guard !pending.isEmpty else { return list.errors }
        var sessions: [TunnelID: [Session]] = [:]
        var wait: DeletionWait
        let links: [Link]
        let unseen: [Session]
        do throws(L2TPError) {
            let meant = Set(pending.map { ids[$0] })
            let all = try self.sessions()
            let members = all.filter { meant.contains($0.tunnelID) }
            sessions = Dictionary(grouping: members, by: \.tunnelID)
            wait = DeletionWait(object: .tunnels, limit: limit, sessionCount: members.count)
            links = try self.links(of: members, for: wait)
            unseen = self.unseen(members, among: all, links: links)
        } catch {
            for index in pending { list.errors[index] = error.concerning(objects[index]) }
            return list.errors
        }
        wait.begin()
        let unended = deleteUnseen(unseen, &wait, remainingInterfaces: links.count, progress)
        let outcomes = performAll(.tunnelDelete, count: pending.count) { (index, writer) throws(NetlinkError) in
            try writer.append(.tunnelID, number: ids[pending[index]].rawValue)
        }
        for (index, outcome) in zip(pending, outcomes) { list.note(outcome, .delete, objects[index], at: index) }
        var present = list.pending + list.lost
        do throws(L2TPError) {
            try finishDeletion(&wait, of: links, progress) { (client) throws(L2TPError) in
                let found = try client.tunnels(present.map { ids[$0] })
                present = zip(present, found).compactMap { index, tunnel in tunnel == nil ? nil : index }
                return !present.isEmpty
            }
            if !wait.isForbidden { for index in list.lost { list.errors[index] = nil } }
        } catch {
            let names = namesPresent(of: links)
            for index in list.pending + list.lost {
                let members = sessions[ids[index]] ?? []
                let hasInterface =
                    names.map { names in members.contains { names.contains($0.interfaceName ?? "") } } ?? true
                list.errors[index] = present.contains(index) || hasInterface ? error.concerning(objects[index]) : nil
            }
        }
        if let unended {
            for index in list.pending where unended.tunnelIDs.contains(ids[index]) {
                list.errors[index] = unended.error.concerning(objects[index])
            }
        }
        return list.errors
    }

    /// The names of those of the links that are still there; nil if that cannot be seen.
    private mutating func namesPresent(of links: [Link]) -> Set<String>? {
        try? withLinks { (client) throws(NetlinkError) in
            Set(try client.links(indices: links.map(\.index)).compactMap { $0?.name })
        }
    }
}

extension L2TPError {
    /// The same error, of deleting another object.
    fileprivate func concerning(_ object: Object) -> Self {
        var error = self
        error.operation = .delete
        error.object = object
        return error
    }
}
