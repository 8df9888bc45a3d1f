internal import L2TPModel
internal import L2TPNetlink

/// Which refusals of creations are worth another attempt, and for how long.
///
/// Addresses and routes have been waited for before the first change, and may only be gone for a moment: what has been
/// changed is not left half done for the rest of the time to wait. What has just been deleted may keep identifiers, ports
/// and names a little longer than its deletion can be seen.
struct Patience {
    private let deadline: ContinuousClock.Instant
    private let aftermathDeadline: ContinuousClock.Instant?
    private let leastAttempts: Int

    /// - Parameters:
    ///   - deadline: The end of the time to wait for addresses and routes.
    ///   - aftermath: How long an address or a route may be gone, and what has just been deleted may stand in the way.
    ///   - hasDeletions: Whether something has just been deleted.
    ///   - leastAttempts: How many attempts to give what has just been deleted, however long they take.
    init(until deadline: ContinuousClock.Instant, aftermath: Duration, hasDeletions: Bool, leastAttempts: Int) {
        let end = ContinuousClock.now + aftermath
        self.deadline = min(deadline, end)
        self.leastAttempts = leastAttempts
        aftermathDeadline = hasDeletions ? end : nil
    }

    /// Whether an error is worth another attempt, after so many.
    private func isWorthAnother(_ error: L2TPError, after count: Int) -> Bool {
        switch error.reason {
        case .addressNotLocal, .addressTentative, .noRoute: .now < deadline
        // Time may have passed without us: a busy machine's is no reason to give up after one attempt.
        case .exists, .portTaken: aftermathDeadline.map { .now < $0 || count < leastAttempts } ?? false
        default: false
        }
    }

    /// Tells the failures that are worth another attempt, after so many, from those that are not.
    func sort(
        _ errors: [L2TPError?], after count: Int
    ) -> (again: [Int], failures: [L2TPError]) {
        var again: [Int] = []
        var failures: [L2TPError] = []
        for (index, error) in errors.enumerated() {
            guard let error else { continue }
            if isWorthAnother(error, after: count) {
                again.append(index)
            } else {
                failures.append(error)
            }
        }
        return (failures.isEmpty ? again : [], failures)
    }
}
