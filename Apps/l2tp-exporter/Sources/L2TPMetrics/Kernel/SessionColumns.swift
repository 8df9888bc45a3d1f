internal import L2TPModel
internal import L2TPWire

/// The labels of the sessions of a namespace, kept from walk to walk: as long as the same sessions are there with the same
/// facts, they are not made again.
struct SessionColumns {
    /// What the labels of a session are made of.
    private struct Facts {
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
    /// ``NamespaceReading/Contents/interfaceRevision`` of what the labels were made of.
    private var revision: InterfaceRevision?
    /// The identifiers of each session.
    private(set) var identities = LabelColumn()
    /// The facts about each session.
    private(set) var infos = LabelColumn()
    /// The identifiers of each session whose link is known.
    private(set) var linked = LabelColumn()
    /// Of each of these, whether the interface is operational.
    private(set) var states: [MetricValue] = []
    /// Of each of these, the MTU of the interface.
    private(set) var mtus: [MetricValue] = []
    /// Which of the sessions have labels, by their places; the second of two with the same identifiers has none.
    private(set) var places: [Int] = []

    /// Takes what a walk has read.
    ///
    /// - Parameters:
    ///   - contents: The sessions and their interfaces.
    ///   - outer: The labels that all have.
    mutating func update(_ contents: NamespaceReading.Contents, _ outer: LabelSet) {
        if isUnchanged(contents, outer) { return }
        let (sessions, interfaces) = (contents.sessions, contents.interfaces)
        self.outer = outer
        revision = contents.interfaceRevision
        facts = sessions.indices.map { Facts(sessions[$0], interfaces.isEmpty ? nil : interfaces[$0]) }
        makeColumns()
        (states, mtus) = ([], [])
        for place in places where !interfaces.isEmpty {
            guard let link = interfaces[place] else { continue }
            states.append(.integer(link.isOperational ? 1 : 0))
            mtus.append(.integer(UInt64(link.mtu)))
        }
    }

    /// Whether nothing has changed but counters. With the same interfaces names need not be compared.
    private func isUnchanged(_ contents: NamespaceReading.Contents, _ outer: LabelSet) -> Bool {
        guard let revision, contents.interfaceRevision === revision, contents.sessions.count == facts.count,
            outer == self.outer
        else { return false }
        return contents.sessions.indices.allSatisfy { index in
            contents.sessions[index].peerID == facts[index].peerID
                && contents.sessions[index].pseudowireType == facts[index].pseudowireType
        }
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

extension Link {
    /// Whether it can carry frames: its operational state is up, or unknown, which is what an interface says that has no
    /// way to tell more, while it is set up and has a carrier.
    fileprivate var isOperational: Bool {
        operationalState == .up || operationalState == .unknown && flags.isSuperset(of: [.up, .lowerUp])
    }
}
