import L2TPApply
import L2TPConfig
import Netlink

/// Makes a configuration hold, and returns what has become of it.
func apply<Transport: NetlinkTransport & ~Copyable>(
    _ configuration: Configuration, to networks: Networks<Transport>, store: any OwnershipStore
) -> String {
    do throws(ApplyError) {
        var applier = try Applier(networks, store: store, machineID: nil)
        let plan = try applier.plan(configuration)
        try applier.apply(
            plan, waitingAtMost: .seconds(30),
            progress: { progress in
                print("\(progress.activity): \(progress.doneCount) of \(progress.totalCount)")
            })
        return "\(plan.changes.count) changes, \(plan.unchangedCount) unchanged"
    } catch {
        switch error.outcome {
        case .unchanged: return "\(error); nothing was changed"
        case .rolledBack: return "\(error); all is as it was before"
        case .partial(let lines): return "\(error); not undone:\n" + lines.joined(separator: "\n")
        }
    }
}
