/// One value of a metric.
public struct MetricSample: Hashable, Sendable {
    /// What tells it from the other samples of the metric.
    public var labels: LabelSet
    /// The value.
    public var value: MetricValue

    /// A sample from its parts.
    public init(_ labels: LabelSet, _ value: MetricValue) {
        self.labels = labels
        self.value = value
    }

    /// A sample without labels.
    public init(_ value: MetricValue) {
        self.init(LabelSet(), value)
    }
}
