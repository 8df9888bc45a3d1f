internal import L2TPModel
internal import L2TPWire

extension Planning {
    /// Compares the addresses of an interface with what is configured; all else of the setup is known already.
    ///
    /// Those that are recorded and no longer configured are taken away; others that nobody configured are left alone,
    /// which may mean to give them again.
    func compareAddresses(
        _ configured: InterfaceConfiguration, with state: InterfaceState, _ record: Ownership.OwnedSession?,
        into comparison: inout Comparison
    ) {
        let isMoved = comparison.setup.namespace != nil
        var present = isMoved ? [] : state.addresses
        var removed: [InterfaceAddress] = []
        present.removeAll { address in
            let isRemoved = configured.replaces(address) || record?.gave(address.specification) ?? false
            guard isRemoved, !configured.has(address.specification) else { return false }
            removed.append(address)
            return true
        }
        let setup = comparison.setup
        let losesIPv6 = setup.losesIPv6Addresses(of: state)
        func isLost(_ address: InterfaceAddress) -> Bool {
            switch address.address {
            case .v4: removed.contains { $0.isPrimary(for: address) }
            case .v6: losesIPv6
            }
        }
        var added = configured.addresses.filter { wanted in
            guard let there = present.first(where: { $0.specification.isSame(as: wanted) }) else {
                if isMoved && state.addresses.contains(where: { $0.specification.isSame(as: wanted) }) { return true }
                comparison.note("interface.addresses", nil as String?, wanted)
                return true
            }
            return isLost(there)
        }
        for address in removed { comparison.note("interface.addresses", address.specification, nil as String?) }
        let namespace = isMoved ? configured.namespace : state.namespace
        if let kept = record?.kept, kept.namespace == namespace {
            for address in kept.addresses.lazy.map(\.specification)
            where !configured.has(address) && !(record?.gave(address) ?? false)
                && !present.contains(where: { $0.specification.isSame(as: address) })
            {
                comparison.note("interface.addresses", nil as String?, address)
                added.append(address)
            }
        }
        for address in present where isLost(address) && !configured.has(address.specification) {
            if state.link.keeps(address) { added.append(address.specification) }
        }
        if !setup.takesIPv6Addresses(of: state) { added.removeAll { $0.address.version == .v6 && !configured.has($0) } }
        comparison.setup.addressesToRemove = removed.map(\.specification)
        comparison.setup.addressesToAdd = added
    }
}

extension InterfaceConfiguration {
    /// Whether an address is configured.
    fileprivate func has(_ address: AddressSpecification) -> Bool {
        addresses.contains { $0.isSame(as: address) }
    }

    /// Whether an address has to make room for a configured one: of IPv6 an interface has each but once, whatever the
    /// prefix.
    fileprivate func replaces(_ present: InterfaceAddress) -> Bool {
        present.address.version == .v6 && addresses.contains { $0.address == present.address }
    }
}
