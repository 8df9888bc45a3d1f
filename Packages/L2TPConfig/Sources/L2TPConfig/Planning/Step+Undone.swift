internal import L2TPModel

extension Step {
    /// What takes the step back, in order; also if it was done only in part. Steps are taken back in reverse.
    ///
    /// What was deleted is created again with the same MAC address, MTU, alias, addresses and master, in the same
    /// network namespace. Numbers of links and counters are new.
    public func undone() -> [Step] {
        switch self {
        case .modifySession(let key, let modification, let previous):
            [.modifySession(key, previous, previous: modification)]
        case .deleteSession(let session): [session.creation]
        case .deleteTunnel(let tunnel): [.createTunnel(tunnel.specification)] + tunnel.sessions.map(\.creation)
        case .createTunnel(let tunnel): [.deleteTunnel(TunnelSnapshot(specification: tunnel, sessions: []))]
        case .createSession(let session, _):
            [.deleteSession(SessionSnapshot(specification: session, interface: nil))]
        case .setUpInterface(let key, let setup, let previous):
            [.setUpInterface(key, setup.undone(to: previous), previous: previous.applying(setup))]
        }
    }
}

extension SessionSnapshot {
    /// What creates the session again.
    fileprivate var creation: Step { .createSession(specification, interface?.setup ?? InterfaceSetup()) }
}

extension InterfaceState {
    /// What makes a new interface like this one.
    fileprivate var setup: InterfaceSetup {
        InterfaceSetup(
            mtu: .bytes(link.mtu), macAddress: link.macAddress, alias: link.alias, isUp: link.isUp ? true : nil,
            addressesToAdd: keptAddresses, master: masterName.map { .named($0) },
            namespace: namespace.map { .named($0) })
    }

    /// The addresses that the kernel does not make by itself.
    fileprivate var keptAddresses: [AddressSpecification] {
        addresses.lazy.filter(link.keeps).map(\.specification)
    }

    /// The IPv4 addresses that come after those removed in the same network: to be after them again they have to be given
    /// again, or they are what the interface uses first.
    fileprivate func addresses(after removed: [AddressSpecification]) -> [AddressSpecification] {
        let removed = AddressSet(removed)
        var networks = RemovedNetworks()
        return addresses.compactMap { address in
            let specification = address.specification
            guard !removed.contains(specification) else {
                networks.insert(address)
                return nil
            }
            return networks.take(specification) && link.keeps(address) ? specification : nil
        }
    }

    /// How the interface is after a setup, as far as that can be told.
    fileprivate func applying(_ setup: InterfaceSetup) -> Self {
        var state = self
        if case .bytes(let mtu) = setup.mtu { state.link.mtu = mtu }
        if let address = setup.macAddress { state.link.macAddress = address }
        if let alias = setup.alias { state.link.alias = alias.isEmpty ? nil : alias }
        if setup.namespace != nil {
            state.link.isUp = false
            state.addresses = []
            state.masterName = nil
        }
        switch setup.namespace {
        case .named(let name): state.namespace = name
        case .tunnels: state.namespace = nil
        case nil: break
        }
        switch setup.master {
        case .named(let name): state.masterName = name
        case .some(.none): state.masterName = nil
        case nil: break
        }
        if let isUp = setup.isUp { state.link.isUp = isUp }
        let removed = AddressSet(setup.addressesToRemove)
        state.addresses.removeAll { removed.contains($0.specification) }
        let present = AddressSet(state.addresses)
        state.addresses += setup.addressesToAdd.lazy.filter { !present.contains($0) }.map { address in
            InterfaceAddress(
                linkIndex: link.index, address: address.address, peer: address.peer,
                prefixBitCount: address.prefixBitCount, skipsDuplicateDetection: address.skipsDuplicateDetection,
                isDynamic: address.attributes.lifetime?.isFinite ?? false, attributes: address.attributes)
        }
        return state
    }
}

extension InterfaceSetup {
    /// What makes an interface again what it was before this setup, done in whole or in part.
    fileprivate func undone(to previous: InterfaceState) -> Self {
        let isMoved = namespace != nil
        var setup = Self(
            mtu: mtu.map { _ in .bytes(previous.link.mtu) },
            macAddress: macAddress.flatMap { _ in previous.link.macAddress },
            alias: alias.map { _ in previous.link.alias ?? "" },
            isUp: isUp != nil || macAddress != nil || isMoved ? previous.link.isUp : nil)
        if master != nil || isMoved { setup.master = previous.masterName.map { .named($0) } ?? Master.none }
        if isMoved { setup.namespace = previous.namespace.map { .named($0) } ?? .tunnels }
        // Also what takes the setup back costs addresses, as setting the interface down again.
        let isTouched =
            !addressesToRemove.isEmpty || !addressesToAdd.isEmpty || losesIPv6Addresses(of: previous)
            || setup.losesIPv6Addresses(of: previous.applying(self))
        guard isTouched else { return setup }
        // Those that are still there are not given twice.
        setup.addressesToAdd = previous.keptAddresses
        if !isMoved {
            let before = AddressSet(previous.addresses)
            setup.addressesToRemove = addressesToAdd.filter { !before.contains($0) }
            setup.addressesToRemove += previous.addresses(after: addressesToRemove)
        }
        return setup
    }
}
