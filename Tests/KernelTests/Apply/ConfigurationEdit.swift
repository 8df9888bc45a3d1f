import L2TPConfig
import L2TPModel
import L2TPWire

/// An edit of one thing in a configuration's file.
enum ConfigurationEdit: String, CaseIterable, Sendable {
    case local, remote, encap, tunnelID, peerTunnelID, sourcePort, destinationPort
    case udpChecksum, udp6TransmitChecksum, udp6ReceiveChecksum
    case sessionID, peerSessionID, cookie, peerCookie, sublayer, sequence, reorderTimeout, lnsMode
    case name, mtu, automaticMTU, mac, randomMAC, up
    case addressAdded, addressRemoved, addressPrefix, addressPeer
    case bridge, noBridge, vrf, noVRF, netns, noNetns
    case tunnelAdded, tunnelRemoved, sessionAdded, sessionRemoved

    /// A change as a plan has to label it.
    struct Label: Hashable, Sendable, CustomStringConvertible {
        var action: Change.Action
        var object: Change.Object
        /// The keys of the attributes that differ.
        var keys: Set<String>

        init(_ action: Change.Action, _ object: Change.Object, _ keys: Set<String> = []) {
            self.action = action
            self.object = object
            self.keys = keys
        }

        init(_ change: Change) {
            self.init(change.action, change.object, Set(change.attributes.map(\.key)))
        }

        var description: String { "\(action) \(object) \(keys.sorted().joined(separator: " "))" }
    }

    /// Makes the edit somewhere in a configuration.
    ///
    /// - Returns: What a plan has to say to it, by a table of its own; nil if there is nothing to edit that way.
    func make(in configuration: inout Configuration, _ random: inout RandomPseudowires) -> Set<Label>? {
        switch self {
        case .tunnelAdded:
            var tunnel = random.tunnel("t9")
            tunnel.sessions = [random.session("s0", in: tunnel.specification.id)]
            configuration.tunnels.append(tunnel)
            return tunnel.labels(.create)
        case .tunnelRemoved:
            guard configuration.tunnels.count > 1 else { return nil }
            return configuration.tunnels.remove(at: 0).labels(.delete)
        default: break
        }
        let places = configuration.tunnels.indices.shuffled(using: &random.generator)
        for index in places {
            if let labels = make(in: &configuration.tunnels[index], &random) { return labels }
        }
        return nil
    }

    private func make(in tunnel: inout TunnelConfiguration, _ random: inout RandomPseudowires) -> Set<Label>? {
        switch self {
        case .sessionAdded:
            let session = random.session("s9", in: tunnel.specification.id)
            tunnel.sessions.append(session)
            return [Label(.create, .session(session.specification.key))]
        case .sessionRemoved:
            guard !tunnel.sessions.isEmpty else { return nil }
            return [Label(.delete, .session(tunnel.sessions.remove(at: 0).specification.key))]
        case .tunnelID:
            let before = tunnel
            tunnel.specification.id = TunnelID(random.unique(1000))
            for index in tunnel.sessions.indices {
                tunnel.sessions[index].specification.tunnelID = tunnel.specification.id
            }
            return before.labels(.delete).union(tunnel.labels(.create))
        default: break
        }
        let before = tunnel
        if let keys = edit(&tunnel.specification, &random) {
            // All sessions come with the tunnel, whatever of theirs follows it.
            let labels = zip(before.sessions, tunnel.sessions).map { old, new in
                Label(.recreate, .session(old.specification.key), old.following(before, to: tunnel))
            }
            return Set([Label(.recreate, .tunnel(tunnel.specification.id), keys)] + labels)
        }
        for index in tunnel.sessions.indices.shuffled(using: &random.generator) {
            let old = tunnel.sessions[index]
            guard let (action, keys) = edit(&tunnel.sessions[index], &random) else { continue }
            let new = tunnel.sessions[index]
            if self == .automaticMTU, old.mtu(in: tunnel) == new.mtu(in: tunnel) {
                // The number that was given is the automatic one.
                return []
            }
            switch action {
            case nil: return []
            case .create?:
                return [
                    Label(.delete, .session(old.specification.key)), Label(.create, .session(new.specification.key)),
                ]
            case let action?:
                // An automatic MTU follows cookie and sublayer.
                let isWider = old.automaticMTU(in: tunnel) != new.automaticMTU(in: tunnel)
                let more: Set<String> = action == .recreate && isWider ? ["interface.mtu"] : []
                return [Label(action, .session(old.specification.key), keys.union(more))]
            }
        }
        return nil
    }

    /// Edits a tunnel; the keys that differ then, all of which force its re-creation.
    private func edit(_ tunnel: inout TunnelSpecification, _ random: inout RandomPseudowires) -> Set<String>? {
        var udp = tunnel.encapsulation.udp
        let keys: Set<String>
        switch self {
        case .local:
            let all = tunnel.local.version == .v4 ? ApplySite.local4 : ApplySite.local6
            tunnel.local = all[0] == tunnel.local ? all[1] : all[0]
            return ["local"]
        case .remote:
            let all = tunnel.peer.version == .v4 ? ApplySite.peers4 : ApplySite.peers6
            tunnel.peer = all[0] == tunnel.peer ? all[1] : all[0]
            return ["remote"]
        case .encap:
            tunnel.encapsulation = udp == nil ? .udp(random.udp(tunnel.peer.version)) : .ip
            return ["encap", "udp_sport", "udp_dport"]
        case .peerTunnelID:
            tunnel.peerID = TunnelID(tunnel.peerID.rawValue ^ 1 | 2)
            return ["peer_tunnel_id"]
        case .sourcePort:
            udp?.sourcePort = UInt16(random.unique(5000))
            keys = ["udp_sport"]
        case .destinationPort:
            udp?.destinationPort ^= 0x8000
            if udp?.destinationPort == 0 { return nil }
            keys = ["udp_dport"]
        case .udpChecksum:
            guard tunnel.peer.version == .v4 else { return nil }
            udp?.ipv4Checksum.toggle()
            keys = ["udp_csum"]
        case .udp6TransmitChecksum:
            guard tunnel.peer.version == .v6 else { return nil }
            udp?.ipv6TransmitChecksum.toggle()
            keys = ["udp6_csum_tx"]
        case .udp6ReceiveChecksum:
            guard tunnel.peer.version == .v6 else { return nil }
            udp?.ipv6ReceiveChecksum.toggle()
            keys = ["udp6_csum_rx"]
        default: return nil
        }
        guard let udp else { return nil }
        tunnel.encapsulation = .udp(udp)
        return keys
    }

    /// Edits a session or its interface; what that is, with the keys that differ then. `create` stands for another
    /// session, no action for what makes no difference.
    private func edit(
        _ session: inout SessionConfiguration, _ random: inout RandomPseudowires
    ) -> (Change.Action?, Set<String>)? {
        let isPlain = session.specification.sequenceWord == "none"
        switch self {
        case .sessionID:
            session.specification.id = SessionID(random.unique(2000))
            return (.create, [])
        case .peerSessionID:
            session.specification.peerID = SessionID(session.specification.peerID.rawValue ^ 1 | 2)
            return (.recreate, ["peer_session_id"])
        case .cookie:
            let old = session.specification.cookie
            repeat { session.specification.cookie = random.cookie() } while session.specification.cookie == old
            return (.recreate, ["cookie"])
        case .peerCookie:
            let old = session.specification.peerCookie
            repeat { session.specification.peerCookie = random.cookie() } while session.specification.peerCookie == old
            return (.recreate, ["peer_cookie"])
        case .sublayer:
            guard isPlain else { return nil }
            let sublayer = session.specification.l2SpecificSublayer
            session.specification.l2SpecificSublayer = sublayer == .none ? .default : .none
            return (.recreate, ["l2spec_type"])
        case .sequence:
            guard session.specification.l2SpecificSublayer == .default else { return nil }
            if random.chance(2) {
                session.specification.sendsSequenceNumbers.toggle()
            } else {
                session.specification.requiresSequenceNumbers.toggle()
            }
            return (.modify, ["seq"])
        case .reorderTimeout:
            let milliseconds = (session.specification.reorderTimeout.milliseconds + 40) % 1000
            session.specification.reorderTimeout = .milliseconds(milliseconds)
            return (.modify, ["reorder_timeout"])
        case .lnsMode:
            session.specification.lnsMode.toggle()
            return (.modify, ["lns_mode"])
        case .name:
            session.specification.interfaceName = try? InterfaceName("re\(random.unique(1))")
            return (.recreate, ["interface.name"])
        default: return edit(&session.interface, &random).map { ($0.isEmpty ? nil : .link, $0) }
        }
    }

    /// Edits an interface; the keys that differ then.
    private func edit(_ interface: inout InterfaceConfiguration, _ random: inout RandomPseudowires) -> Set<String>? {
        switch (self, interface.master) {
        case (.mtu, _):
            guard case .bytes(let bytes) = interface.mtu else { return nil }
            interface.mtu = .bytes(bytes < 1290 ? bytes + 1 : bytes - 1)
            return ["interface.mtu"]
        case (.automaticMTU, _):
            // 1279 and less are no MTU of ours, nor is more than any path leaves.
            interface.mtu = interface.mtu == .automatic ? .bytes(1281) : .automatic
            return ["interface.mtu"]
        case (.mac, _):
            interface.mac = .address(random.macAddress())
            return ["interface.mac"]
        case (.randomMAC, _):
            guard interface.mac != .random else { return nil }
            interface.mac = .random
            return []
        case (.up, _):
            interface.isUp.toggle()
            return ["interface.up"]
        case (.addressAdded, _):
            interface.addresses.append(random.address())
            return ["interface.addresses"]
        case (.addressRemoved, _):
            guard !interface.addresses.isEmpty else { return nil }
            interface.addresses.remove(at: Int(random.generator.next() % UInt64(interface.addresses.count)))
            return ["interface.addresses"]
        case (.addressPrefix, _):
            guard let index = interface.addresses.firstIndex(where: { $0.peer == nil }) else { return nil }
            let count = interface.addresses[index].prefixBitCount
            interface.addresses[index].prefixBitCount = count % 32 == 0 ? count - 1 : count + 1
            return ["interface.addresses"]
        case (.addressPeer, _):
            guard let index = interface.addresses.firstIndex(where: { $0.peer != nil }) else { return nil }
            interface.addresses[index].peer = nil
            return ["interface.addresses"]
        case (.bridge, .bridge(let name)):
            guard let other = random.bridge(), other.name != name else { return nil }
            interface.master = other
            return ["interface.bridge"]
        case (.bridge, _):
            interface.master = random.bridge()
            return ["interface.bridge"]
        case (.noBridge, .bridge):
            interface.master = nil
            return ["interface.bridge"]
        case (.vrf, .vrf(let name)):
            guard let other = random.router(), other.name != name else { return nil }
            interface.master = other
            return ["interface.vrf"]
        case (.vrf, _):
            interface.master = random.router()
            return ["interface.vrf"]
        case (.noVRF, .vrf):
            interface.master = nil
            return ["interface.vrf"]
        case (.netns, _):
            guard interface.namespace == nil else { return nil }
            interface.namespace = random.far
            return ["interface.netns"]
        case (.noNetns, _):
            guard interface.namespace != nil else { return nil }
            interface.namespace = nil
            return ["interface.netns"]
        default: return nil
        }
    }
}

extension TunnelConfiguration {
    /// The same label for the tunnel and all its sessions.
    fileprivate func labels(_ action: Change.Action) -> Set<ConfigurationEdit.Label> {
        Set(
            [.init(action, .tunnel(specification.id))]
                + sessions.map { .init(action, .session($0.specification.key)) })
    }
}

extension SessionConfiguration {
    /// What the MTU is to be: by its own reckoning, not the library's. IP header, UDP header, L2TP over UDP, session
    /// identifier, sublayer, cookie, Ethernet header.
    func mtu(in tunnel: TunnelConfiguration) -> UInt32 {
        if case .bytes(let bytes) = interface.mtu { return bytes }
        let specification = tunnel.specification
        var bytes = ApplySite.pathMTU(to: specification.peer)
        bytes -= specification.peer.version == .v4 ? 20 : 40
        bytes -= specification.encapsulation == .ip ? 0 : 8 + 4
        bytes -= 4 + 14
        bytes -= self.specification.l2SpecificSublayer == .default ? 4 : 0
        return bytes - UInt32(self.specification.cookie?.byteCount ?? 0)
    }

    /// The MTU if it is automatic.
    fileprivate func automaticMTU(in tunnel: TunnelConfiguration) -> UInt32? {
        interface.mtu == .automatic ? mtu(in: tunnel) : nil
    }

    /// The keys of what follows a tunnel that becomes another.
    fileprivate func following(_ before: TunnelConfiguration, to after: TunnelConfiguration) -> Set<String> {
        var keys: Set<String> = []
        if automaticMTU(in: before) != automaticMTU(in: after) { keys.insert("interface.mtu") }
        if interface.mac == .stable, before.specification.local != after.specification.local {
            keys.insert("interface.mac")
        }
        return keys
    }
}
