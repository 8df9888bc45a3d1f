import L2TPApply

/// What the runs in one network namespace share below `/run/l2tp`.
protocol RunFiles {
    /// The record of what was created.
    var store: any OwnershipStore { get }
    /// Takes the lock that only one run has, for as long as the result lives.
    ///
    /// - Parameters:
    ///   - limit: How long to wait for another run's end.
    ///   - isCancelled: Asked while another run has it, whether to give up.
    /// - Returns: What the lock lasts as long as.
    /// - Throws: ``Failure`` if another still has it then, or it cannot be had.
    func lock(waitingAtMost limit: Duration, isCancelled: () -> Bool) throws(Failure) -> any AnyObject
    /// Makes ready for a trial, with the lock held; throws ``Failure`` if nobody could confirm it.
    func beginTrial(_ signals: any Signals) throws(Failure) -> any Trial
    /// Confirms the trial of another run.
    func confirm() -> ConfirmationResult
    /// Removes what runs have left behind that were killed, with the lock held; returns whether one was in its trial.
    func removeAbandonedTrial() -> Bool
}
