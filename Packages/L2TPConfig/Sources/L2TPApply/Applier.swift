public import L2TPConfig
internal import L2TPModel
internal import L2TPNetlink
public import Netlink

/// Makes a configuration hold: compares it with what there is, and carries the difference out, all or nothing.
///
/// ```swift
/// let lock = try ApplyLock(of: .current)
/// var applier = try Applier(.kernel(), store: FileOwnershipStore(of: .current), machineID: .ofThisMachine)
/// let plan = try applier.plan(configuration)
/// let applied = try applier.apply(plan, waitingAtMost: .seconds(30))
/// try applier.revert(applied)
/// ```
///
/// A plan is carried out kind by kind: it waits for addresses, routes and masters; then sessions are changed in place,
/// tunnels and sessions deleted, tunnels created, sessions created, and interfaces set up. Many requests are under way at
/// a time, but for changes in place and for moves to another network namespace, which are made one after the other. The
/// record is saved before the first change, with all that may be there if the process ends in between, and after the
/// last. What fails is taken back in reverse; what cannot be is told, and the next run, which finds it in the record,
/// makes it good.
///
/// Only what is recorded in the store is changed or deleted. Two appliers with the same store must not work at the same
/// time: see ``ApplyLock``. All errors are of type ``ApplyError``.
public struct Applier<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    let store: any OwnershipStore
    let reader: StateReader<Transport>
    var client: L2TPClient<Transport>
    /// A kernel that is played by a test settles faster.
    package var delays = Delays()
    /// What was recorded when the last plan was made: reading it is a good part of a run that changes nothing.
    private var recordedAtPlanning: Ownership?
    /// What ``recordedConfiguration(of:)`` has read, for the plan that follows.
    private var recordedForPlanning: Ownership?

    /// The clients for links.
    var access: LinkAccess<Transport> { reader.access }

    /// An applier for tunnels in one network namespace.
    ///
    /// - Parameters:
    ///   - networks: The namespaces.
    ///   - store: Where it is recorded what was created.
    ///   - machineID: What stable MAC addresses are derived from; nil if the machine has none.
    /// - Throws: ``ApplyError`` with reason `notSupported` if the kernel has no L2TP, else as opening a socket fails.
    public init(
        _ networks: Networks<Transport>, store: any OwnershipStore, machineID: MachineID?
    ) throws(ApplyError) {
        self.store = store
        reader = StateReader(access: LinkAccess(networks), machineID: machineID)
        do throws(L2TPError) {
            client = try L2TPClient(networks.tunnels)
        } catch {
            throw ApplyError(error)
        }
    }

    /// The configuration of a text, if all of it and nothing else is recorded: it need not be read again then.
    ///
    /// The record that is read for it is also the one of the next plan, so it is to be made at once.
    ///
    /// - Parameter source: The text.
    /// - Returns: The configuration; nil if it has to be read from the text.
    /// - Throws: ``ApplyError`` with reason `record`.
    public mutating func recordedConfiguration(
        of source: ConfigurationDigest
    ) throws(ApplyError) -> Configuration? {
        let owned = try store.load()
        recordedForPlanning = owned
        return owned.source == source ? owned.configuration : nil
    }

    /// What is to be done so that a configuration holds. Nothing is changed; the empty configuration takes everything
    /// down that is owned.
    ///
    /// - Parameters:
    ///   - configuration: What is to exist.
    ///   - source: The text that it was read from, if ``recordedConfiguration(of:)`` is to give it from now on; nil if it
    ///     is to be read anew each time.
    ///   - adopts: Whether what somebody else has created is taken over if it is configured.
    /// - Returns: The plan, which may hold conflicts.
    /// - Throws: ``ApplyError`` with reason `record`, `notPermitted` or `other`.
    public mutating func plan(
        _ configuration: Configuration, source: ConfigurationDigest? = nil, adopts: Bool = false
    ) throws(ApplyError) -> Plan {
        let owned = if let recordedForPlanning { recordedForPlanning } else { try store.load() }
        recordedForPlanning = nil
        recordedAtPlanning = owned
        let state = try reader.read(&client, for: configuration, owned)
        return Planner(adopts: adopts).plan(configuration, current: state, owned: owned, source: source)
    }

    /// Carries a plan out.
    ///
    /// It waits for local addresses, routes and masters before it touches anything, and then looks whether what it is to
    /// delete or change is still what the plan says. What may be there afterwards is recorded before the first change, so
    /// that the next run cleans up whatever the point at which this one ends. If anything fails, what was done is undone.
    /// A plan without changes asks the kernel for nothing.
    ///
    /// - Parameters:
    ///   - plan: The plan, made by this applier just before, with its store locked since.
    ///   - limit: How long to wait for what must be there first, all of it together.
    ///   - isCancelled: Asked between requests and while waiting; what was done is undone when it says so.
    ///   - progress: Called now and then.
    /// - Returns: What takes it back.
    /// - Throws: ``ApplyError``, whose outcome says what has become of the changes: with reason `conflict` for a plan
    ///   with conflicts or one that is no longer true, `timedOut`, `interrupted`, `record`, `refused`, `notPermitted`,
    ///   `notSupported` or `other`.
    @discardableResult
    public mutating func apply(
        _ plan: Plan, waitingAtMost limit: Duration, isCancelled: () -> Bool = { false },
        progress: (ApplyProgress) -> Void = { _ in }
    ) throws(ApplyError) -> AppliedPlan {
        if let conflict = plan.conflicts.first {
            throw ApplyError(.conflict, conflict.message, remedy: conflict.remedy, path: conflict.path)
        }
        let stages = StagedWork(plan)
        let recorded = if let recordedAtPlanning { recordedAtPlanning } else { try store.load() }
        recordedAtPlanning = nil
        recordedForPlanning = nil
        var applied = AppliedPlan(plan, previousOwnership: recorded)
        guard !stages.isEmpty else {
            if recorded != plan.ownership { try store.save(plan.ownership) }
            return applied
        }
        let deadline = ContinuousClock.now + limit
        let hasWaited = try waitForPrerequisites(of: stages, atMost: limit, isCancelled, progress)
        // After the wait, in which others go on.
        try checkDeletions(stages)
        if hasWaited { try checkInterfaces(stages) }
        do throws(ApplyError) {
            if recorded != plan.intent { try store.save(plan.intent) }
            try carryOut(stages, until: deadline, &applied.journal, isCancelled, progress)
            if plan.intent != plan.ownership { try store.save(plan.ownership) }
            return applied
        } catch {
            throw rollBack(applied, because: error, progress)
        }
    }

    /// Takes a plan back that was carried out: everything becomes as it was before, as far as the plan has changed it.
    ///
    /// Throws ``ApplyError`` whose outcome is `partial` if it could not all be undone. That the record cannot be written
    /// keeps nothing from being undone: what is not told by it afterwards is told with reason `record` and the outcome
    /// `rolledBack`.
    public mutating func revert(
        _ applied: AppliedPlan, progress: (ApplyProgress) -> Void = { _ in }
    ) throws(ApplyError) {
        recordedForPlanning = nil
        let hasChanges = !applied.journal.isEmpty
        if hasChanges {
            // Whatever the point at which this ends: the next run knows all that may be there.
            let unrecorded = recordingFailure(of: applied.plan.intent)
            var standing = undo(applied.journal, progress)
            guard standing.isEmpty else {
                if let unrecorded {
                    standing.append("the record does not tell all that stands: \(unrecorded.explanation)")
                }
                throw ApplyError(
                    .other, "the changes could not all be taken back", outcome: .partial(standing))
            }
        }
        do throws(ApplyError) {
            try record(applied.previousOwnership)
        } catch {
            var error = error
            if hasChanges { error.outcome = .rolledBack }
            throw error
        }
    }

    /// Undoes what a failed application has done, and records what stands.
    private mutating func rollBack(
        _ applied: AppliedPlan, because error: ApplyError, _ progress: (ApplyProgress) -> Void
    ) -> ApplyError {
        var error = error
        var standing = undo(applied.journal, progress)
        if standing.isEmpty {
            error.outcome = applied.journal.isEmpty ? .unchanged : .rolledBack
            // If that fails, more is recorded than there is, which does no harm: what is not there is not owned.
            try? record(applied.previousOwnership)
        } else {
            // What was recorded before the first change covers whatever stands.
            if let unrecorded = recordingFailure(of: applied.plan.intent) {
                standing.append("the record does not tell all that stands: \(unrecorded.explanation)")
            }
            error.outcome = .partial(standing)
        }
        return error
    }

    /// Saves what is owned, unless it is recorded: a save that was told to have failed may have been carried out.
    private func record(_ ownership: Ownership) throws(ApplyError) {
        if let recorded = try? store.load(), recorded == ownership { return }
        try store.save(ownership)
    }

    /// Why it cannot be recorded what is owned; nil if it is.
    private func recordingFailure(of ownership: Ownership) -> ApplyError? {
        do throws(ApplyError) {
            try record(ownership)
            return nil
        } catch {
            return error
        }
    }
}
