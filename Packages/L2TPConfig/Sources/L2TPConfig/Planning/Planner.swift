/// Compares what is configured with what there is: a function without input and output.
public struct Planner: Sendable {
    /// Whether objects that somebody else has created are taken over if they are configured.
    public var adopts: Bool

    /// A planner.
    public init(adopts: Bool = false) {
        self.adopts = adopts
    }

    /// What is to be done so that a configuration holds; an empty one takes everything down that is owned.
    ///
    /// Tunnels and sessions are told by their identifiers. What is owned is changed or, if it is not configured,
    /// deleted. What is not owned stays untouched: if it is as it is configured that is no difference, if it is not a
    /// conflict, unless the planner ``adopts``. Interfaces of sessions that stay are changed in place; those of sessions
    /// that are re-created keep their random MAC address, their alias, and the addresses and the master that somebody
    /// else has given them. Addresses that a router or a DHCP server gives come by themselves.
    ///
    /// The time is proportional to the number of objects.
    ///
    /// - Parameters:
    ///   - desired: What is to be, without errors.
    ///   - current: What is.
    ///   - owned: What is recorded as created by earlier plans.
    ///   - source: The text that `desired` was read from, if it need not be read again as long as it stays the same: it
    ///     is recorded if all of the configuration is owned in the end. Nil if that is not known, or if there is more to
    ///     its reading.
    /// - Returns: The changes, what stands in the way, and what is to be recorded.
    public func plan(
        _ desired: Configuration, current: CurrentState, owned: Ownership, source: ConfigurationDigest? = nil
    ) -> Plan {
        var planning = Planning(current: current, owned: owned, adopts: adopts)
        for tunnel in desired.tunnels { planning.plan(tunnel) }
        planning.planRemovals()
        planning.checkNeeds()
        var plan = planning.plan()
        guard let source, Self.isAll(plan.ownership, of: desired, source, owned) else { return plan }
        plan.ownership.source = source
        if plan.changes.isEmpty { plan.intent.source = source }
        return plan
    }

    /// Whether an ownership that was planned for a configuration is all of it.
    private static func isAll(
        _ ownership: Ownership, of desired: Configuration, _ source: ConfigurationDigest, _ owned: Ownership
    ) -> Bool {
        // A record can give this configuration back, for one did; and nothing is planned to be owned but parts of it.
        if owned.source == source, ownership.tunnels.count == desired.tunnels.count,
            ownership.sessions.count == desired.tunnels.reduce(0, { $0 + $1.sessions.count })
        {
            return true
        }
        return ownership.configuration == desired
    }
}
