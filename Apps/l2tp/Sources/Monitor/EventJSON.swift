import CommandLineSupport
import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink

/// Events as JSON, one object a line. The manual documents every key.
struct EventJSON: EventFormat {
    func line(of event: L2TPEvent, at time: LocalTime) -> String {
        var json = JSONWriter(pretty: false)
        json.object { json in
            json.member("time", time.timestamp)
            write(event.kind, to: &json)
            json.member("cause", event.cause.word)
        }
        return json.text + "\n"
    }

    private func write(_ kind: L2TPEvent.Kind, to json: inout JSONWriter) {
        switch kind {
        case .tunnelCreated(let tunnel):
            json.member("event", "created")
            write(tunnel, to: &json)
        case .tunnelModified(_, let tunnel):
            json.member("event", "modified")
            write(tunnel, to: &json)
        case .tunnelDeleted(let tunnel, let sessions):
            json.member("event", "deleted")
            write(tunnel, to: &json)
            json.member("sessions", sessions.map(\.id.rawValue))
            write(tunnel.statistics, to: &json)
        case .sessionCreated(let session):
            json.member("event", "created")
            write(session, to: &json)
        case .sessionModified(let old, let session):
            json.member("event", "modified")
            write(session, to: &json)
            json.member("old") { writeSettings(of: old, to: &$0) }
        case .sessionDeleted(let session):
            json.member("event", "deleted")
            write(session, to: &json)
            write(session.statistics, to: &json)
        case .overrun:
            json.member("event", "overrun")
        case .unattributed(let notification):
            json.member("event", "unattributed")
            json.member("action", notification.action.participle)
            switch notification.object {
            case .tunnel(let tunnel): write(tunnel, to: &json)
            case .session(let session): write(session, to: &json)
            }
        }
    }

    private func write(_ tunnel: Tunnel, to json: inout JSONWriter) {
        json.member("object", "tunnel")
        json.member("tunnel_id", tunnel.id.rawValue)
        json.member("peer_tunnel", tunnel.peerID.rawValue)
        json.member("encap", tunnel.encapsulation.kind?.label ?? "\(tunnel.encapsulation.number)")
        if let local = tunnel.local { json.member("local", local.description) }
        if let peer = tunnel.peer { json.member("peer", peer.description) }
        guard let udp = tunnel.encapsulation.udp else { return }
        json.member("local_port", udp.sourcePort)
        json.member("peer_port", udp.destinationPort)
    }

    private func write(_ session: Session, to json: inout JSONWriter) {
        json.member("object", "session")
        json.member("session_id", session.id.rawValue)
        json.member("tunnel_id", session.tunnelID.rawValue)
        json.member("peer_session_id", session.peerID.rawValue)
        json.member("peer_tunnel_id", session.peerTunnelID.rawValue)
        if let name = session.interfaceName { json.member("interface", name) }
        // Cookies are secret.
        json.member("cookie_length", session.cookie?.byteCount ?? 0)
        json.member("peer_cookie_length", session.peerCookie?.byteCount ?? 0)
        json.member("pseudowire_type", session.pseudowireType.description)
        writeSettings(of: session, to: &json)
    }

    private func writeSettings(of session: Session, to json: inout JSONWriter) {
        json.member("send_seq", session.sendsSequenceNumbers)
        json.member("recv_seq", session.requiresSequenceNumbers)
        json.member("lns_mode", session.lnsMode)
        json.member("reorder_timeout", session.reorderMilliseconds)
    }

    private func write(_ statistics: Statistics, to json: inout JSONWriter) {
        json.member("statistics") { JSONOutput().write(statistics, into: &$0) }
    }
}

extension L2TPEvent.Cause {
    /// The cause in a word.
    fileprivate var word: String {
        switch self {
        case .notification: "notification"
        case .requester: "requester"
        case .linkRemoval: "link"
        case .resynchronization: "comparison"
        }
    }
}
