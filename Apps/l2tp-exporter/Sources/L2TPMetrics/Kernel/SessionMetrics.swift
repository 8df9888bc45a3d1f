internal import L2TPModel

/// The metrics of sessions and of their interfaces.
struct SessionMetrics {
    /// The info and the counters.
    let families: [MetricFamily]
    /// State and MTU of the interfaces that are known.
    let interfaceFamilies: [MetricFamily]

    /// - Parameters:
    ///   - contents: The sessions and their interfaces.
    ///   - outer: The labels that all have.
    ///   - columns: The labels as the walk before has left them.
    init(_ contents: NamespaceReading.Contents, _ outer: LabelSet, _ columns: inout SessionColumns) {
        columns.update(contents, outer)
        var statistics: [Statistics] = []
        statistics.reserveCapacity(columns.places.count)
        for place in columns.places { statistics.append(contents.sessions[place].statistics) }
        families =
            [MetricFamily(.sessionInfo, columns.infos, Array(repeating: .integer(1), count: columns.infos.count))]
            + CounterFamilies(columns.identities, statistics).ofSessions
        interfaceFamilies = [
            MetricFamily(.sessionInterfaceOperational, columns.linked, columns.states),
            MetricFamily(.sessionInterfaceMTU, columns.linked, columns.mtus),
        ]
    }
}
