internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// The configuration as TOML, as l2tp.toml(5) describes it: reading it gives the same values.
    ///
    /// Keys are in the order of l2tp.toml(5), and those that have their defaults are left out. The same configuration
    /// always gives the same text. What TOML has no key for is left out too: whether an address is used without
    /// duplicate address detection, and checksums of the IP version that the tunnel is not of. ``findings()`` should hold
    /// no error.
    ///
    /// - Parameters:
    ///   - withCookies: Whether cookies are written; without them a comment stands in their place.
    ///   - remarks: What to say about a part, as a comment above it. Remarks about what is not there stand at the end
    ///     of its table or of the text.
    /// - Returns: The text; it ends with a newline unless it is empty.
    public func toml(withCookies: Bool, remarks: [ConfigurationPath: String] = [:]) -> String {
        var writer = TOMLWriter(remarks: remarks)
        for tunnel in tunnels {
            writer.begin(tunnel.path)
            writer.write(tunnel.specification)
            for session in tunnel.sessions {
                let path = tunnel.path.appending("session", session.name)
                writer.begin(path)
                writer.write(session.specification, withCookies: withCookies)
                guard session.hasInterfaceKeys || writer.hasRemarks(below: path.appending("interface")) else {
                    continue
                }
                writer.begin(path.appending("interface"))
                writer.write(session.interface, name: session.specification.interfaceName)
            }
        }
        writer.finish()
        return writer.text
    }
}

extension SessionConfiguration {
    /// Whether anything about the interface is not by default.
    fileprivate var hasInterfaceKeys: Bool {
        specification.interfaceName != nil || interface != InterfaceConfiguration()
    }
}

extension TOMLWriter {
    fileprivate mutating func write(_ tunnel: TunnelSpecification) {
        write("local", tunnel.local.description)
        write("remote", tunnel.peer.description)
        switch tunnel.encapsulation {
        case .udp: skip("encap")
        case .ip: write("encap", "ip")
        // There is no word for it, and so the reader refuses it, as the kernel would.
        case .other(let number): write("encap", number)
        }
        write("tunnel_id", tunnel.id.rawValue)
        write("peer_tunnel_id", tunnel.peerID.rawValue)
        guard let udp = tunnel.encapsulation.udp else { return }
        write("udp_sport", udp.sourcePort)
        write("udp_dport", udp.destinationPort)
        switch tunnel.peer.version {
        case .v4: write("udp_csum", udp.ipv4Checksum, unless: false)
        case .v6:
            write("udp6_csum_tx", udp.ipv6TransmitChecksum, unless: true)
            write("udp6_csum_rx", udp.ipv6ReceiveChecksum, unless: true)
        }
    }

    fileprivate mutating func write(_ session: SessionSpecification, withCookies: Bool) {
        write("session_id", session.id.rawValue)
        write("peer_session_id", session.peerID.rawValue)
        for (key, cookie) in [("cookie", session.cookie), ("peer_cookie", session.peerCookie)] {
            switch cookie {
            case let cookie? where withCookies: write(key, cookie.hexadecimal)
            case _?:
                skip(key)
                comment("\(key) = …: left out; see --with-cookies")
            case nil: skip(key)
            }
        }
        switch session.l2SpecificSublayer {
        case .default: skip("l2spec_type")
        case .none: write("l2spec_type", "none")
        }
        switch (session.sendsSequenceNumbers, session.requiresSequenceNumbers) {
        case (false, false): skip("seq")
        case (true, false): write("seq", "send")
        case (false, true): write("seq", "recv")
        case (true, true): write("seq", "both")
        }
        if session.reorderTimeout == .zero {
            skip("reorder_timeout")
        } else {
            write("reorder_timeout", Self.text(of: session.reorderTimeout))
        }
        write("lns_mode", session.lnsMode, unless: false)
    }

    fileprivate mutating func write(_ interface: InterfaceConfiguration, name: InterfaceName?) {
        if let name { write("name", name.text) } else { skip("name") }
        switch interface.mtu {
        case .automatic: skip("mtu")
        case .bytes(let bytes): write("mtu", bytes)
        }
        switch interface.mac {
        case .stable: skip("mac")
        case .random: write("mac", "random")
        case .address(let address): write("mac", address.description)
        }
        write("up", interface.isUp, unless: true)
        if interface.addresses.isEmpty {
            skip("addresses")
        } else {
            write("addresses", literals: interface.addresses.map(Self.literal))
        }
        switch interface.master {
        case nil: break
        case .bridge(let bridge): write("bridge", bridge.text)
        case .vrf(let vrf): write("vrf", vrf.text)
        }
        if let namespace = interface.namespace { write("netns", namespace) }
    }

    private mutating func write(_ key: String, _ value: Bool, unless usual: Bool) {
        if value == usual { skip(key) } else { write(key, value) }
    }

    private static func text(of duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        return milliseconds == 0 ? "\(seconds)s" : "\(Int128(seconds) * 1000 + Int128(milliseconds))ms"
    }

    private static func literal(_ address: AddressSpecification) -> String {
        let quoted = { (text: String) in ConfigurationPath.quoted(text) }
        guard let peer = address.peer else { return quoted("\(address.address)/\(address.prefixBitCount)") }
        let whole: UInt8 = peer.version == .v4 ? 32 : 128
        let prefix = address.prefixBitCount == whole ? "" : ", prefix = \(address.prefixBitCount)"
        return "{ local = \(quoted("\(address.address)")), peer = \(quoted("\(peer)"))\(prefix) }"
    }
}
