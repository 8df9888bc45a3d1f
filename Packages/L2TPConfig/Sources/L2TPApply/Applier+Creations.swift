internal import L2TPConfig
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import LinkControl
internal import Netlink

/// Creating tunnels and sessions, many at a time.
extension Applier where Transport: ~Copyable {
    /// How many requests go without asking whether the run is to end.
    private static var chunk: Int { 1024 }

    mutating func createTunnels(
        _ stages: StagedWork, until deadline: ContinuousClock.Instant, _ journal: inout Journal,
        _ isCancelled: () -> Bool, _ progress: (ApplyProgress) -> Void
    ) throws(ApplyError) {
        let patience = Patience(
            until: deadline, aftermath: delays.aftermath, hasDeletions: journal.hasDeletions,
            leastAttempts: Self.attempts)
        try create(stages.tunnels, .creatingTunnels, patience, stages, isCancelled, progress) { client, tunnels in
            client.createTunnels(tunnels)
        } note: { tunnel, outcome in
            journal.tunnelCreations.append(Journal.TunnelCreation(specification: tunnel, outcome: outcome))
        }
    }

    mutating func createSessions(
        _ stages: StagedWork, until deadline: ContinuousClock.Instant, _ journal: inout Journal,
        _ isCancelled: () -> Bool, _ progress: (ApplyProgress) -> Void
    ) throws(ApplyError) {
        let patience = Patience(
            until: deadline, aftermath: delays.aftermath, hasDeletions: journal.hasDeletions,
            leastAttempts: Self.attempts)
        let sessions = try named(stages.sessions)
        try create(sessions, .creatingSessions, patience, stages, isCancelled, progress) { client, sessions in
            client.createSessions(sessions)
        } note: { session, outcome in
            journal.sessionCreations.append(Journal.SessionCreation(specification: session, outcome: outcome))
        }
    }

    /// The sessions to be created, with names for their interfaces where the kernel's own choice would be in the way.
    private mutating func named(_ creations: [StagedWork.Creation]) throws(ApplyError) -> [SessionSpecification] {
        let sessions = creations.map(\.specification)
        let unnamed = creations.filter { InterfaceNaming.pattern(of: $0.specification) != nil }
        guard !unnamed.isEmpty else { return sessions }
        let reported: [String]
        do throws(L2TPError) {
            reported = try client.sessions().compactMap(\.interfaceName)
        } catch {
            throw ApplyError(error)
        }
        var reserved = Set(reported)
        for namespace in Set(unnamed.compactMap { $0.setup.destination(from: nil) }) {
            reserved.formUnion(try linkNames(in: namespace))
        }
        return InterfaceNaming(present: try linkNames(in: nil), reserved: reserved).named(sessions)
    }

    private func linkNames(in namespace: String?) throws(ApplyError) -> Set<String> {
        let links = try access.read("the interfaces", in: namespace) { (client) throws(NetlinkError) in
            try client.links()
        }
        return Set(links.map(\.name))
    }

    /// Creates objects of a kind, as often as it is worth an attempt, and notes what became of each.
    private mutating func create<Specification>(
        _ all: [Specification], _ activity: ApplyProgress.Activity, _ patience: Patience, _ stages: StagedWork,
        _ isCancelled: () -> Bool, _ progress: (ApplyProgress) -> Void,
        _ body: (inout L2TPClient<Transport>, [Specification]) -> [L2TPError?],
        note: (Specification, Journal.Outcome) -> Void
    ) throws(ApplyError) {
        var done = 0
        for chunk in all.chunks(of: Self.chunk) {
            var pending = chunk
            var attempt = 0
            while true {
                if isCancelled() { throw .interrupted }
                progress(ApplyProgress(activity, doneCount: done, totalCount: all.count))
                let errors = body(&client, pending)
                attempt += 1
                let (again, failures) = patience.sort(errors, after: attempt)
                let isAgain = Set(again)
                for index in pending.indices where !isAgain.contains(index) {
                    // What is attempted again was refused for certain: if then something of the identifier is in the
                    // way, it is not ours.
                    note(pending[index], Journal.Outcome(creation: errors[index]))
                }
                try fail(failures, stages)
                done += pending.count - again.count
                if again.isEmpty { break }
                pending = again.map { pending[$0] }
                try pause()
            }
        }
    }
}
