import CommandLineSupport
import L2TPModel
import L2TPWire
import SystemPackage

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
        var buffer = OutputBuffer(capacity: 256 * records.count)
        for lines in records { append(lines, to: &buffer) }
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private func append(_ lines: [String], to buffer: inout OutputBuffer) {
        if oneLine {
            buffer.append(lines.filter { !$0.isEmpty }.joined(separator: "\\"))
            buffer.append(UInt8(ascii: "\n"))
        } else {
            for line in lines {
                buffer.append(line)
                buffer.append(UInt8(ascii: "\n"))
            }
        }
    }

    func write(_ sessions: [Session], to sink: (ArraySlice<UInt8>) throws(Errno) -> Void) throws(Errno) {
        var buffer = OutputBuffer(capacity: min(256 * (sessions.count + 1), 2 * Self.pieceByteCount))
        for session in sessions {
            if oneLine || statistics {
                append(lines(session) + (statistics ? Counters.lines(of: session) : []), to: &buffer)
            } else {
                append(session, to: &buffer)
            }
            try buffer.drain(Self.pieceByteCount, to: sink)
        }
        try buffer.drain(to: sink)
    }

    /// Appends what ``lines(_:)`` has for a session, without making a text of each line.
    private func append(_ session: Session, to buffer: inout OutputBuffer) {
        buffer.append(Self.session)
        buffer.append(number: UInt64(session.id.rawValue))
        buffer.append(Self.inTunnel)
        buffer.append(number: UInt64(session.tunnelID.rawValue))
        buffer.append(Self.peerSession)
        buffer.append(number: UInt64(session.peerID.rawValue))
        buffer.append(Self.tunnel)
        buffer.append(number: UInt64(session.peerTunnelID.rawValue))
        if let name = session.interfaceName {
            buffer.append(Self.interface)
            buffer.append(name)
        }
        buffer.append(Self.offsets)
        if let cookie = session.cookie {
            buffer.append(Self.cookie)
            buffer.append(cookie.hexadecimal)
        }
        if let cookie = session.peerCookie {
            buffer.append(Self.peerCookie)
            buffer.append(cookie.hexadecimal)
        }
        if session.reorderMilliseconds > 0 {
            buffer.append(Self.reorderTimeout)
            buffer.append(number: session.reorderMilliseconds)
        }
        buffer.append(UInt8(ascii: "\n"))
        if session.sendsSequenceNumbers || session.requiresSequenceNumbers {
            buffer.append(Self.sequence)
            if session.sendsSequenceNumbers { buffer.append(" send" as String) }
            if session.requiresSequenceNumbers { buffer.append(" recv" as String) }
            buffer.append(UInt8(ascii: "\n"))
        }
    }

    private static let session: OutputBuffer.Literal = "Session "
    private static let inTunnel: OutputBuffer.Literal = " in tunnel "
    private static let peerSession: OutputBuffer.Literal = "\n  Peer session "
    private static let tunnel: OutputBuffer.Literal = ", tunnel "
    private static let interface: OutputBuffer.Literal = "\n  interface name: "
    private static let offsets: OutputBuffer.Literal = "\n  offset 0, peer offset 0\n"
    private static let cookie: OutputBuffer.Literal = "  cookie "
    private static let peerCookie: OutputBuffer.Literal = "  peer cookie "
    private static let reorderTimeout: OutputBuffer.Literal = "  reorder timeout: "
    private static let sequence: OutputBuffer.Literal = "  sequence numbering:"

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
