package import L2TPModel

/// A session as it was found, with what is recorded of it if it is owned.
struct FoundSession {
    let session: Session
    /// Its interface; nil if it could not be found.
    let interface: InterfaceState?
    /// What is recorded; nil if the session is not owned.
    let record: Ownership.OwnedSession?
    /// The recorded specifications that it can have been created from; more than one if a run was killed. None if it
    /// is not owned.
    let matching: [SessionSpecification]

    /// - Parameters:
    ///   - session: The session.
    ///   - record: What is recorded under its identifiers.
    ///   - interface: Its interface.
    init(_ session: Session, _ record: Ownership.OwnedSession?, _ interface: InterfaceState?) {
        self.session = session
        self.interface = interface
        let matching = record?.specifications.filter(session.mayHaveBeenCreated) ?? []
        self.matching = matching
        self.record = matching.isEmpty ? nil : record
    }

    /// Whether it is recorded and is what was recorded.
    var isOwned: Bool { record != nil }

    /// What its interface has beside what is configured and would lose with it: what somebody else has given it, and
    /// what a run that was killed has not given back yet. Nil if there is no interface and nothing kept.
    var kept: InterfaceState? {
        guard var state = interface else { return record?.kept }
        let given = AddressSet(record?.addresses ?? [])
        let link = state.link
        state.addresses.removeAll { given.contains($0.specification) || !link.keeps($0) }
        if let master = state.masterName, record?.gave(to: master) ?? false { state.masterName = nil }
        guard var kept = record?.kept else { return state }
        guard kept.namespace == state.namespace else { return kept }
        let known = AddressSet(kept.addresses)
        kept.addresses += state.addresses.filter { !known.contains($0.specification) }
        kept.masterName = state.masterName ?? kept.masterName
        return kept
    }
}

extension Link {
    /// Whether an address of the link is to be given again to one that takes its place: it does not come by itself, as
    /// those with a lifetime and the link-local one that is made of the MAC address (RFC 4291, appendix A).
    package func keeps(_ address: InterfaceAddress) -> Bool {
        guard !address.isDynamic else { return false }
        guard case .v6(let ipv6) = address.address, ipv6.isLinkLocal, let number = macAddress?.number else {
            return true
        }
        let interfaceID = (number >> 24 ^ 0x02_0000) << 40 | 0xff_fe00_0000 | number & 0xff_ffff
        return ipv6.low != interfaceID
    }
}
