public import L2TPModel
public import L2TPWire
internal import Netlink

extension L2TPClient where Transport: ~Copyable {
    /// The tunnels of those identifiers, in their order, nil where there is none.
    ///
    /// The kernel command is `L2TP_CMD_TUNNEL_GET` for each, many under way at a time. Throws ``L2TPError`` with
    /// reason `notPermitted` or `other`.
    public mutating func tunnels(_ ids: [TunnelID]) throws(L2TPError) -> [Tunnel?] {
        var tunnels: [Tunnel?] = []
        for result in readTunnels(ids) { tunnels.append(try result.get()) }
        return tunnels
    }

    /// The sessions of those keys, in their order, nil where there is none.
    ///
    /// The kernel command is `L2TP_CMD_SESSION_GET` for each, many under way at a time. Throws ``L2TPError`` with
    /// reason `notPermitted` or `other`.
    public mutating func sessions(_ keys: [SessionKey]) throws(L2TPError) -> [Session?] {
        var sessions: [Session?] = []
        for result in locateSessions(keys) { sessions.append(try result.get()?.session) }
        return sessions
    }

    /// The sessions of those keys, in their order, nil where there is none, for those who read the same sessions
    /// again and again.
    ///
    /// What ``sessions(_:)`` does, or with one list of all sessions: the first two calls measure both, the following
    /// do what took less time, and now and then both are measured again. Before Linux 6.12 the time of a list grows
    /// with the square of the sessions of a tunnel.
    /// Throws ``L2TPError`` with reason `notPermitted` or `other`.
    public mutating func sessions(refreshing keys: [SessionKey]) throws(L2TPError) -> [Session?] {
        let way = readingChoice.way(forCount: keys.count)
        let start = ContinuousClock.now
        let found: [Session?]
        switch way {
        case .each:
            found = try sessions(keys)
        case .list:
            let listed = Dictionary(try sessions().map { ($0.key, $0) }) { first, _ in first }
            found = keys.map { listed[$0] }
        }
        readingChoice.note(way, count: keys.count, time: ContinuousClock.now - start)
        return found
    }

    /// Tunnels by identifier, each with its own error.
    mutating func readTunnels(_ ids: [TunnelID]) -> [Result<Tunnel?, L2TPError>] {
        let results = getAll(.tunnelGet, count: ids.count) { (index, writer) throws(NetlinkError) in
            try writer.append(.tunnelID, number: ids[index].rawValue)
        } decode: { (message) throws(NetlinkError) in
            try Tunnel(message)
        }
        return zip(ids, results).map { id, result in result.mapError { L2TPError(.read, .tunnel(id), $0) } }
    }

    /// Sessions and what makes the kernel find just them, each with its own error.
    mutating func locateSessions(_ keys: [SessionKey]) -> [Result<LocatedSession?, L2TPError>] {
        let found = getAll(.sessionGet, count: keys.count) { (index, writer) throws(NetlinkError) in
            try writer.append(.identifiers(keys[index].id, in: keys[index].tunnelID))
        } decode: { (message) throws(NetlinkError) in
            try Session(message)
        }
        var hidden: [Int] = []
        var results: [Result<LocatedSession?, L2TPError>] = []
        results.reserveCapacity(keys.count)
        for (index, key) in keys.enumerated() {
            switch found[index] {
            case .success(let session?):
                if session.key != key { hidden.append(index) }
                let selector = SessionSelector.identifiers(key.id, in: key.tunnelID)
                results.append(.success(LocatedSession(session: session, selector: selector)))
            case .success(nil):
                results.append(.success(nil))
            case .failure(let error):
                results.append(.failure(L2TPError(.read, key.object, error)))
            }
        }
        if !hidden.isEmpty {
            for (index, result) in zip(hidden, locateHidden(hidden.map { keys[$0] })) { results[index] = result }
        }
        return results
    }

    /// Sessions in front of which another tunnel's stand: they are among all sessions if there are any, and
    /// the kernel may find them by their interfaces' names.
    private mutating func locateHidden(_ keys: [SessionKey]) -> [Result<LocatedSession?, L2TPError>] {
        let all: [SessionKey: Session]
        do throws(L2TPError) {
            all = Dictionary(try sessions().map { ($0.key, $0) }) { first, _ in first }
        } catch {
            return keys.map { key in
                var error = error
                error.object = key.object
                return .failure(error)
            }
        }
        let sessions = keys.map { all[$0] }
        let names = sessions.map { $0?.interfaceName ?? "" }
        let asked = names.indices.filter { (1...15).contains(names[$0].utf8.count) }
        let named = getAll(.sessionGet, count: asked.count) { (index, writer) throws(NetlinkError) in
            try writer.append(.interfaceName, text: names[asked[index]])
        } decode: { (message) throws(NetlinkError) in
            try Session(message)
        }
        var results = sessions.map { session -> Result<LocatedSession?, L2TPError> in
            .success(session.map { LocatedSession(session: $0, selector: nil) })
        }
        for (index, result) in zip(asked, named) {
            switch result {
            case .success(let session?) where session.key == keys[index]:
                results[index] = .success(LocatedSession(session: session, selector: .interface(names[index])))
            case .success: break
            case .failure(let error): results[index] = .failure(L2TPError(.read, .interface(names[index]), error))
            }
        }
        return results
    }
}
