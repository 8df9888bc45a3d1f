import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink

/// Carries requests out, all of them through one client, which is opened for the first.
struct Executor<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    /// What came of a request.
    struct Answer {
        /// What is to be printed.
        var text = ""
        /// Sessions that are to be printed after that; nil if none were asked for.
        var sessions: [Session]?
        /// What somebody who finds nothing in the text should know.
        var hint: String?
    }

    /// Why no further request can succeed: the kernel's L2TP cannot be reached at all; nil if it can.
    private(set) var uselessness: Status?
    private let connector: NetlinkConnector<Transport>
    private var client: L2TPClient<Transport>?

    init(_ connector: NetlinkConnector<Transport>) {
        self.connector = connector
    }

    /// Carries a request out.
    mutating func perform(
        _ request: Request, format: any OutputFormat, progress: (DeletionProgress) -> Void
    ) throws(Failure) -> Answer {
        switch request {
        case .add(let tunnel, let session):
            try add(tunnel, session)
        case .deleteTunnel(let id):
            try run(.refused) { (client) throws(L2TPError) in try client.deleteTunnel(id, progress: progress) }
        case .deleteSession(let id, let tunnelID):
            guard let tunnelID else {
                throw Failure("cannot delete session \(id): tunnel_id is missing: the tunnel it is in", .refused)
                    .with(remedy: place(of: id))
            }
            try delete(id, in: tunnelID, progress)
        case .deleteInterface(let name, let tunnelID):
            try delete(sessionOf: name.text, in: tunnelID, progress)
        case .modify(let filter, let modification):
            return try modify(filter, modification)
        case .show(let kind, let filter):
            return try list(kind, filter, format).answer
        case .lookup(let kind, let filter):
            let (answer, count) = try list(kind, filter, format)
            if count == 0 {
                throw Failure("no \(kind.rawValue) has \(filter.description)", .refused).with(remedy: answer.hint)
            }
            return answer
        }
        return Answer()
    }

    /// Calls `body` with the client; its errors end the program with `status`.
    mutating func run<Value>(
        _ status: Status, _ body: (inout L2TPClient<Transport>) throws(L2TPError) -> Value
    ) throws(Failure) -> Value {
        var open: L2TPClient<Transport>
        if let opened = client.take() {
            open = opened
        } else {
            open = try openClient()
        }
        do throws(L2TPError) {
            let value = try body(&open)
            client = consume open
            return value
        } catch {
            client = consume open
            throw Failure(error.description, status)
        }
    }

    private mutating func openClient() throws(Failure) -> L2TPClient<Transport> {
        do {
            return try L2TPClient(connector)
        } catch {
            // Only entering a namespace can be forbidden here.
            let isNamespace = error.reason == .namespace || error.reason == .notPermitted
            let status = isNamespace ? Status.usage : .failure
            uselessness = status
            throw Failure(error.description, status)
        }
    }

    // MARK: - Add

    /// Adds a tunnel, a session or both, of which nothing is left if the second fails.
    private mutating func add(_ tunnel: TunnelSpecification?, _ session: SessionSpecification?) throws(Failure) {
        var problems: [Problem] = []
        if let tunnel {
            let object = L2TPError.Object.tunnel(tunnel.id)
            problems += tunnel.violations().map { Problem("cannot create \(object): \($0)", .refused) }
        }
        if let session {
            let object = L2TPError.Object.session(session.id, in: session.tunnelID)
            problems += session.violations().map { Problem("cannot create \(object): \($0)", .refused) }
        }
        if !problems.isEmpty { throw Failure(problems) }
        if let tunnel {
            try run(.refused) { (client) throws(L2TPError) in try client.createTunnel(tunnel) }
        }
        guard let session else { return }
        do {
            try run(.refused) { (client) throws(L2TPError) in try client.createSession(session) }
        } catch {
            guard let tunnel else { throw error }
            throw Failure(error.problems + [undo(tunnel)])
        }
    }

    /// Deletes the tunnel that the same command has made.
    private mutating func undo(_ tunnel: TunnelSpecification) -> Problem {
        do {
            try run(.refused) { (client) throws(L2TPError) in try client.deleteTunnel(tunnel.id) }
            return Problem("tunnel \(tunnel.id), made by the same command, was deleted again", .refused)
        } catch {
            let reason = error.problems[0].message
            return Problem("tunnel \(tunnel.id), made by the same command, is still there: \(reason)", .refused)
        }
    }

    // MARK: - Delete

    private mutating func delete(
        _ id: SessionID, in tunnelID: TunnelID, _ progress: (DeletionProgress) -> Void
    ) throws(Failure) {
        var isMissing = false
        do {
            try run(.refused) { (client) throws(L2TPError) in
                do throws(L2TPError) {
                    try client.deleteSession(id, in: tunnelID, progress: progress)
                } catch {
                    isMissing = error.reason == .notFound
                    throw error
                }
            }
        } catch {
            throw error.with(remedy: isMissing ? place(of: id) : nil)
        }
    }

    /// Deletes the session that reports an interface's name, in a tunnel if one is given.
    private mutating func delete(
        sessionOf name: String, in tunnelID: TunnelID?, _ progress: (DeletionProgress) -> Void
    ) throws(Failure) {
        if let tunnelID {
            let found = try only(Filter(tunnelID: tunnelID, interfaceName: name), for: "delete")
            try delete(found.id, in: found.tunnelID, progress)
            return
        }
        var isMissing = false
        do throws(Failure) {
            try run(.refused) { (client) throws(L2TPError) in
                do throws(L2TPError) {
                    try client.deleteSession(interface: name, progress: progress)
                } catch {
                    isMissing = error.reason == .notFound
                    throw error
                }
            }
        } catch {
            throw error.with(remedy: isMissing ? renaming(name) : nil)
        }
    }

    // MARK: - Modify

    private mutating func modify(_ filter: Filter, _ modification: SessionModification) throws(Failure) -> Answer {
        let id: SessionID
        let tunnelID: TunnelID
        if filter.interfaceName == nil, let session = filter.sessionID, let tunnel = filter.tunnelID {
            (id, tunnelID) = (session, tunnel)
        } else {
            let found = try only(filter, for: "modify")
            (id, tunnelID) = (found.id, found.tunnelID)
        }
        var isMissing = false
        do throws(Failure) {
            let session = try run(.refused) { (client) throws(L2TPError) in
                do throws(L2TPError) {
                    return try client.modifySession(id, in: tunnelID, modification)
                } catch {
                    isMissing = error.reason == .notFound
                    throw error
                }
            }
            guard modification.sendsSequenceNumbers != nil, !session.lnsMode else { return Answer() }
            return Answer(
                hint: "session \(id) in tunnel \(tunnelID) is not in lns_mode: "
                    + "the kernel switches seq send on and off to follow the peer")
        } catch {
            throw error.with(remedy: isMissing ? place(of: id) : nil)
        }
    }

    /// The only session that a filter with an interface's name selects.
    private mutating func only(_ filter: Filter, for verb: String) throws(Failure) -> Session {
        let found = try run(.refused) { (client) throws(L2TPError) in try client.sessions(filter) }
        guard let session = found.first else {
            let name = filter.interfaceName ?? ""
            throw Failure(
                "cannot \(verb) the session of interface \(name): no session has \(filter.description)", .refused
            )
            .with(remedy: self.session(called: name) ?? renaming(name))
        }
        guard found.count == 1 else {
            let places = found.map { "session \($0.id) in tunnel \($0.tunnelID)" }.joined(separator: " and ")
            throw Failure("cannot \(verb) the session with \(filter.description): there is \(places)", .refused)
                .with(remedy: "name it by tunnel_id and session_id")
        }
        return session
    }

    /// Where a session is, for a command that looks in the wrong place: `session 1000 is in tunnel 3000`.
    private mutating func place(of id: SessionID) -> String? {
        let tunnels = sessions { $0.id == id }.map(\.tunnelID.description)
        if tunnels.isEmpty { return nil }
        return "session \(id) is in tunnel \(tunnels.joined(separator: " and in tunnel "))"
    }

    /// Which session an interface belongs to: `lan is session 1000 in tunnel 3000`.
    private mutating func session(called name: String) -> String? {
        let found = sessions { $0.interfaceName == name }.map { "session \($0.id) in tunnel \($0.tunnelID)" }
        return found.isEmpty ? nil : "\(name) is \(found.joined(separator: " or "))"
    }

    /// The sessions that can be found, to explain something else.
    private mutating func sessions(where isMeant: (Session) -> Bool) -> [Session] {
        let all = try? run(.failure) { (client) throws(L2TPError) in try client.sessions() }
        return (all ?? []).filter(isMeant)
    }

    // MARK: - Show

    private mutating func list(
        _ kind: ObjectKind, _ filter: Filter, _ format: any OutputFormat
    ) throws(Failure) -> (answer: Answer, count: Int) {
        switch kind {
        case .tunnel:
            let found = try run(.failure) { (client) throws(L2TPError) in try client.tunnels(filter) }
            return (Answer(text: format.text(of: found)), found.count)
        case .session:
            let found = try run(.failure) { (client) throws(L2TPError) in try client.sessions(filter) }
            let hint = found.isEmpty ? filter.interfaceName.flatMap { renaming($0) } : nil
            return (Answer(sessions: found, hint: hint), found.count)
        }
    }

    /// What to know where an interface has a name by which no session is found.
    private mutating func renaming(_ name: String) -> String? {
        let sessions = sessions { _ in true }
        guard !sessions.contains(where: { $0.interfaceName == name }) else { return nil }
        var orphans: [String] = []
        do throws(NetlinkError) {
            var links = try LinkClient(connector)
            guard let link = try links.link(named: name) else { return nil }
            if let kind = link.kind { return "\(name) is an interface of kind \(kind), not of a session" }
            for session in sessions {
                guard let old = session.interfaceName, try links.link(named: old) == nil else { continue }
                orphans.append("session \(session.id) in tunnel \(session.tunnelID) was created with \(old)")
            }
        } catch {
            return nil
        }
        let fact =
            "there is an interface \(name), but the kernel knows a session by the name its interface was created with"
        return orphans.isEmpty ? fact : "\(fact); no interface is called so now: \(orphans.joined(separator: ", "))"
    }
}

extension L2TPClient where Transport: ~Copyable {
    /// The tunnels that a filter selects.
    mutating func tunnels(_ filter: Filter) throws(L2TPError) -> [Tunnel] {
        let candidates = if let id = filter.tunnelID { try tunnel(id).map { [$0] } ?? [] } else { try tunnels() }
        return candidates.filter(filter.matches)
    }

    /// The sessions that a filter selects.
    mutating func sessions(_ filter: Filter) throws(L2TPError) -> [Session] {
        let candidates: [Session]
        if let id = filter.sessionID, let tunnelID = filter.tunnelID {
            candidates = try session(id, in: tunnelID).map { [$0] } ?? []
        } else {
            // By an interface's name, too: several sessions may report one, of which the kernel finds one only.
            candidates = try sessions()
        }
        if filter.isEmpty { return candidates }
        let found = candidates.filter(filter.matches)
        guard filter.concernsCarrier, !found.isEmpty else { return found }
        let carriers = Set(try tunnels(filter).map(\.id))
        return found.filter { carriers.contains($0.tunnelID) }
    }
}
