/// What a source has read.
public struct MetricCollection: Sendable {
    /// The metrics, each once.
    public var families: [MetricFamily]
    /// What could be read and what could not.
    public var statuses: [SourceStatus]

    /// A collection from its parts.
    public init(_ families: [MetricFamily] = [], statuses: [SourceStatus] = []) {
        self.families = families
        self.statuses = statuses
    }

    /// Adds what another source has read; samples of the same metric come together, as the formats demand.
    public mutating func add(_ other: Self) {
        statuses += other.statuses
        for family in other.families {
            if let index = families.firstIndex(where: { $0.definition.name == family.definition.name }) {
                families[index].add(family)
            } else {
                families.append(family)
            }
        }
    }
}
