import L2TPModel
import L2TPWire

/// The layout of ip-l2tp(8).
struct TextOutput: OutputFormat {
    /// One line for each record, where a backslash stands for the end of a line, instead of several.
    var oneLine = false
    /// Counters below every record.
    var statistics = false

    func text(of tunnels: [Tunnel]) -> String {
        text(of: tunnels.map { lines($0) + (statistics ? Counters.lines(of: $0) : []) })
    }

    func text(of sessions: [Session]) -> String {
        text(of: sessions.map { lines($0) + (statistics ? Counters.lines(of: $0) : []) })
    }

    private func text(of records: [[String]]) -> String {
        var text = ""
        for lines in records {
            if oneLine {
                text += lines.filter { !$0.isEmpty }.joined(separator: "\\") + "\n"
            } else {
                for line in lines { text += line + "\n" }
            }
        }
        return text
    }

    private func lines(_ tunnel: Tunnel) -> [String] {
        var lines = [
            "Tunnel \(tunnel.id), encap \(tunnel.encapsulation.kind?.label ?? "??")",
            "  From \(tunnel.local?.description ?? "???") to \(tunnel.peer?.description ?? "???")",
            "  Peer tunnel \(tunnel.peerID)",
        ]
        guard let udp = tunnel.encapsulation.udp else { return lines }
        lines.append("  UDP source / dest ports: \(udp.sourcePort)/\(udp.destinationPort)")
        switch tunnel.local?.version {
        case .v4:
            lines.append("  UDP checksum: \(udp.ipv4Checksum ? "enabled" : "disabled")")
        case .v6:
            let state =
                switch (udp.ipv6TransmitChecksum, udp.ipv6ReceiveChecksum) {
                case (true, true): "enabled"
                case (true, false): "tx"
                case (false, true): "rx"
                case (false, false): "disabled"
                }
            lines.append("  UDP checksum: \(state)")
        case nil:
            break
        }
        return lines
    }

    private func lines(_ session: Session) -> [String] {
        var lines = [
            "Session \(session.id) in tunnel \(session.tunnelID)",
            "  Peer session \(session.peerID), tunnel \(session.peerTunnelID)",
        ]
        if let name = session.interfaceName { lines.append("  interface name: \(name)") }
        // Linux has no offsets since 4.16, but ip still prints them, and scripts may count on it.
        lines.append("  offset 0, peer offset 0")
        var guards = ""
        if let cookie = session.cookie { guards += "  cookie \(cookie.hexadecimal)" }
        if let cookie = session.peerCookie { guards += "  peer cookie \(cookie.hexadecimal)" }
        if session.reorderMilliseconds > 0 { guards += "  reorder timeout: \(session.reorderMilliseconds)" }
        // This line stands there even when it is empty.
        lines.append(guards)
        if session.sendsSequenceNumbers || session.requiresSequenceNumbers {
            let send = session.sendsSequenceNumbers ? " send" : ""
            let receive = session.requiresSequenceNumbers ? " recv" : ""
            lines.append("  sequence numbering:\(send)\(receive)")
        }
        return lines
    }
}

extension Encapsulation {
    /// The word that `show` prints: `UDP` or `IP`.
    var label: String {
        switch self {
        case .udp: "UDP"
        case .ip: "IP"
        }
    }
}
