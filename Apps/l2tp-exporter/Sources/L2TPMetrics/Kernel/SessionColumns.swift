internal import L2TPModel
internal import L2TPWire

/// The labels of the sessions of a namespace, kept from walk to walk: as long as the same sessions are there with the same
/// facts, they are not made again.
struct SessionColumns {
    /// What the labels of a session are made of.
    private struct Facts: Equatable {
        var key: SessionKey
        var peerID: SessionID
        var pseudowireType: PseudowireType
        var interface: String
        /// Whether its link is known.
        var hasLink: Bool

        init(_ session: Session, _ link: Link?) {
            key = SessionKey(session.id, in: session.tunnelID)
            peerID = session.peerID
            pseudowireType = session.pseudowireType
            interface = link?.name ?? session.interfaceName ?? ""
            hasLink = link != nil
        }
    }

    private var facts: [Facts] = []
    private var outer = LabelSet()
    /// The identifiers of each session.
    private(set) var identities = LabelColumn()
    /// The facts about each session.
    private(set) var infos = LabelColumn()
    /// The identifiers of each session whose link is known.
    private(set) var linked = LabelColumn()
    /// Which of the sessions have labels, by their places; the second of two with the same identifiers has none.
    private(set) var places: [Int] = []

    /// Takes what a walk has read.
    ///
    /// - Parameters:
    ///   - sessions: The sessions, by ascending identifiers.
    ///   - interfaces: Their interfaces, in the same order; empty if none are known.
    ///   - outer: The labels that all have.
    mutating func update(_ sessions: [Session], _ interfaces: [Link?], _ outer: LabelSet) {
        if facts.count == sessions.count, outer == self.outer {
            let isSame = sessions.indices.allSatisfy { index in
                Facts(sessions[index], interfaces.isEmpty ? nil : interfaces[index]) == facts[index]
            }
            if isSame { return }
        }
        self.outer = outer
        facts = sessions.indices.map { Facts(sessions[$0], interfaces.isEmpty ? nil : interfaces[$0]) }
        makeColumns()
    }

    private mutating func makeColumns() {
        var (identities, infos, linked): ([LabelSet], [LabelSet], [LabelSet]) = ([], [], [])
        identities.reserveCapacity(facts.count)
        infos.reserveCapacity(facts.count)
        linked.reserveCapacity(facts.count)
        places = []
        places.reserveCapacity(facts.count)
        for index in facts.indices where index == 0 || facts[index].key != facts[index - 1].key {
            let session = facts[index]
            var labels = LabelSet(capacity: outer.byteCount + Self.identityByteCount)
            labels.append(outer)
            labels.append(.tunnelID, number: UInt64(session.key.tunnelID.rawValue))
            labels.append(.sessionID, number: UInt64(session.key.id.rawValue))
            places.append(index)
            identities.append(labels)
            if session.hasLink { linked.append(labels) }
            labels.append(.peerSessionID, number: UInt64(session.peerID.rawValue))
            labels.append(.pseudowire, session.pseudowireType.description)
            labels.append(.interface, session.interface)
            infos.append(labels)
        }
        self.identities = LabelColumn(identities)
        self.infos = LabelColumn(infos)
        self.linked = LabelColumn(linked)
    }

    /// Room for two identifiers of ten digits.
    private static var identityByteCount: Int { 48 }
}
