internal import L2TPModel
internal import L2TPWire

extension Planning {
    /// What the interface of a session needs that is created.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - tunnel: Its tunnel.
    ///   - kept: What the interface of the session in whose place it comes had beside what was configured, as
    ///     ``FoundSession/kept(for:)`` tells.
    /// - Returns: The setup of a new interface, which is down and has nothing.
    mutating func setup(
        of session: SessionConfiguration, in tunnel: TunnelConfiguration, inheriting kept: InterfaceState?
    ) -> InterfaceSetup {
        let configured = session.interface
        var setup = InterfaceSetup(
            mtu: configured.mtu, macAddress: macAddress(of: session, in: tunnel) ?? kept?.link.macAddress,
            alias: kept?.link.alias, isUp: configured.isUp ? true : nil, addressesToAdd: configured.addresses,
            master: (configured.master?.name.text ?? inheritedMaster(of: kept, in: configured.namespace)).map {
                .named($0)
            },
            namespace: configured.namespace.map { .named($0) })
        guard let kept, kept.namespace == configured.namespace else { return setup }
        // Where the kernel chooses the name it is not known yet.
        let name = session.specification.interfaceName.flatMap { $0.isPattern ? nil : $0.text }
        let keptAddresses = kept.addresses(on: name)
        let (wanted, had) = (AddressSet(configured.addresses), AddressSet(keptAddresses))
        setup.addressesToAdd = configured.addresses.map(had.addingAttributes(to:))
        setup.addressesToAdd += keptAddresses.filter { !wanted.contains($0) }
        return setup
    }

    /// Compares the interface of a session that exists with what is configured.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - tunnel: Its tunnel.
    ///   - state: The interface.
    ///   - record: What is recorded of the session if it is owned.
    ///   - comparison: Where what differs is noted.
    mutating func compare(
        _ session: SessionConfiguration, in tunnel: TunnelConfiguration, with state: InterfaceState,
        _ record: Ownership.OwnedSession?, into comparison: inout Comparison
    ) {
        let configured = session.interface
        compareNamespace(configured.namespace, with: state, record, into: &comparison)
        if let mtu = mtu(of: session, in: tunnel, link: state.link), mtu != state.link.mtu {
            comparison.setup.mtu = .bytes(mtu)
            comparison.note("interface.mtu", state.link.mtu, mtu)
        }
        if let address = macAddress(of: session, in: tunnel) ?? record?.kept?.link.macAddress,
            address != state.link.macAddress
        {
            comparison.setup.macAddress = address
            comparison.note("interface.mac", state.link.macAddress, address)
        }
        if let alias = record?.kept?.link.alias, state.link.alias == nil {
            comparison.setup.alias = alias
            comparison.note("interface.alias", nil as String?, alias)
        }
        compareMaster(configured, with: state, record, into: &comparison)
        if configured.isUp != state.link.isUp {
            comparison.setup.isUp = configured.isUp
            comparison.note("interface.up", state.link.isUp, configured.isUp)
        } else if configured.isUp, comparison.setup.namespace != nil || comparison.setup.macAddress != nil {
            // It arrives there down, and takes no other MAC address while it is up.
            comparison.setup.isUp = true
        }
        compareAddresses(configured, with: state, record, into: &comparison)
    }

    private mutating func compareNamespace(
        _ configured: String?, with state: InterfaceState, _ record: Ownership.OwnedSession?,
        into comparison: inout Comparison
    ) {
        if let configured {
            guard state.namespace != configured else { return }
            comparison.setup.namespace = .named(configured)
        } else {
            guard let namespace = state.namespace, record?.moved(to: namespace) ?? false else { return }
            comparison.setup.namespace = .tunnels
        }
        comparison.note("interface.netns", state.namespace, configured)
    }

    private mutating func compareMaster(
        _ configured: InterfaceConfiguration, with state: InterfaceState, _ record: Ownership.OwnedSession?,
        into comparison: inout Comparison
    ) {
        let isMoved = comparison.setup.namespace != nil
        let present = isMoved ? nil : state.masterName
        let namespace = isMoved ? configured.namespace : state.namespace
        let wanted: String?
        if let name = configured.master?.name.text {
            wanted = name
        } else if let present {
            wanted = record?.gave(to: present) ?? false ? nil : present
        } else {
            wanted = inheritedMaster(of: record?.kept, in: namespace)
        }
        if wanted != present { comparison.setup.master = wanted.map { .named($0) } ?? InterfaceSetup.Master.none }
        guard wanted != state.masterName else { return }
        let key =
            switch configured.master {
            case .bridge: "interface.bridge"
            case .vrf: "interface.vrf"
            case nil:
                links[wanted ?? state.masterName ?? "", in: state.namespace]?.kind == "vrf"
                    ? "interface.vrf" : "interface.bridge"
            }
        comparison.note(key, state.masterName, wanted)
    }

    /// What somebody else has given an interface to, if that still exists.
    private mutating func inheritedMaster(of kept: InterfaceState?, in namespace: String?) -> String? {
        guard let kept, let name = kept.masterName, kept.namespace == namespace, links[name, in: namespace] != nil
        else { return nil }
        return name
    }

    /// The MAC address that is configured; nil if any is right.
    private func macAddress(of session: SessionConfiguration, in tunnel: TunnelConfiguration) -> MACAddress? {
        switch session.interface.mac {
        case .address(let address): address
        case .random: nil
        case .stable:
            current.machineID.map {
                StableMACAddress.address(
                    machine: $0, local: tunnel.specification.local, tunnelID: tunnel.specification.id,
                    sessionID: session.specification.id)
            }
        }
    }

    /// The MTU that is configured; nil if it is automatic and the path is not known, or gives one that the link does
    /// not take.
    private func mtu(of session: SessionConfiguration, in tunnel: TunnelConfiguration, link: Link) -> UInt32? {
        switch session.interface.mtu {
        case .bytes(let mtu): return mtu
        case .automatic:
            guard let path = current.pathMTUs[tunnel.specification.id] else { return nil }
            let mtu = tunnel.specification.interfaceMTU(of: session.specification, pathMTU: path)
            return mtu >= link.minimumMTU && mtu <= link.maximumMTU ?? .max ? mtu : nil
        }
    }
}

extension Comparison {
    /// Notes an attribute of the interface, which never forces re-creation.
    mutating func note(_ key: String, _ old: (some CustomStringConvertible)?, _ new: (some CustomStringConvertible)?) {
        attributes.append(AttributeChange(key, old: old?.description, new: new?.description))
    }
}
