import L2TPConfig
import L2TPConfigTOML
import L2TPModel
import L2TPWire
import Testing

/// Configurations as files, written here without the writer that is under test.
enum ConfigurationText {
    /// Files with cookies for `cookie_file`.
    struct Secrets: SecretReader {
        var files: [String: String] = [:]

        func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
            guard let text = files[path] else { throw SecretError("No such file or directory") }
            return (text, false)
        }
    }

    /// The text of a file that says the same.
    static func text(_ configuration: Configuration) -> String {
        configuration.tunnels.map(text).joined(separator: "\n")
    }

    /// The configuration after its way through a file's text.
    static func reread(
        _ configuration: Configuration, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws -> Configuration {
        let text = text(configuration)
        let file = ConfigurationFile(name: "/etc/l2tp/test.toml", text: text)
        let reading = ConfigurationLoader().load([file], secrets: Secrets())
        try #require(
            reading.isValid, "\(reading.diagnostics.map(\.description).joined(separator: "\n"))\n\(text)",
            sourceLocation: sourceLocation)
        return reading.configuration
    }

    private static func text(_ tunnel: TunnelConfiguration) -> String {
        let specification = tunnel.specification
        var lines = [
            "[tunnel.\(tunnel.name)]", "local = \"\(specification.local)\"", "remote = \"\(specification.peer)\"",
            "tunnel_id = \(specification.id)", "peer_tunnel_id = \(specification.peerID)",
        ]
        if let udp = specification.encapsulation.udp {
            lines += ["udp_sport = \(udp.sourcePort)", "udp_dport = \(udp.destinationPort)"]
            lines +=
                specification.peer.version == .v4
                ? ["udp_csum = \(udp.ipv4Checksum)"]
                : ["udp6_csum_tx = \(udp.ipv6TransmitChecksum)", "udp6_csum_rx = \(udp.ipv6ReceiveChecksum)"]
        } else {
            lines.append("encap = \"ip\"")
        }
        return (lines + tunnel.sessions.flatMap { self.lines($0, in: tunnel) }).map { "\($0)\n" }.joined()
    }

    private static func lines(_ session: SessionConfiguration, in tunnel: TunnelConfiguration) -> [String] {
        let specification = session.specification
        let interface = session.interface
        let path = "tunnel.\(tunnel.name).session.\(session.name)"
        let milliseconds = specification.reorderTimeout.milliseconds
        var lines = [
            "[\(path)]", "session_id = \(specification.id)", "peer_session_id = \(specification.peerID)",
            "l2spec_type = \"\(specification.l2SpecificSublayer)\"", "seq = \"\(specification.sequenceWord)\"",
            "lns_mode = \(specification.lnsMode)",
            "reorder_timeout = \(milliseconds == 0 ? "0" : "\"\(milliseconds)ms\"")",
        ]
        if let cookie = specification.cookie { lines.append("cookie = \"\(cookie.hexadecimal)\"") }
        if let cookie = specification.peerCookie { lines.append("peer_cookie = \"\(cookie.hexadecimal)\"") }
        lines.append("[\(path).interface]")
        if let name = specification.interfaceName { lines.append("name = \"\(name.text)\"") }
        switch interface.mtu {
        case .automatic: lines.append("mtu = \"auto\"")
        case .bytes(let bytes): lines.append("mtu = \(bytes)")
        }
        switch interface.mac {
        case .stable: break
        case .random: lines.append("mac = \"random\"")
        case .address(let address): lines.append("mac = \"\(address)\"")
        }
        lines.append("up = \(interface.isUp)")
        let addresses = interface.addresses.map { address in
            address.peer.map {
                "{ local = \"\(address.address)\", peer = \"\($0)\", prefix = \(address.prefixBitCount) }"
            }
                ?? "\"\(address.address)/\(address.prefixBitCount)\""
        }
        if !addresses.isEmpty { lines.append("addresses = [\(addresses.joined(separator: ", "))]") }
        switch interface.master {
        case .bridge(let name): lines.append("bridge = \"\(name.text)\"")
        case .vrf(let name): lines.append("vrf = \"\(name.text)\"")
        case nil: break
        }
        if let namespace = interface.namespace { lines.append("netns = \"\(namespace)\"") }
        return lines
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

extension SessionSpecification {
    /// The configuration's word for the use of sequence numbers.
    var sequenceWord: String {
        switch (sendsSequenceNumbers, requiresSequenceNumbers) {
        case (false, false): "none"
        case (true, false): "send"
        case (false, true): "recv"
        case (true, true): "both"
        }
    }
}
