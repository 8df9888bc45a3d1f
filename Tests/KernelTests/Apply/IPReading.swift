import Foundation
import L2TPConfig
import L2TPModel
import L2TPWire
import Testing

/// What `ip` shows of a site: tunnels and sessions, links and addresses, by one call for each namespace.
struct IPReading {
    /// Objects as ip prints them in JSON.
    typealias Object = [String: Any]

    /// A link that a test may add to a site.
    static let another = "another"

    let tunnels: [Object]
    let sessions: [Object]
    /// Links by name, with their addresses in `addr_info`.
    let home: [String: Object]
    let far: [String: Object]

    /// Reads a site; `foreign` says whether a ``ForeignTunnel`` stands there, which is left out, and `readsFar` whether
    /// interfaces may have been moved.
    init(_ site: ApplySite, besideForeign foreign: Bool = false, readsFar: Bool = true) throws {
        let lists = try Self.lists(["l2tp show tunnel", "l2tp show session", "address show"], in: site.home)
        try #require(lists.count == 3)
        func isOurs(_ object: Object) -> Bool { !foreign || "\(object["tunnel_id"] ?? "")" != "\(ForeignTunnel.id)" }
        tunnels = lists[0].filter(isOurs)
        sessions = lists[1].filter(isOurs)
        home = Self.byName(lists[2].filter { !foreign || $0["ifname"] as? String != ForeignTunnel.name })
        far = readsFar ? Self.byName(try Self.lists(["address show"], in: site.far).flatMap(\.self)) : [:]
    }

    /// What one `ip -batch` prints for each of its lines.
    static func lists(_ lines: [String], in namespace: TestNamespace) throws -> [[Object]] {
        let text = lines.map { "\($0)\n" }.joined()
        let outcome = try Shell.require(["ip", "-j", "-d", "-batch", "-"], in: namespace, input: text)
        return try outcome.output.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Object], "\(line)")
        }
    }

    private static func byName(_ links: [Object]) -> [String: Object] {
        Dictionary(links.map { ($0["ifname"] as? String ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// In what the site is not as a configuration says, one line each.
    func differences(from configuration: Configuration, at site: ApplySite) -> [String] {
        var found: [String] = []
        func compare(_ subject: String, _ present: String?, _ wanted: String?) {
            if present != wanted { found.append("\(subject): \(present ?? "nothing"), not \(wanted ?? "nothing")") }
        }
        let wanted = configuration.tunnels.map { words($0.specification) }.sorted()
        compare("tunnels", tunnels.map(tunnelWords).sorted().joined(separator: "\n"), wanted.joined(separator: "\n"))

        let all = configuration.tunnels.flatMap { tunnel in tunnel.sessions.map { (tunnel, $0) } }
        var names: [String] = []
        // ip keeps what a session does not have from the session that it has shown before.
        var before: Object = [:]
        for session in sessions {
            let ids = "\(text(session, "tunnel_id"))/\(text(session, "session_id"))"
            guard
                let (tunnel, wanted) = all.first(where: { "\($1.specification.tunnelID)/\($1.specification.id)" == ids }
                )
            else {
                found.append("session \(ids) is too many")
                continue
            }
            let expected = words(wanted.specification, in: tunnel, before)
            compare("session \(ids)", words(session), expected)
            before = session
            let name = text(session, "interface")
            names.append(name)
            if let specified = wanted.specification.interfaceName { compare("name of \(ids)", name, specified.text) }
            let place = wanted.interface.namespace == nil ? home : far
            guard let link = place[name] else {
                found.append("no link \(name)")
                continue
            }
            compare("link \(name)", words(link, wanted), words(wanted, in: tunnel))
        }
        compare("sessions", "\(sessions.count)", "\(all.count)")
        let surroundings = Set(ApplySite.bridges + ApplySite.routers + ["lo", "wan", Self.another])
        let links = (Array(home.keys) + Array(far.keys)).filter { !surroundings.contains($0) }
        compare("links", links.sorted().joined(separator: " "), names.sorted().joined(separator: " "))
        return found
    }

    private func text(_ object: Object, _ key: String) -> String { object[key].map { "\($0)" } ?? "" }

    private func tunnelWords(_ tunnel: Object) -> String {
        let keys = [
            "tunnel_id", "peer_tunnel", "encap", "local", "peer", "local_port", "peer_port", "checksum", "checksum_tx",
            "checksum_rx",
        ]
        return keys.map { key in
            let value = key.hasPrefix("checksum") ? (tunnel[key] as? Bool).map { "\($0)" } : text(tunnel, key)
            return "\(key)=\(value ?? "")"
        }.joined(separator: " ")
    }

    private func words(_ tunnel: TunnelSpecification) -> String {
        let udp = tunnel.encapsulation.udp
        let isV4 = tunnel.peer.version == .v4
        let values: [(String, String)] = [
            ("tunnel_id", "\(tunnel.id)"), ("peer_tunnel", "\(tunnel.peerID)"), ("encap", udp == nil ? "IP" : "UDP"),
            ("local", "\(tunnel.local)"), ("peer", "\(tunnel.peer)"),
            ("local_port", udp.map { "\($0.sourcePort)" } ?? ""),
            ("peer_port", udp.map { "\($0.destinationPort)" } ?? ""),
            ("checksum", udp.map { isV4 ? "\($0.ipv4Checksum)" : "" } ?? ""),
            ("checksum_tx", udp.map { isV4 ? "" : "\($0.ipv6TransmitChecksum)" } ?? ""),
            ("checksum_rx", udp.map { isV4 ? "" : "\($0.ipv6ReceiveChecksum)" } ?? ""),
        ]
        return values.map { "\($0)=\($1)" }.joined(separator: " ")
    }

    private func words(_ session: Object) -> String {
        let keys = ["peer_session_id", "peer_tunnel_id", "cookie", "peer_cookie"]
        let flags = ["send_seq", "recv_seq"].filter { session.keys.contains($0) }
        return (keys.map { "\($0)=\(text(session, $0))" } + flags).joined(separator: " ")
    }

    private func words(
        _ session: SessionSpecification, in tunnel: TunnelConfiguration, _ before: Object
    ) -> String {
        let values = [
            "peer_session_id=\(session.peerID)", "peer_tunnel_id=\(tunnel.specification.peerID)",
            "cookie=\(session.cookie?.hexadecimal ?? text(before, "cookie"))",
            "peer_cookie=\(session.peerCookie?.hexadecimal ?? text(before, "peer_cookie"))",
        ]
        let flags =
            (session.sendsSequenceNumbers ? ["send_seq"] : []) + (session.requiresSequenceNumbers ? ["recv_seq"] : [])
        return (values + flags).joined(separator: " ")
    }

    private func words(_ link: Object, _ session: SessionConfiguration) -> String {
        let isUp = (link["flags"] as? [String] ?? []).contains("UP")
        let mac = text(link, "address")
        let told =
            switch session.interface.mac {
            case .address: mac
            case .random: ""
            case .stable: MACAddress(mac).map { $0.isLocallyAdministered && $0.isUnicast } == true ? "stable" : mac
            }
        let addresses = (link["addr_info"] as? [Object] ?? []).compactMap { address -> String? in
            let local = text(address, "local")
            if local.hasPrefix("fe80::") { return nil }
            let peer = address["address"].map { " peer \($0)" } ?? ""
            return "\(local)\(peer)/\(text(address, "prefixlen"))"
        }
        return words(mtu: text(link, "mtu"), told, isUp, text(link, "master"), addresses)
    }

    private func words(_ session: SessionConfiguration, in tunnel: TunnelConfiguration) -> String {
        let mac =
            switch session.interface.mac {
            case .address(let address): "\(address)"
            case .random: ""
            case .stable: "stable"
            }
        return words(
            mtu: "\(session.mtu(in: tunnel))", mac, session.interface.isUp,
            session.interface.master?.name.text ?? "", session.interface.addresses.map(\.description))
    }

    private func words(mtu: String, _ mac: String, _ isUp: Bool, _ master: String, _ addresses: [String]) -> String {
        "mtu \(mtu) mac \(mac) up \(isUp) master \(master) addresses \(addresses.sorted().joined(separator: " "))"
    }
}
