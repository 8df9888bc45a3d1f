/// Finds what is new in the statuses of walk after walk.
struct StatusLog {
    /// The problems that were told last, by their subjects.
    private var problems: [String: String] = [:]

    /// What has changed since the walk before. What is not looked at any more, as a namespace that is gone, is
    /// forgotten in silence.
    mutating func events(_ statuses: [SourceStatus]) -> [CollectorEvent] {
        var events: [CollectorEvent] = []
        var present: [String: String] = [:]
        for status in statuses {
            switch (problems[status.subject], status.problem) {
            case (let old, let new?):
                present[status.subject] = new
                if old != new { events.append(.failed(subject: status.subject, problem: new)) }
            case (_?, nil): events.append(.recovered(subject: status.subject))
            case (nil, nil): break
            }
        }
        problems = present
        return events
    }
}
