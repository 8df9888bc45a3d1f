/// What one walk has found.
public struct WalkResult: Sendable {
    /// All metrics, in the order of ``MetricDefinition/all``.
    public var families: [MetricFamily]
    /// What could be read and what could not.
    public var statuses: [SourceStatus]

    /// Whether everything could be read that `l2tp_up` tells of.
    public var isUp: Bool { problem == nil }

    /// What could not be read of that, and why, in one line; nil if everything could.
    var problem: String? {
        let problems = statuses.filter { $0.upLabels != nil }.compactMap { status in
            status.problem.map { CollectorEvent.failed(subject: status.subject, problem: $0).description }
        }
        let others = problems.count > 1 ? "; and \(problems.count - 1) more" : ""
        return problems.first.map { $0 + others }
    }

    /// Asks sources one after the other, and adds what tells of the walk itself.
    ///
    /// It blocks for as long as the sources do.
    ///
    /// - Parameters:
    ///   - sources: The sources.
    ///   - version: The exporter's version, for `l2tp_exporter_build_info`.
    public init(walking sources: [any MetricSource], version: String) {
        let start = ContinuousClock.now
        let walk = Walk()
        var collection = MetricCollection()
        for source in sources { collection.add(source.collect(in: walk)) }
        let duration = ContinuousClock.now - start
        statuses = collection.statuses
        families = [
            Self.up(statuses),
            MetricFamily(.scrapeDuration, [MetricSample(.number(duration / .seconds(1)))]),
            Self.buildInfo(version),
        ]
        families += Self.inOrder(collection.families)
    }

    /// What is told if no walk has come to its end in time: that, and nothing about tunnels and sessions.
    ///
    /// - Parameters:
    ///   - version: The exporter's version.
    ///   - upLabels: The labels of `l2tp_up` in the last walk, each of which is 0 now; none before the first walk.
    /// - Returns: The result.
    public static func late(version: String, upLabels: [LabelSet] = []) -> Self {
        let labels = upLabels.isEmpty ? [LabelSet()] : upLabels
        let up = MetricFamily(.up, labels.map { MetricSample($0, .integer(0)) })
        return Self(families: [up, buildInfo(version)], statuses: [])
    }

    /// The labels of `l2tp_up`, each once.
    var upLabels: [LabelSet] {
        var seen: Set<LabelSet> = []
        return statuses.compactMap(\.upLabels).filter { seen.insert($0).inserted }
    }

    private init(families: [MetricFamily], statuses: [SourceStatus]) {
        self.families = families
        self.statuses = statuses
    }

    /// 1 for each set of labels for which everything could be read, 0 for all others.
    private static func up(_ statuses: [SourceStatus]) -> MetricFamily {
        var samples: [MetricSample] = []
        var indices: [LabelSet: Int] = [:]
        for status in statuses {
            guard let labels = status.upLabels else { continue }
            let index = indices[labels] ?? samples.count
            if index == samples.count {
                indices[labels] = index
                samples.append(MetricSample(labels, .integer(1)))
            }
            if status.problem != nil { samples[index].value = .integer(0) }
        }
        return MetricFamily(.up, samples.isEmpty ? [MetricSample(.integer(1))] : samples)
    }

    private static func buildInfo(_ version: String) -> MetricFamily {
        MetricFamily(.buildInfo, [MetricSample(LabelSet(.version, version), .integer(1))])
    }

    private static func inOrder(_ families: [MetricFamily]) -> [MetricFamily] {
        let places = Dictionary(
            MetricDefinition.all.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        return families.enumerated().sorted { left, right in
            (places[left.element.definition.name] ?? .max, left.offset)
                < (places[right.element.definition.name] ?? .max, right.offset)
        }.map(\.element)
    }
}
