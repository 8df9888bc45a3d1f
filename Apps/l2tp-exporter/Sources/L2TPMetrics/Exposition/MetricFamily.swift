/// A metric with all its samples.
public struct MetricFamily: Sendable {
    /// Samples with the labels of one column.
    struct Part: Sendable {
        let labels: LabelColumn
        /// The values, one for each set of labels.
        let values: [MetricValue]
    }

    /// What the metric is.
    public let definition: MetricDefinition
    /// The samples; of each source and namespace those that share their labels with other metrics.
    private(set) var parts: [Part] = []

    /// A metric with samples, no two with the same labels.
    public init(_ definition: MetricDefinition, _ samples: [MetricSample] = []) {
        self.definition = definition
        if !samples.isEmpty {
            parts = [Part(labels: LabelColumn(samples.map(\.labels)), values: samples.map(\.value))]
        }
    }

    /// A metric with a sample for each set of labels of a column, which other metrics may have too.
    ///
    /// - Precondition: There are as many values as sets of labels.
    /// - Parameters:
    ///   - definition: What the metric is.
    ///   - labels: The labels.
    ///   - values: The values, in the same order.
    public init(_ definition: MetricDefinition, _ labels: LabelColumn, _ values: [MetricValue]) {
        precondition(labels.count == values.count, "as many values as sets of labels")
        self.definition = definition
        if !values.isEmpty { parts = [Part(labels: labels, values: values)] }
    }

    /// Whether there is no sample.
    public var isEmpty: Bool { parts.isEmpty }

    /// The samples.
    public var samples: [MetricSample] {
        parts.flatMap { part in zip(part.labels.sets, part.values).map { MetricSample($0, $1) } }
    }

    /// Adds the samples of the same metric from elsewhere, none of which has labels that are there.
    public mutating func add(_ other: Self) {
        parts += other.parts
    }
}
