import L2TPModel
import L2TPWire

/// Which tunnels or sessions `show` and `lookup` print: those that agree with everything given.
struct Filter: Hashable {
    var tunnelID: TunnelID?
    var peerTunnelID: TunnelID?
    var sessionID: SessionID?
    var peerSessionID: SessionID?
    /// The interface's name when the session was created.
    var interfaceName: String?
    var cookie: Cookie?
    var peerCookie: Cookie?
    var local: AddressWord?
    var peer: AddressWord?
    var encapsulation: Encapsulation?
    var sourcePort: UInt16?
    var destinationPort: UInt16?

    /// Whether everything is meant.
    var isEmpty: Bool { self == Self() }

    /// Whether something is given that is to be looked up in a session's tunnel.
    var concernsCarrier: Bool {
        local != nil || peer != nil || encapsulation != nil || sourcePort != nil || destinationPort != nil
    }

    /// Whether a tunnel is meant; what only sessions have is ignored.
    func matches(_ tunnel: Tunnel) -> Bool {
        (tunnelID == nil || tunnelID == tunnel.id)
            && (peerTunnelID == nil || peerTunnelID == tunnel.peerID)
            && (local?.matches(tunnel.local) ?? true)
            && (peer?.matches(tunnel.peer) ?? true)
            && (encapsulation == nil || encapsulation == tunnel.encapsulation.kind)
            && (sourcePort == nil || sourcePort == tunnel.encapsulation.udp?.sourcePort)
            && (destinationPort == nil || destinationPort == tunnel.encapsulation.udp?.destinationPort)
    }

    /// Whether a session is meant; what only its tunnel has is ignored.
    func matches(_ session: Session) -> Bool {
        (tunnelID == nil || tunnelID == session.tunnelID)
            && (peerTunnelID == nil || peerTunnelID == session.peerTunnelID)
            && (sessionID == nil || sessionID == session.id)
            && (peerSessionID == nil || peerSessionID == session.peerID)
            && (interfaceName == nil || interfaceName == session.interfaceName)
            && (cookie == nil || cookie == session.cookie)
            && (peerCookie == nil || peerCookie == session.peerCookie)
    }
}

extension Arguments {
    /// The filter that these arguments make.
    var filter: Filter {
        Filter(
            tunnelID: tunnelID.map { TunnelID($0) },
            peerTunnelID: peerTunnelID.map { TunnelID($0) },
            sessionID: sessionID.map { SessionID($0) },
            peerSessionID: peerSessionID.map { SessionID($0) },
            interfaceName: interfaceName?.text,
            cookie: cookie,
            peerCookie: peerCookie,
            local: local,
            peer: remote,
            encapsulation: given.contains(.encapsulation) ? encapsulation : nil,
            sourcePort: sourcePort,
            destinationPort: destinationPort)
    }

    /// What is to be said about keywords that `show` and `lookup` do not select by.
    func warnings(for request: Request) -> [String] {
        let kind: ObjectKind
        switch request {
        case .show(let shown, _), .lookup(let shown, _): kind = shown
        case .add, .deleteTunnel, .deleteSession, .deleteInterface, .modify: return []
        }
        return whatDoesNotSelect(kind).map { ["\($0): ignored"] } ?? []
    }

    /// Which of the given keywords do not select objects of a kind, as a sentence; nil if all do.
    func whatDoesNotSelect(_ kind: ObjectKind) -> String? {
        let ignored = given.filter { keyword in
            switch keyword {
            case .tunnel, .session: false
            // Of these a warning has been given already.
            case .offset, .peerOffset: false
            default: !keyword.selects.contains(kind)
            }
        }
        if ignored.isEmpty { return nil }
        let verb = ignored.count == 1 ? "does" : "do"
        return "\(ignored.map(\.rawValue).joined(separator: ", ")) \(verb) not select \(kind.rawValue)s"
    }
}

extension Filter {
    /// What is given, by its keywords: `tunnel_id 1, remote 192.0.2.2`. Cookies are secret, and not told.
    var description: String {
        let parts: [(Keyword, String?)] = [
            (.tunnelID, tunnelID?.description), (.peerTunnelID, peerTunnelID?.description),
            (.sessionID, sessionID?.description), (.peerSessionID, peerSessionID?.description),
            (.name, interfaceName), (.cookie, cookie.map { _ in "as given" }),
            (.peerCookie, peerCookie.map { _ in "as given" }), (.local, local?.description),
            (.remote, peer?.description), (.encapsulation, encapsulation?.description),
            (.sourcePort, sourcePort?.description), (.destinationPort, destinationPort?.description),
        ]
        return parts.compactMap { keyword, value in value.map { "\(keyword.rawValue) \($0)" } }.joined(separator: ", ")
    }
}

extension AddressWord {
    fileprivate var description: String { address?.description ?? "any" }
}
