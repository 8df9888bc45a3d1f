internal import L2TPModel
internal import L2TPWire
internal import LinkControl
internal import Netlink

/// Which link is a session's interface: remembered by number from when it was first found by name, for the kernel
/// goes on reporting the name that it was created with when it has been renamed.
struct SessionInterfaces {
    /// Sessions as far as it depends on them which links are theirs, and what was found.
    private struct Finding {
        var generation: Int
        var keys: [SessionKey]
        var names: [String?]
        var links: [Link?]

        func holds(for sessions: [Session], _ generation: Int) -> Bool {
            generation == self.generation && sessions.count == keys.count
                && sessions.indices.allSatisfy { index in
                    sessions[index].id == keys[index].id && sessions[index].tunnelID == keys[index].tunnelID
                        && sessions[index].interfaceName == names[index]
                }
        }
    }

    /// A session, and the name that the kernel reports of its interface, which stays: two sessions of the same identifiers
    /// differ in it.
    private struct Reported: Hashable {
        var key: SessionKey
        var name: String?

        init(_ session: Session) {
            (key, name) = (session.key, session.interfaceName)
        }
    }

    private var indices: [Reported: UInt32] = [:]
    /// Another object when ``links(of:among:)`` has found something else than the time before.
    private(set) var revision = InterfaceRevision()
    /// What was found the last time; nil if links are followed anew since.
    private var last: Finding?

    /// The links are followed anew, so that their generation tells nothing.
    mutating func forgetGeneration() {
        last = nil
    }

    /// The links of sessions, in their order; nil where there is none or where it is not known.
    ///
    /// A link that was renamed before it was first seen cannot be told, nor one that has been moved to another
    /// namespace. Where several sessions report the same name, of interfaces renamed one after the other, none of
    /// them gets the link that has the name now, and where they have the same identifiers besides, only the first can
    /// keep the one that it had. When a link goes, what was remembered goes: another session may have the same
    /// identifiers.
    mutating func links<Transport: NetlinkTransport & ~Copyable>(
        of sessions: [Session], among links: borrowing FollowedLinks<Transport>
    ) -> [Link?] {
        if let last, last.holds(for: sessions, links.generation) { return last.links }
        let found = find(sessions, among: links)
        revision = InterfaceRevision()
        last = Finding(
            generation: links.generation, keys: sessions.map(\.key), names: sessions.map(\.interfaceName),
            links: found)
        return found
    }

    private mutating func find<Transport: NetlinkTransport & ~Copyable>(
        _ sessions: [Session], among links: borrowing FollowedLinks<Transport>
    ) -> [Link?] {
        var result = [Link?](repeating: nil, count: sessions.count)
        var unknown: [Int] = []
        var found: Set<UInt32> = []
        for (index, session) in sessions.enumerated() {
            if let known = indices[Reported(session)], let link = links.link(index: known) {
                if found.insert(known).inserted { result[index] = link }
            } else if let name = session.interfaceName, !name.isEmpty {
                unknown.append(index)
            }
        }
        if found.count != indices.count { forgetOthers(than: sessions, result) }
        guard !unknown.isEmpty else { return result }
        let taken = Set(indices.values)
        var counts: [String: Int] = [:]
        for index in unknown { counts[sessions[index].interfaceName ?? "", default: 0] += 1 }
        for index in unknown {
            guard let name = sessions[index].interfaceName, counts[name] == 1, let link = links.link(named: name),
                // The interface of a session has no kind.
                link.kind == nil, !link.isLoopback, !taken.contains(link.index)
            else { continue }
            indices[Reported(sessions[index])] = link.index
            result[index] = link
        }
        return result
    }

    private mutating func forgetOthers(than sessions: [Session], _ links: [Link?]) {
        indices = [:]
        for (session, link) in zip(sessions, links) {
            if let link { indices[Reported(session)] = link.index }
        }
    }
}
