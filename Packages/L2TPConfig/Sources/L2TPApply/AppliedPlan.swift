public import L2TPConfig

/// A plan that has been carried out, with all that taking it back needs.
public struct AppliedPlan: Hashable, Sendable {
    /// The plan.
    public var plan: Plan
    /// What was recorded before.
    public var previousOwnership: Ownership
    /// What was done.
    var journal: Journal

    init(_ plan: Plan, previousOwnership: Ownership, journal: Journal = Journal()) {
        self.plan = plan
        self.previousOwnership = previousOwnership
        self.journal = journal
    }
}
