/// What is the same about a metric whoever it is read from: its name, type, unit and meaning.
public struct MetricDefinition: Hashable, Sendable {
    /// The name of its samples, with the ending `_total` of a counter and `_info` of an info.
    public let name: String
    /// What kind of number it is.
    public let type: MetricType
    /// The unit that ``familyName`` ends in (`bytes`, `seconds`), nil for those that have none in the sense of OpenMetrics.
    public let unit: String?
    /// One sentence for people.
    public let help: String

    /// A metric from its parts.
    public init(_ name: String, _ type: MetricType, unit: String? = nil, help: String) {
        self.name = name
        self.type = type
        self.unit = unit
        self.help = help
    }

    /// The name without the ending that its type demands: what OpenMetrics declares.
    public var familyName: String {
        let ending =
            switch type {
            case .counter: "_total"
            case .info: "_info"
            case .gauge: ""
            }
        return name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
    }
}
