/// What kind of number a metric is, as Prometheus and OpenMetrics name it.
public enum MetricType: String, Hashable, Sendable, CaseIterable {
    /// A number that only grows, until what it counts is created anew. Its name ends in `_total`.
    case counter
    /// A number that goes up and down.
    case gauge
    /// Facts, as the labels of a sample that is always 1. Its name ends in `_info`; text format 0.0.4 has no such type
    /// and calls it a gauge.
    case info
}
