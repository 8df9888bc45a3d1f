internal import L2TPModel

/// The metrics of sessions and of their interfaces.
struct SessionMetrics {
    /// The info and the counters.
    let families: [MetricFamily]
    /// State and MTU of the interfaces that are known.
    let interfaceFamilies: [MetricFamily]

    /// - Parameters:
    ///   - sessions: The sessions, by ascending identifiers.
    ///   - interfaces: Their interfaces, in the same order; empty if none are known.
    ///   - outer: The labels that all have.
    ///   - columns: The labels as the walk before has left them.
    init(_ sessions: [Session], _ interfaces: [Link?], _ outer: LabelSet, _ columns: inout SessionColumns) {
        columns.update(sessions, interfaces, outer)
        var statistics: [Statistics] = []
        statistics.reserveCapacity(columns.places.count)
        for place in columns.places { statistics.append(sessions[place].statistics) }
        families =
            [MetricFamily(.sessionInfo, columns.infos, Array(repeating: .integer(1), count: columns.infos.count))]
            + CounterColumn.ofSessions.map { $0.family(columns.identities, statistics) }
        var states: [MetricValue] = []
        var mtus: [MetricValue] = []
        states.reserveCapacity(interfaces.count)
        mtus.reserveCapacity(interfaces.count)
        for place in columns.places where !interfaces.isEmpty {
            guard let link = interfaces[place] else { continue }
            states.append(.integer(link.isOperational ? 1 : 0))
            mtus.append(.integer(UInt64(link.mtu)))
        }
        interfaceFamilies = [
            MetricFamily(.sessionInterfaceOperational, columns.linked, states),
            MetricFamily(.sessionInterfaceMTU, columns.linked, mtus),
        ]
    }
}

extension Link {
    /// Whether it can carry frames: its operational state is up, or unknown, which is what an interface says that has no
    /// way to tell more, while it is set up and has a carrier.
    fileprivate var isOperational: Bool {
        operationalState == .up || operationalState == .unknown && flags.isSuperset(of: [.up, .lowerUp])
    }
}
