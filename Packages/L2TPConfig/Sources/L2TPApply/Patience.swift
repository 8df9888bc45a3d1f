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

    /// - Parameters:
    ///   - deadline: The end of the time to wait for addresses and routes.
    ///   - aftermath: How long an address or a route may be gone, and what has just been deleted may stand in the way.
    ///   - hasDeletions: Whether something has just been deleted.
    init(until deadline: ContinuousClock.Instant, aftermath: Duration, hasDeletions: Bool) {
        let end = ContinuousClock.now + aftermath
        self.deadline = min(deadline, end)
        aftermathDeadline = hasDeletions ? end : nil
    }

    /// Until when an error is worth another attempt; nil if it is not.
    private func deadline(for error: L2TPError) -> ContinuousClock.Instant? {
        switch error.reason {
        case .addressNotLocal, .addressTentative, .noRoute: deadline
        case .exists, .portTaken: aftermathDeadline
        default: nil
        }
    }

    /// Tells the failures that are worth another attempt from those that are not.
    func sort(
        _ errors: [L2TPError?]
    ) -> (again: [Int], failures: [L2TPError]) {
        var again: [Int] = []
        var failures: [L2TPError] = []
        for (index, error) in errors.enumerated() {
            guard let error else { continue }
            if let deadline = deadline(for: error), .now < deadline {
                again.append(index)
            } else {
                failures.append(error)
            }
        }
        return (failures.isEmpty ? again : [], failures)
    }
}
