import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink

/// Events as text: the time, what it happened to, what happened, and details.
struct EventText: EventFormat {
    /// Whether the date is printed too.
    var timestamp = false

    func line(of event: L2TPEvent, at time: LocalTime) -> String {
        let (subject, verb, details) = parts(of: event.kind)
        let line = "\(timestamp ? time.timestamp : time.time) \(padded(subject, 17)) \(padded(verb, 10)) \(details)"
        return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }

    private func parts(of kind: L2TPEvent.Kind) -> (subject: String, verb: String, details: String) {
        switch kind {
        case .tunnelCreated(let tunnel):
            (name(tunnel), "created", describe(tunnel))
        case .tunnelModified(let old, let new):
            (name(new), "modified", changes(from: old, to: new))
        case .tunnelDeleted(let tunnel, let sessions):
            (name(tunnel), "deleted", describe(sessions))
        case .sessionCreated(let session):
            (name(session), "created", describe(session))
        case .sessionModified(let old, let new):
            (name(new), "modified", changes(from: old, to: new))
        case .sessionDeleted(let session):
            (name(session), "deleted", session.interfaceName ?? "")
        case .overrun:
            ("overrun", "", "notifications were lost; what has changed follows")
        case .unattributed(let notification):
            switch notification.object {
            case .tunnel(let tunnel): (name(tunnel), "\(verb(notification))?", "here or in another network namespace")
            case .session(let session):
                (name(session), "\(verb(notification))?", "here or in another network namespace")
            }
        }
    }

    private func verb(_ notification: L2TPNotification) -> String { notification.action.participle }

    private func name(_ tunnel: Tunnel) -> String { "tunnel \(tunnel.id)" }

    private func name(_ session: Session) -> String { "session \(session.id)/\(session.tunnelID)" }

    private func describe(_ tunnel: Tunnel) -> String {
        "\(tunnel.encapsulation.kind?.description ?? "encap \(tunnel.encapsulation.number)") \(ends(of: tunnel)), peer \(tunnel.peerID)"
    }

    private func ends(of tunnel: Tunnel) -> String {
        guard let local = tunnel.local, let peer = tunnel.peer else { return "without a socket" }
        guard let udp = tunnel.encapsulation.udp else { return "\(local) to \(peer)" }
        return "\(local) port \(udp.sourcePort) to \(peer) port \(udp.destinationPort)"
    }

    private func describe(_ session: Session) -> String {
        var parts = [session.interfaceName ?? session.pseudowireType.description, "peer \(session.peerID)"]
        // Cookies are secret.
        if let cookie = session.cookie { parts.append("cookie \(cookie.byteCount) bytes") }
        if let cookie = session.peerCookie { parts.append("peer cookie \(cookie.byteCount) bytes") }
        return parts.joined(separator: ", ")
    }

    private func describe(_ sessions: [Session]) -> String {
        switch sessions.count {
        case 0: ""
        case 1: "with session \(sessions[0].id)"
        default: "with sessions \(sessions.map(\.id.description).joined(separator: ", "))"
        }
    }

    private func changes(from old: Tunnel, to new: Tunnel) -> String {
        "\(ends(of: old)) -> \(ends(of: new))"
    }

    private func changes(from old: Session, to new: Session) -> String {
        var parts: [String] = new.interfaceName.map { [$0] } ?? []
        func compare(_ word: String, _ left: Bool, _ right: Bool) {
            if left != right { parts.append("\(word) \(left ? "on" : "off") -> \(right ? "on" : "off")") }
        }
        compare("send_seq", old.sendsSequenceNumbers, new.sendsSequenceNumbers)
        compare("recv_seq", old.requiresSequenceNumbers, new.requiresSequenceNumbers)
        compare("lns_mode", old.lnsMode, new.lnsMode)
        if old.reorderTimeout != new.reorderTimeout {
            parts.append("reorder_timeout \(old.reorderMilliseconds) -> \(new.reorderMilliseconds) ms")
        }
        return parts.joined(separator: ", ")
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }
}

extension L2TPNotification.Action {
    /// What has happened, in a word.
    var participle: String {
        switch self {
        case .create: "created"
        case .modify: "modified"
        case .delete: "deleted"
        }
    }
}
