internal import L2TPModel
internal import L2TPWire

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
    init(_ sessions: [Session], _ interfaces: [Link?], _ outer: LabelSet) {
        var identities: [LabelSet] = []
        var statistics: [Statistics] = []
        var infos: [MetricSample] = []
        identities.reserveCapacity(sessions.count)
        statistics.reserveCapacity(sessions.count)
        infos.reserveCapacity(sessions.count)
        var interfaceIdentities: [LabelSet] = []
        var states: [MetricValue] = []
        var mtus: [MetricValue] = []
        interfaceIdentities.reserveCapacity(interfaces.count)
        states.reserveCapacity(interfaces.count)
        mtus.reserveCapacity(interfaces.count)
        var last: SessionKey?
        for index in sessions.indices {
            let key = SessionKey(sessions[index].id, in: sessions[index].tunnelID)
            guard key != last else { continue }
            last = key
            var labels = LabelSet(capacity: outer.byteCount + Self.identityByteCount)
            labels.append(outer)
            labels.append(.tunnelID, number: UInt64(key.tunnelID.rawValue))
            labels.append(.sessionID, number: UInt64(key.id.rawValue))
            identities.append(labels)
            statistics.append(sessions[index].statistics)
            let link = interfaces.isEmpty ? nil : interfaces[index]
            infos.append(MetricSample(Self.facts(of: sessions[index], link, labels), .integer(1)))
            guard let link else { continue }
            interfaceIdentities.append(labels)
            states.append(.integer(link.isOperational ? 1 : 0))
            mtus.append(.integer(UInt64(link.mtu)))
        }
        let column = LabelColumn(identities)
        families =
            [MetricFamily(.sessionInfo, infos)]
            + CounterColumn.ofSessions.map { $0.family(column, statistics) }
        let interfaceColumn = LabelColumn(interfaceIdentities)
        interfaceFamilies = [
            MetricFamily(.sessionInterfaceOperational, interfaceColumn, states),
            MetricFamily(.sessionInterfaceMTU, interfaceColumn, mtus),
        ]
    }

    /// Room for two identifiers of ten digits.
    private static var identityByteCount: Int { 48 }
    /// Room for the facts.
    private static var factsByteCount: Int { 96 }

    private static func facts(of session: Session, _ link: Link?, _ identity: LabelSet) -> LabelSet {
        var labels = LabelSet(capacity: identity.byteCount + factsByteCount)
        labels.append(identity)
        labels.append(.peerSessionID, number: UInt64(session.peerID.rawValue))
        labels.append(.pseudowire, session.pseudowireType.description)
        labels.append(.interface, link?.name ?? session.interfaceName ?? "")
        return labels
    }
}

extension Link {
    /// Whether it can carry frames: its operational state is up, or unknown, which is what an interface says that has no
    /// way to tell more, while it is set up and has a carrier.
    fileprivate var isOperational: Bool {
        operationalState == .up || operationalState == .unknown && flags.isSuperset(of: [.up, .lowerUp])
    }
}
