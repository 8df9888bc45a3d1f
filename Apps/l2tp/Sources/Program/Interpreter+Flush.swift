import CommandLineSupport
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
        var line = ProgressLine(console)
        let failures = try executor.delete(victims.objects) { line.show($0) }
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
    fileprivate mutating func delete(
        _ objects: [Victims.Object], progress: (DeletionProgress) -> Void
    ) throws(Failure) -> [Failure] {
        var tunnels: [TunnelID] = []
        var sessions: [SessionKey] = []
        for object in objects {
            switch object {
            case .tunnel(let id): tunnels.append(id)
            case .session(let id, let tunnelID): sessions.append(SessionKey(id, in: tunnelID))
            }
        }
        let errors = try run(.refused) { (client) throws(L2TPError) in
            client.deleteTunnels(tunnels, progress: progress).compactMap { $0 }
                + client.delete(all: sessions, progress: progress)
        }
        return errors.filter { $0.reason != .notFound }.map { Failure($0.description, .refused) }
    }
}

extension L2TPClient where Transport: ~Copyable {
    /// Deletes sessions, also those that come to light only when others have gone: a second one of the same
    /// identifiers, or one in front of which another tunnel's stands.
    fileprivate mutating func delete(
        all keys: [SessionKey], progress: (DeletionProgress) -> Void
    ) -> [L2TPError] {
        var final: [L2TPError] = []
        var keys = keys
        while !keys.isEmpty {
            var seen: Set<SessionKey> = []
            let batch = keys.filter { seen.insert($0).inserted }
            let errors = deleteSessions(batch, progress: progress)
            let hidden = zip(batch, errors).filter { $1?.reason == .ambiguous }
            let isAnyDeleted = errors.contains(nil)
            final += errors.compactMap { $0 }.filter { $0.reason != .ambiguous || !isAnyDeleted }
            var once = seen
            let repeated = keys.filter { once.remove($0) == nil }
            keys = repeated + (isAnyDeleted ? hidden.map(\.0) : [])
        }
        return final
    }
}
