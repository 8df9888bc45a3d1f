/// A time in which somebody can say that what was applied is to stay.
protocol Trial: AnyObject {
    /// Whether Enter confirms; if not, `--confirm` alone does.
    var acceptsEnter: Bool { get }
    /// Asks, and waits for so many seconds at most. When the call returns, whoever has confirmed by `--confirm` knows the
    /// verdict.
    ///
    /// What was said before the question is no answer to it. Throws ``Failure`` without asking if nobody could confirm.
    func wait(seconds: Int, question: () -> Void) throws(Failure) -> Verdict
}

/// How a trial has ended.
enum Verdict: Hashable {
    /// Somebody has said that it is to stay.
    case confirmed
    /// Nobody has in time.
    case expired
    /// The run was asked to end.
    case interrupted
}
