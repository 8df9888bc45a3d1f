internal import L2TPConfig
internal import L2TPModel
internal import L2TPWire

/// Makes values of the tables of a document, and finds everything that is wrong with each of them by itself.
///
/// A tunnel is left out with its sessions, and a session is, where a key that rules across tables need could not be
/// read; where others could not, they count as not written. So no rule speaks about a value that nobody wrote.
struct SchemaReader {
    /// The tunnels that could be read.
    private(set) var tunnels: [TunnelConfiguration] = []
    /// The names of all tunnels.
    private(set) var names: [String] = []
    /// What was found.
    private(set) var findings: [SchemaFinding] = []
    /// Whether a cookie is written in the text itself.
    private(set) var holdsSecrets = false

    private let secrets: any SecretReader
    /// What comes before relative paths of files; empty or with a slash at its end.
    private let folder: String

    /// A reader; `folder` comes before relative paths of files.
    init(secrets: any SecretReader, folder: String) {
        self.secrets = secrets
        self.folder = folder
    }

    /// Reads the outermost table.
    mutating func read(_ entries: [TOMLNode.Entry]) {
        var root = SchemaTable(entries, at: ConfigurationPath())
        let tables = namedTables(&root, "tunnel", as: "tunnel", keys: Schema.tunnel)
        root.finish(["tunnel"]) { entry in
            switch entry.key {
            case "session": "a session stands in its tunnel, as [tunnel.hq.session.lan]"
            case "interface": "an interface stands in its session, as [tunnel.hq.session.lan.interface]"
            default:
                Suggestion.nearest(to: entry.key, among: ["tunnel"]) == nil
                    ? "a tunnel stands in [tunnel.NAME], as [tunnel.hq]" : nil
            }
        }
        findings += root.findings
        names = tables.map(\.name)
        tunnels.reserveCapacity(tables.count)
        for (name, table) in tables { read(tunnel: name, table) }
    }

    /// The tables below a key of a table, each under its name.
    private mutating func namedTables(
        _ table: inout SchemaTable, _ key: String, as noun: String, keys: [String]
    ) -> [(name: String, table: SchemaTable)] {
        guard let value = table.take(key) else { return [] }
        let path = table.path.appending(key)
        let example = "[\(path).\(noun == "tunnel" ? "hq" : "lan")]"
        guard case .table(let entries) = value else {
            let advice =
                if case .array = value { "write \(example), with single brackets" } else { "as \(example)" }
            table.fail(key, "expected a table for each \(noun), not \(value.kind): \(advice)")
            return []
        }
        var tables: [(name: String, table: SchemaTable)] = []
        tables.reserveCapacity(entries.count)
        var isNamelessReported = false
        // Names of other bytes can still be the same to people and to Swift: é in one scalar or in two.
        var unusualNames: Set<String> = []
        for entry in entries {
            let place = path.appending(entry.key)
            func report(_ message: String, _ anchor: SchemaFinding.Anchor = .value) {
                findings.append(SchemaFinding(path: place, place: place, anchor: anchor, message: message))
            }
            switch entry.value {
            case .table(let inner):
                if let problem = SchemaText.nameProblem(entry.key, of: noun) { report(problem, .key) }
                if !entry.key.utf8.allSatisfy({ $0 < 0x80 }), !unusualNames.insert(entry.key).inserted {
                    report("another \(noun) has the same name, written in other characters", .key)
                    continue
                }
                tables.append((entry.key, SchemaTable(inner, at: place)))
            case .array:
                report("expected a table, not an array: write [\(place)], with single brackets")
            default:
                guard keys.contains(entry.key) else {
                    report("expected a table for each \(noun), not \(entry.value.kind): as \(example)")
                    continue
                }
                // The keys of a whole table without a name: that is one mistake.
                guard !isNamelessReported else { continue }
                isNamelessReported = true
                findings.append(
                    SchemaFinding(
                        path: path, place: path, anchor: .value,
                        message: "the \(noun) has no name: write \(example)"))
            }
        }
        return tables
    }

    // MARK: - Tunnel

    private mutating func read(tunnel name: String, _ table: SchemaTable) {
        var table = table
        let sessions = namedTables(&table, "session", as: "session", keys: Schema.session)
        let path = table.path
        let specification: (value: TunnelSpecification, isSound: Bool)
        if table.hasOnly("session") {
            // Its name is misspelt here, or the rest of it stands in another file: one mistake.
            var nothing = SchemaTable([], at: path)
            specification = tunnelSpecification(&nothing)
            table.report(
                "only sessions stand here: local, remote and the ids of the tunnel must stand in the same file, in "
                    + "[\(path)]")
        } else {
            specification = tunnelSpecification(&table)
        }
        table.finish(Schema.tunnel) { entry in
            if entry.key == "interface" { return "an interface stands in [\(path).session.NAME.interface]" }
            guard case .table = entry.value, Suggestion.nearest(to: entry.key, among: Schema.tunnel) == nil else {
                return nil
            }
            return "a session stands in [\(path).session.NAME]"
        }
        findings += table.findings
        var tunnel = TunnelConfiguration(name: name, specification: specification.value)
        tunnel.sessions.reserveCapacity(sessions.count)
        for (name, table) in sessions {
            if let session = read(session: name, table, in: specification.value.id) { tunnel.sessions.append(session) }
        }
        if specification.isSound { tunnels.append(tunnel) }
    }

    /// The specification of a tunnel; where it is not sound, values that break no rule stand for those that could not
    /// be read.
    private func tunnelSpecification(_ table: inout SchemaTable) -> (value: TunnelSpecification, isSound: Bool) {
        let local = table.parsed("local", as: "an IP address", SchemaText.address)
        let peer = table.parsed("remote", as: "an IP address", SchemaText.address)
        let kind = table.word("encap", ["udp": Encapsulation.udp, "ip": .ip])
        let id = table.number("tunnel_id", in: 1...Int(UInt32.max), as: "a tunnel id")
        let peerID = table.number("peer_tunnel_id", in: 1...Int(UInt32.max), as: "a tunnel id")
        table.require("local", "remote", "tunnel_id", "peer_tunnel_id")

        let isIP = kind == .ip
        let isUDP = !isIP && table.failed.contains("encap") == false
        let version = local?.version ?? peer?.version
        let isVersionKnown = version != nil && (local == nil || peer == nil || local?.version == peer?.version)
        var parameters = UDPParameters(
            sourcePort: port("udp_sport", &table, isForeign: isIP),
            destinationPort: port("udp_dport", &table, isForeign: isIP))
        if isUDP { table.require("udp_sport", "udp_dport") }
        let checksums:
            [(key: String, version: IPVersion, field: WritableKeyPath<UDPParameters, Bool>, advice: String)] =
                [
                    ("udp_csum", .v4, \.ipv4Checksum, "udp6_csum_tx and udp6_csum_rx"),
                    ("udp6_csum_tx", .v6, \.ipv6TransmitChecksum, "udp_csum"),
                    ("udp6_csum_rx", .v6, \.ipv6ReceiveChecksum, "udp_csum"),
                ]
        for checksum in checksums where table.has(checksum.key) {
            if isIP {
                refuseForIP(checksum.key, &table)
            } else if isVersionKnown, let version, version != checksum.version {
                _ = table.take(checksum.key)
                table.refuse(checksum.key, "is for \(checksum.version): over \(version) write \(checksum.advice)")
            } else if let flag = table.flag(checksum.key) {
                parameters[keyPath: checksum.field] = flag
            }
        }

        let specification = TunnelSpecification(
            id: TunnelID(UInt32(id ?? 1)), peerID: TunnelID(UInt32(peerID ?? 1)),
            local: local ?? .any(peer?.version ?? .v4), peer: peer ?? Self.anyPeer(local?.version ?? .v4),
            encapsulation: isIP ? .ip : .udp(parameters))
        for violation in specification.violations() where !table.failed.contains(violation.field) {
            table.report(violation.field, violation.message)
        }
        let needed = ["local", "remote", "encap", "tunnel_id", "peer_tunnel_id", "udp_sport", "udp_dport"]
        return (specification, !table.failed.contains(where: needed.contains))
    }

    /// A port of UDP; 1 where it could not be read.
    private func port(_ key: String, _ table: inout SchemaTable, isForeign: Bool) -> UInt16 {
        guard !isForeign else {
            if table.has(key) { refuseForIP(key, &table) }
            return 1
        }
        return UInt16(table.number(key, in: 1...Int(UInt16.max), as: "a port") ?? 1)
    }

    private func refuseForIP(_ key: String, _ table: inout SchemaTable) {
        _ = table.take(key)
        table.refuse(key, "is for encap = \"udp\", but encap is \"ip\", which has no ports and checksums")
    }

    /// An address that can be a peer's (RFC 5737, RFC 3849).
    private static func anyPeer(_ version: IPVersion) -> IPAddress {
        switch version {
        case .v4: .v4(IPv4Address(number: 0xc000_0201))
        case .v6: .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 1))
        }
    }

    // MARK: - Session

    private mutating func read(
        session name: String, _ table: SchemaTable, in tunnel: TunnelID
    ) -> SessionConfiguration? {
        var table = table
        let id = table.number("session_id", in: 1...Int(UInt32.max), as: "a session id")
        let peerID = table.number("peer_session_id", in: 1...Int(UInt32.max), as: "a session id")
        table.require("session_id", "peer_session_id")
        let sequence: (sends: Bool, requires: Bool)? = table.word(
            "seq", ["none": (false, false), "send": (true, false), "recv": (false, true), "both": (true, true)])
        var specification = SessionSpecification(
            tunnelID: tunnel, id: SessionID(UInt32(id ?? 1)), peerID: SessionID(UInt32(peerID ?? 1)),
            l2SpecificSublayer: table.word("l2spec_type", ["default": L2SpecificSublayer.default, "none": .none])
                ?? .default,
            cookie: cookie("cookie", "cookie_file", &table),
            peerCookie: cookie("peer_cookie", "peer_cookie_file", &table),
            sendsSequenceNumbers: sequence?.sends ?? false, requiresSequenceNumbers: sequence?.requires ?? false,
            lnsMode: table.flag("lns_mode") ?? false, reorderTimeout: reorderTimeout(&table))
        let interface = interface(&table, &specification)
        for violation in specification.violations() where !table.failed.contains(violation.field) {
            table.report(violation.field, violation.message)
        }
        table.finish(Schema.session)
        findings += table.findings
        guard table.isSound("session_id"), table.isSound("peer_session_id") else { return nil }
        return SessionConfiguration(name: name, specification: specification, interface: interface)
    }

    private func reorderTimeout(_ table: inout SchemaTable) -> Duration {
        let key = "reorder_timeout"
        guard let value = table.take(key) else { return .zero }
        switch value {
        case .string(let text):
            do {
                return try SchemaText.duration(text)
            } catch {
                table.fail(key, error.message)
            }
        case .integer(0): return .zero
        case .integer(let number) where number < 0: table.fail(key, "\(number) is negative")
        case .integer(let number):
            table.fail(key, "\(number) has no unit: write \"\(number)ms\" or \"\(number)s\" in quotation marks")
        default:
            table.fail(key, "expected a duration in quotation marks, as \"100ms\", or 0, not \(value.kind)")
        }
        return .zero
    }

    /// A cookie that is written under one key, or in the file that the other names.
    private mutating func cookie(_ key: String, _ fileKey: String, _ table: inout SchemaTable) -> Cookie? {
        let written = table.parsed(key, as: "8 or 16 hex digits", SchemaText.cookie)
        if table.has(key) { holdsSecrets = true }
        guard let path = table.string(fileKey, as: "the name of a file") else { return written }
        guard !table.has(key) else {
            table.refuse(fileKey, "does not go together with \(key): write one of them")
            return written
        }
        guard !path.isEmpty, !path.utf8.contains(0) else {
            table.fail(fileKey, "is empty: write the name of a file that holds the cookie")
            return nil
        }
        do throws(SecretError) {
            let file = try secrets.read(path.utf8.first == UInt8(ascii: "/") ? path : folder + path)
            if file.isReadableByOthers {
                table.report(fileKey, "\(path.quoted) is readable by others; chmod 600 it", .warning)
            }
            let line = file.text.last == "\n" || file.text.last == "\r\n" ? file.text.dropLast() : file.text[...]
            do throws(SchemaProblem) {
                return try SchemaText.cookie(String(line))
            } catch {
                table.fail(fileKey, "\(path.quoted) holds no cookie: \(error.message)")
            }
        } catch  where SchemaText.mayBeCookie(path) {
            // Who wrote the secret itself under the wrong key shall not find it in a log.
            table.fail(
                fileKey,
                "cannot be read: \(error.reason); a cookie itself stands under \(key), and a file named like one is "
                    + "written with ./ before it")
        } catch {
            table.fail(fileKey, "\(path.quoted) cannot be read: \(error.reason)")
        }
        return nil
    }
}
