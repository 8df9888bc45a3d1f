/// A metric with all its samples.
public struct MetricFamily: Hashable, Sendable {
    /// What the metric is.
    public var definition: MetricDefinition
    /// Its samples, no two with the same labels.
    public var samples: [MetricSample]

    /// A metric with samples.
    public init(_ definition: MetricDefinition, _ samples: [MetricSample] = []) {
        self.definition = definition
        self.samples = samples
    }
}
