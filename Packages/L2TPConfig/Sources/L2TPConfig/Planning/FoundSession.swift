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

    /// What its interface has beside what is configured and would lose with it: what somebody else has given it, which can
    /// be the attributes of a configured address, and what a run that was killed has not given back yet. Nil if there is no
    /// interface and nothing kept.
    ///
    /// - Parameter configured: How the interface is to be.
    /// - Returns: The interface; of the addresses that were given to it, it has those with attributes that it is still to
    ///   have.
    func kept(for configured: InterfaceConfiguration) -> InterfaceState? {
        let earlier = record?.kept(for: configured)
        guard var state = interface else { return earlier }
        let (given, wanted) = (AddressSet(record?.addresses ?? []), AddressSet(configured.addresses))
        let link = state.link
        state.addresses.removeAll { address in
            let specification = address.specification
            let isPlain = address.attributes.isEmpty || !wanted.contains(specification)
            return !link.keeps(address) || isPlain && given.contains(specification)
        }
        if let master = state.masterName, record?.gave(to: master) ?? false { state.masterName = nil }
        guard var kept = earlier else { return state }
        guard kept.namespace == state.namespace else { return kept }
        let known = AddressSet(kept.addresses)
        kept.addresses += state.addresses.filter { !known.contains($0.specification) }
        kept.masterName = state.masterName ?? kept.masterName
        return kept
    }
}

extension Ownership.OwnedSession {
    /// What is recorded as kept, without what was given as configured and is not to be there any more.
    func kept(for configured: InterfaceConfiguration) -> InterfaceState? {
        guard var kept else { return nil }
        let (given, wanted) = (AddressSet(addresses), AddressSet(configured.addresses))
        kept.addresses.removeAll { given.contains($0.specification) && !wanted.contains($0.specification) }
        return kept
    }
}

extension Link {
    /// Whether an address of the link is to be given again to one that takes its place: the kernel does not make it by
    /// itself, as it does the link-local one of the MAC address (RFC 4291, appendix A), and its time is not over.
    package func keeps(_ address: InterfaceAddress) -> Bool {
        guard !address.isAutomatic, address.attributes.lifetime?.valid != 0 else { return false }
        guard case .v6(let ipv6) = address.address, ipv6.isLinkLocal, let number = macAddress?.number else {
            return true
        }
        let interfaceID = (number >> 24 ^ 0x02_0000) << 40 | 0xff_fe00_0000 | number & 0xff_ffff
        return ipv6.low != interfaceID
    }
}
