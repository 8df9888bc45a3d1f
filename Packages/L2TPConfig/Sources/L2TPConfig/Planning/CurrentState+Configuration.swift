internal import L2TPModel
internal import L2TPWire

extension CurrentState {
    /// What there is as a configuration, whoever has created it: a plan for it finds nothing to do.
    ///
    /// What is recorded has its name and what the kernel does not tell; other tunnels are named by their identifiers, as
    /// `tunnel-3000`, and sessions by their interfaces. What no configuration can ask for is left out, which a remark
    /// tells: other versions than L2TPv3, pseudowires that are not of Ethernet, masters that are neither bridges nor VRFs,
    /// and addresses that come by themselves or are there for a time only.
    ///
    /// - Parameter owned: What is recorded.
    /// - Returns: The configuration, and what there is to say about its parts.
    public func configuration(
        _ owned: Ownership
    ) -> (configuration: Configuration, remarks: [ConfigurationPath: String]) {
        var saving = Saving(self, owned)
        return (saving.configuration(), saving.remarks.mapValues { $0.joined(separator: "\n") })
    }
}

/// A configuration in the making, of what there is.
private struct Saving {
    private let state: CurrentState
    private let owned: Ownership
    private let links: LinkIndex
    private let members: [TunnelID: [Session]]
    private(set) var remarks: [ConfigurationPath: [String]] = [:]

    init(_ state: CurrentState, _ owned: Ownership) {
        self.state = state
        self.owned = owned
        links = LinkIndex(state)
        members = Dictionary(grouping: state.sessions, by: \.tunnelID)
    }

    mutating func configuration() -> Configuration {
        var names = Names()
        var tunnels: [TunnelConfiguration] = []
        // Recorded names first: those do not give way.
        for (tunnel, record) in state.tunnels.map({ ($0, owned.owns($0) ? owned.tunnels[$0.id] : nil) })
            .sorted(by: { ($0.1 == nil ? 1 : 0, $0.0.id) < ($1.1 == nil ? 1 : 0, $1.0.id) })
        {
            if let reason = tunnel.reasonAgainstConfiguration {
                note(ConfigurationPath(), "tunnel \(tunnel.id) is left out: \(reason)")
                continue
            }
            let specification = owned.specification(of: tunnel) ?? TunnelSpecification(tunnel)
            var configuration = TunnelConfiguration(
                name: names.take(record?.name ?? "tunnel-\(tunnel.id)"), specification: specification)
            configuration.sessions = sessions(of: configuration)
            tunnels.append(configuration)
        }
        return Configuration(tunnels: tunnels.sorted { $0.name < $1.name })
    }

    private mutating func sessions(of tunnel: TunnelConfiguration) -> [SessionConfiguration] {
        var names = Names()
        var ids: Set<SessionID> = []
        var sessions: [SessionConfiguration] = []
        let found = (members[tunnel.specification.id] ?? []).map {
            FoundSession($0, owned.sessions[$0.key], state.interfaces[$0.key])
        }
        for found in found.sorted(by: { ($0.isOwned ? 0 : 1, $0.session.id) < ($1.isOwned ? 0 : 1, $1.session.id) }) {
            let session = found.session
            guard ids.insert(session.id).inserted else { continue }
            guard session.pseudowireType == .ethernet else {
                note(
                    tunnel.path, "session \(session.id) is left out: it carries \(session.pseudowireType), not Ethernet"
                )
                continue
            }
            let usualName = session.interfaceName.flatMap { ConfigurationPath.isBare($0) ? $0 : nil }
            let name = names.take(found.record?.name ?? usualName ?? "session-\(session.id)")
            let path = tunnel.path.appending("session", name)
            if !found.isOwned {
                note(path.appending("l2spec_type"), "not known: the kernel does not tell it of a session")
            }
            let specification = found.specification
            sessions.append(
                SessionConfiguration(
                    name: name, specification: specification,
                    interface: interface(of: found, specification, in: tunnel.specification, path)))
        }
        return sessions.sorted { $0.name < $1.name }
    }

    private mutating func interface(
        of found: FoundSession, _ session: SessionSpecification, in tunnel: TunnelSpecification,
        _ path: ConfigurationPath
    ) -> InterfaceConfiguration {
        guard let state = found.interface else {
            note(
                path.appending("interface"),
                "cannot be found: it may have been renamed or moved to another network namespace")
            return InterfaceConfiguration()
        }
        let link = state.link
        let path = path.appending("interface")
        var interface = InterfaceConfiguration(
            mtu: automaticMTU(of: session, in: tunnel) == link.mtu ? .automatic : .bytes(link.mtu),
            isUp: link.isUp, namespace: state.namespace)
        if let address = link.macAddress, address != stableAddress(of: session, in: tunnel) {
            interface.mac = .address(address)
        }
        for address in state.addresses {
            let isOurs = found.record?.gave(address.specification) ?? false
            if isOurs || link.keeps(address) && !address.isDynamic {
                var specification = address.specification
                specification.attributes = AddressAttributes()
                interface.addresses.append(specification)
                if !address.attributes.isEmpty {
                    note(
                        path.appending("addresses"),
                        "\(specification) has a broadcast address, scope, label, metric, lifetime or flags, which are left out"
                    )
                }
            } else if address.isDynamic {
                let reason = address.isAutomatic ? "it comes by itself" : "it is there for a time only"
                note(path.appending("addresses"), "\(address.specification) is left out: \(reason)")
            }
        }
        if let name = state.masterName {
            let master = try? InterfaceName(name)
            switch (links[name, in: state.namespace]?.kind, master) {
            case ("bridge", let master?): interface.master = .bridge(master)
            case ("vrf", let master?): interface.master = .vrf(master)
            case (let kind, _):
                note(path, "belongs to \(name)\(kind.map { ", of kind \($0)" } ?? ""), which is left out")
            }
        }
        return interface
    }

    /// The MTU that the path to the peer leaves; nil if that is not known.
    private func automaticMTU(of session: SessionSpecification, in tunnel: TunnelSpecification) -> UInt32? {
        state.pathMTUs[tunnel.id].map { tunnel.interfaceMTU(of: session, pathMTU: $0) }
    }

    private func stableAddress(of session: SessionSpecification, in tunnel: TunnelSpecification) -> MACAddress? {
        state.machineID.map {
            StableMACAddress.address(machine: $0, local: tunnel.local, tunnelID: tunnel.id, sessionID: session.id)
        }
    }

    private mutating func note(_ path: ConfigurationPath, _ remark: String) {
        remarks[path, default: []].append(remark)
    }
}

/// Names that are given once.
private struct Names {
    private var taken: Set<String> = []

    /// A name, with a number behind it if it is taken.
    mutating func take(_ name: String) -> String {
        var candidate = name
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name)-\(number)"
            number += 1
        }
        return candidate
    }
}

extension FoundSession {
    /// What creates the session again: what it was created from, if that is recorded and the kernel has not been told
    /// otherwise since.
    fileprivate var specification: SessionSpecification {
        guard let recorded = matching.first else {
            return SessionSpecification(session, .default).withConfigurableTimeout
        }
        if session.differences(from: recorded).allSatisfy(\.mayBeKernels) { return recorded }
        return SessionSpecification(session, recorded.l2SpecificSublayer).withConfigurableTimeout
    }
}

extension SessionSpecification {
    /// The same with a reorder timeout that can be asked for: what the kernel has rounded up can be longer.
    fileprivate var withConfigurableTimeout: Self {
        var specification = self
        specification.reorderTimeout = min(reorderTimeout, .milliseconds(Int64(Int32.max)))
        return specification
    }
}

extension Tunnel {
    /// Why no configuration can ask for the tunnel; nil if one can.
    fileprivate var reasonAgainstConfiguration: String? {
        if protocolVersion != .v3 { return "it is an \(protocolVersion) tunnel" }
        if local == nil || peer == nil { return "its socket is closed" }
        if encapsulation.kind == nil { return "its encapsulation is not known here" }
        return nil
    }
}
