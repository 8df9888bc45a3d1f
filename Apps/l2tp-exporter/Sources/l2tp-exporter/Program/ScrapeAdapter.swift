import L2TPExporterWeb
import L2TPMetrics

/// Lets the web server's clients scrape a collector.
final class ScrapeAdapter: ScrapeResponder {
    /// What a walk comes to, once for all who want the same format.
    struct Answer: Sendable {
        var response: ScrapeResponse
        /// Whether tunnels and sessions could be read.
        var isUp: Bool

        init(_ text: [UInt8], _ format: ExpositionFormat, _ isUp: Bool) {
            response = ScrapeResponse(contentType: format.contentType, body: text)
            self.isUp = isUp
        }
    }

    /// The longest that a scrape may take of which the client has not said how long it waits: Prometheus' own default.
    private static let defaultLimit = Duration.seconds(10)

    /// What a walk has found counts for `/-/ready` so long, so that asking often costs the kernel nothing.
    private static let readinessAge = Duration.seconds(5)

    private let collector: Collector<Answer>

    init(_ collector: Collector<Answer>) {
        self.collector = collector
    }

    var readinessProblem: String? {
        get async { await collector.problem(asOfTheLast: Self.readinessAge, within: Self.defaultLimit) }
    }

    /// Looks whether everything can be read, unless somebody has done so already: the log says what cannot, before
    /// anybody scrapes.
    func look() async {
        _ = await collector.problem(asOfTheLast: Self.readinessAge, within: nil)
    }

    func scrape(accept: String?, timeout: Duration?) async -> ScrapeResponse {
        await collector.scrape(ExpositionFormat(accepting: accept), within: timeout ?? Self.defaultLimit).response
    }
}
