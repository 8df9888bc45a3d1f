import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink

/// Carries requests out, all of them through one client, which is opened for the first.
struct Executor<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    /// Whether the kernel's L2TP cannot be reached at all, so that every further request would fail too.
    private(set) var isUseless = false
    private let connector: NetlinkConnector<Transport>
    private var client: L2TPClient<Transport>?

    init(_ connector: NetlinkConnector<Transport>) {
        self.connector = connector
    }

    /// Carries a request out and returns what is to be printed.
    mutating func perform(
        _ request: Request, format: any OutputFormat, progress: (DeletionProgress) -> Void
    ) throws(Failure) -> String {
        switch request {
        case .add(let tunnel, let session):
            try add(tunnel, session)
            return ""
        case .deleteTunnel(let id):
            try run(.refused) { (client) throws(L2TPError) in try client.deleteTunnel(id, progress: progress) }
            return ""
        case .deleteSession(let id, let tunnelID):
            guard let tunnelID else {
                throw Failure("cannot delete session \(id): tunnel_id is missing: the tunnel it is in", .refused)
            }
            try run(.refused) { (client) throws(L2TPError) in
                try client.deleteSession(id, in: tunnelID, progress: progress)
            }
            return ""
        case .show(let kind, let filter):
            return try list(kind, filter, format).text
        case .lookup(let kind, let filter):
            let (text, count) = try list(kind, filter, format)
            if count == 0 { throw Failure("no \(kind.rawValue) has \(filter.description)", .refused) }
            return text
        }
    }

    /// Calls `body` with the client; its errors end the program with `status`.
    private mutating func run<Value>(
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
            isUseless = true
            // Only entering a namespace can be forbidden here.
            let isNamespace = error.reason == .namespace || error.reason == .notPermitted
            throw Failure(error.description, isNamespace ? .usage : .failure)
        }
    }

    // MARK: - Add

    /// Adds a tunnel, a session or both, of which nothing is left if the second fails.
    private mutating func add(_ tunnel: TunnelSpecification?, _ session: SessionSpecification?) throws(Failure) {
        var problems: [Problem] = []
        for violation in tunnel?.violations() ?? [] {
            problems.append(Problem("cannot create tunnel \(tunnel?.id.description ?? ""): \(violation)", .refused))
        }
        for violation in session?.violations() ?? [] {
            problems.append(Problem("cannot create session \(session?.id.description ?? ""): \(violation)", .refused))
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

    // MARK: - Show

    private mutating func list(
        _ kind: ObjectKind, _ filter: Filter, _ format: any OutputFormat
    ) throws(Failure) -> (text: String, count: Int) {
        switch kind {
        case .tunnel:
            let found = try run(.failure) { (client) throws(L2TPError) in try client.tunnels(filter) }
            return (format.text(of: found), found.count)
        case .session:
            let found = try run(.failure) { (client) throws(L2TPError) in try client.sessions(filter) }
            return (format.text(of: found), found.count)
        }
    }
}

extension L2TPClient where Transport: ~Copyable {
    /// The tunnels that a filter selects.
    fileprivate mutating func tunnels(_ filter: Filter) throws(L2TPError) -> [Tunnel] {
        let candidates = if let id = filter.tunnelID { try tunnel(id).map { [$0] } ?? [] } else { try tunnels() }
        return candidates.filter(filter.matches)
    }

    /// The sessions that a filter selects.
    fileprivate mutating func sessions(_ filter: Filter) throws(L2TPError) -> [Session] {
        let candidates: [Session]
        if let id = filter.sessionID, let tunnelID = filter.tunnelID {
            candidates = try session(id, in: tunnelID).map { [$0] } ?? []
        } else if let name = filter.interfaceName {
            candidates = try session(interface: name).map { [$0] } ?? []
        } else {
            candidates = try sessions()
        }
        let found = candidates.filter(filter.matches)
        guard filter.concernsAddresses, !found.isEmpty else { return found }
        let carriers = Set(try tunnels(Filter(local: filter.local, peer: filter.peer)).map(\.id))
        return found.filter { carriers.contains($0.tunnelID) }
    }
}
