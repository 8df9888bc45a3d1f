import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink

/// `flush`.
extension Interpreter where Transport: ~Copyable {
    /// Deletes what arguments select, after asking.
    mutating func flush(_ arguments: Arguments, _ options: CommandOptions, place: String) throws(Failure) -> Status {
        guard case .show(let kind, let filter) = try arguments.request(for: .flush) else { return .usage }
        // To ignore a word would delete more than was meant.
        if let sentence = arguments.whatDoesNotSelect(kind) { throw Failure("flush: \(sentence)", .usage) }
        let victims = try executor.victims(kind, filter)
        if victims.objects.isEmpty {
            try print("no \(kind.rawValue) to delete\n")
            return .success
        }
        if !options.yes { try confirm(victims) }
        let start = ContinuousClock.now
        var line = ProgressLine(console)
        let failures = executor.delete(victims.objects) { done in
            line.show("deleted \(done) of \(victims.count)", elapsed: ContinuousClock.now - start)
        }
        line.clear()
        for problem in failures.flatMap(\.problems) { console.report(problem, at: place) }
        let deleted = victims.objects.count - failures.count
        try print("deleted \(failures.isEmpty ? victims.count : "\(deleted) of \(victims.count)")\n")
        return failures.first?.status ?? .success
    }

    /// Asks whether to go on; throws if not.
    private func confirm(_ victims: Victims) throws(Failure) {
        guard let ask = console.ask else {
            throw Failure(
                "flush: nobody can be asked whether to delete \(victims.description); --yes deletes without asking",
                .usage)
        }
        let answer = ask("delete \(victims.description)? [y/N] ").lowercased()
        guard answer == "y" || answer == "yes" else { throw Failure("nothing was deleted", .failure) }
    }
}

/// What is to be deleted.
struct Victims: Hashable {
    enum Object: Hashable {
        case tunnel(TunnelID)
        case session(SessionID, in: TunnelID)
    }

    var objects: [Object]
    /// How many sessions the tunnels have.
    var sessionCount: Int

    /// So many are named one by one.
    private static let namedCount = 10

    /// `2 tunnels with 5 sessions`.
    var count: String {
        func number(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
        guard case .tunnel? = objects.first else { return number(objects.count, "session") }
        let sessions = sessionCount > 0 ? " with \(number(sessionCount, "session"))" : ""
        return number(objects.count, "tunnel") + sessions
    }

    /// `2 tunnels with 5 sessions: 3000, 3100`; sessions are told as `3000/1000`.
    var description: String {
        let names = objects.prefix(Self.namedCount).map { object in
            switch object {
            case .tunnel(let id): "\(id)"
            case .session(let id, let tunnelID): "\(tunnelID)/\(id)"
            }
        }
        let rest = objects.count - names.count
        return "\(count): \(names.joined(separator: ", "))\(rest > 0 ? " and \(rest) more" : "")"
    }
}

extension Executor where Transport: ~Copyable {
    /// What a filter selects.
    fileprivate mutating func victims(_ kind: ObjectKind, _ filter: Filter) throws(Failure) -> Victims {
        try run(.failure) { (client) throws(L2TPError) in
            switch kind {
            case .tunnel:
                let ids = try client.tunnels(filter).map(\.id)
                let members = Set(ids)
                let count = ids.isEmpty ? 0 : try client.sessions().count { members.contains($0.tunnelID) }
                return Victims(objects: ids.map { .tunnel($0) }, sessionCount: count)
            case .session:
                let sessions = try client.sessions(filter)
                return Victims(objects: sessions.map { .session($0.id, in: $0.tunnelID) }, sessionCount: sessions.count)
            }
        }
    }

    /// Deletes objects, each of which is gone when the call returns or has its failure in the result. What has gone
    /// meanwhile is no failure.
    fileprivate mutating func delete(_ objects: [Victims.Object], progress: (_ done: Int) -> Void) -> [Failure] {
        var failures: [Failure] = []
        for (index, object) in objects.enumerated() {
            do throws(Failure) {
                try run(.refused) { (client) throws(L2TPError) in
                    do throws(L2TPError) {
                        switch object {
                        case .tunnel(let id): try client.deleteTunnel(id) { _ in progress(index) }
                        case .session(let id, let tunnelID):
                            try client.deleteSession(id, in: tunnelID) { _ in progress(index) }
                        }
                    } catch {
                        if error.reason != .notFound { throw error }
                    }
                }
            } catch {
                failures.append(error)
            }
            progress(index + 1)
        }
        return failures
    }
}
