internal import L2TPModel
internal import L2TPWire

extension Planning {
    /// Compares the addresses of an interface with what is configured; all else of the setup is known already.
    ///
    /// Those that are recorded and no longer configured are taken away; others that nobody configured are left alone,
    /// which may mean to give them again. What is given again has the attributes that it had.
    func compareAddresses(
        _ configured: InterfaceConfiguration, with state: InterfaceState, _ record: Ownership.OwnedSession?,
        into comparison: inout Comparison
    ) {
        let isMoved = comparison.setup.namespace != nil
        let wanted = AddressSet(configured.addresses)
        let given = AddressSet(record?.addresses ?? [])
        var present = isMoved ? [] : state.addresses
        var removed: [InterfaceAddress] = []
        var removedNetworks = RemovedNetworks()
        present.removeAll { address in
            // Of IPv6 an interface has each but once, whatever the prefix: it has to make room for a configured one.
            let isReplaced = address.address.version == .v6 && wanted.contains(address.address)
            guard isReplaced || given.contains(address.specification), !wanted.contains(address.specification) else {
                return false
            }
            removed.append(address)
            removedNetworks.insert(address)
            return true
        }
        let there = AddressSet(present)
        let namespace = isMoved ? configured.namespace : state.namespace
        let kept = record?.kept.flatMap { $0.namespace == namespace ? $0.addresses(on: state.link.name) : nil } ?? []
        let keptSet = AddressSet(kept)
        let before = isMoved ? AddressSet(state.addresses) : there
        let setup = comparison.setup
        let losesIPv6 = setup.losesIPv6Addresses(of: state)
        func isLost(_ address: AddressSpecification) -> Bool {
            switch address.address {
            case .v4: removedNetworks.take(address)
            case .v6: losesIPv6
            }
        }
        var added = configured.addresses.compactMap { address -> AddressSpecification? in
            guard there.contains(address) else {
                if !before.contains(address) { comparison.note("interface.addresses", nil as String?, address) }
                return keptSet.addingAttributes(to: address)
            }
            return isLost(address) ? there.addingAttributes(to: address) : nil
        }
        for address in removed { comparison.note("interface.addresses", address.specification, nil as String?) }
        for address in kept
        where !wanted.contains(address) && !given.contains(address) && !there.contains(address) {
            comparison.note("interface.addresses", nil as String?, address)
            added.append(address)
        }
        for address in present where isLost(address.specification) && !wanted.contains(address.specification) {
            if state.link.keeps(address) { added.append(address.specification) }
        }
        if !setup.takesIPv6Addresses(of: state) {
            added.removeAll { $0.address.version == .v6 && !wanted.contains($0) }
        }
        comparison.setup.addressesToRemove = removed.map(\.specification)
        comparison.setup.addressesToAdd = added
    }
}
