/// A text format in which Prometheus reads metrics.
public enum ExpositionFormat: Hashable, Sendable, CaseIterable {
    /// The text format 0.0.4 of Prometheus.
    case text004
    /// OpenMetrics 1.0.
    case openMetrics100

    /// The format that a client wants most by the field `Accept` of its request (RFC 9110 §12.5.1).
    ///
    /// ``text004`` if nothing is wanted more, and also for a client that accepts neither: an answer that it may refuse
    /// is better than none. Of a parameter `version`, another than the format's own does not mean the format; all other
    /// parameters are ignored.
    ///
    /// - Parameter accept: The field's value, of several fields joined by commas; nil without one.
    public init(accepting accept: String?) {
        guard let accept else {
            self = .text004
            return
        }
        let ranges = AcceptedRange.ranges(accept)
        let text = Self.text004.preference(in: ranges)
        let openMetrics = Self.openMetrics100.preference(in: ranges)
        self = openMetrics > text ? .openMetrics100 : .text004
    }

    /// The value of the field `Content-Type` of an answer in the format.
    public var contentType: String {
        switch self {
        case .text004: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics100: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    private var mediaType: (type: String, subtype: String, version: String) {
        switch self {
        case .text004: ("text", "plain", "0.0.4")
        case .openMetrics100: ("application", "openmetrics-text", "1.0.0")
        }
    }

    /// How much the format is wanted: the quality of the most specific range that includes it, in thousandths, then how
    /// specific that is.
    private func preference(in ranges: [AcceptedRange]) -> (quality: Int, specificity: Int) {
        let own = mediaType
        var best = (quality: 0, specificity: 0)
        for range in ranges {
            guard
                let specificity = range.specificity(
                    forType: own.type, subtype: own.subtype, version: own.version)
            else { continue }
            if specificity > best.specificity { best = (range.quality, specificity) }
        }
        // What is refused is not wanted, however exactly it is named.
        return best.quality > 0 ? best : (0, 0)
    }
}
