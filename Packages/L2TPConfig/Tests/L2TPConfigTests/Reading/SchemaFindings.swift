import L2TPConfig

/// What is found in tables and values by themselves: place, path, and words.
enum SchemaFindings {
    /// The keys that a tunnel must have.
    static let tunnel = [
        "local": "\"192.0.2.1\"", "remote": "\"198.51.100.7\"", "tunnel_id": "3000", "peer_tunnel_id": "4000",
        "udp_sport": "5000", "udp_dport": "6000",
    ]
    /// The keys that a session must have.
    static let session = ["session_id": "1000", "peer_session_id": "2000"]

    /// A table whose first lines are the given ones, with the keys that are missing then.
    static func table(_ header: String, _ lines: String, _ required: [String: String]) -> String {
        let missing = required.filter { key in !lines.split(separator: "\n").contains { $0.hasPrefix("\(key.key) =") } }
        let rest = missing.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)\n" }.joined()
        let isHeader = lines.hasPrefix("[")
        return isHeader ? "[\(header)]\n\(rest)\(lines)\n" : "[\(header)]\n\(lines)\n\(rest)"
    }

    static func of(_ text: String) -> [String] {
        let secrets = FakeSecrets(
            files: ["/etc/l2tp/bad": "deadbeef\n\n", "/etc/l2tp/open": "deadbeef\r\n"],
            readableByOthers: ["/etc/l2tp/open"])
        return read(text, secrets: secrets).diagnostics.map {
            String($0.description.dropFirst("/etc/l2tp/site.toml:".count))
        }
    }

    /// A document with lines at the beginning of one of its tables.
    static func document(_ lines: String, in table: String) -> String {
        switch table {
        case "tunnel":
            return Self.table("tunnel.hq", lines, tunnel)
        case "session":
            return Self.table("tunnel.hq.session.lan", lines, session) + Self.table("tunnel.hq", "", tunnel)
        default:
            return "[tunnel.hq.session.lan.interface]\n\(lines)\n" + document("", in: "session")
        }
    }
}
