/// What answers scrapes: the seam between the web server, which knows nothing of metrics, and what collects them.
public protocol ScrapeResponder: Sendable {
    /// Why a scrape would not find what it needs, in one line; nil if it would. `/-/ready` answers 503 with it.
    var readinessProblem: String? { get async }

    /// Answers one scrape. Many may run at a time.
    ///
    /// - Parameters:
    ///   - accept: The request's `Accept` header; nil if it has none.
    ///   - timeout: How long the client still waits, with a margin for the way back; nil if it has not said so. The
    ///     answer has to come within that time, if need be an incomplete one.
    /// - Returns: The answer. Requests that are to have the same bytes best get the same instance: it is compressed once.
    func scrape(accept: String?, timeout: Duration?) async -> ScrapeResponse
}
