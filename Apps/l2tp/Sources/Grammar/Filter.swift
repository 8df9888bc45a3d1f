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
    var local: IPAddress?
    var peer: IPAddress?

    /// Whether nothing is given.
    var isEmpty: Bool { self == Self() }

    /// Whether something is given that only sessions have.
    var concernsSessions: Bool { sessionID != nil || peerSessionID != nil || interfaceName != nil }

    /// Whether something is given that is to be looked up in a session's tunnel.
    var concernsAddresses: Bool { local != nil || peer != nil }

    /// Whether a tunnel is meant; what only sessions have is ignored.
    func matches(_ tunnel: Tunnel) -> Bool {
        (tunnelID == nil || tunnelID == tunnel.id)
            && (peerTunnelID == nil || peerTunnelID == tunnel.peerID)
            && (local == nil || local == tunnel.local)
            && (peer == nil || peer == tunnel.peer)
    }

    /// Whether a session is meant, its tunnel's addresses aside.
    func matches(_ session: Session) -> Bool {
        (tunnelID == nil || tunnelID == session.tunnelID)
            && (peerTunnelID == nil || peerTunnelID == session.peerTunnelID)
            && (sessionID == nil || sessionID == session.id)
            && (peerSessionID == nil || peerSessionID == session.peerID)
            && (interfaceName == nil || interfaceName == session.interfaceName)
    }

    /// What is given, by its keywords: `tunnel_id 1, remote 192.0.2.2`.
    var description: String {
        let parts: [(Keyword, String?)] = [
            (.tunnelID, tunnelID?.description), (.peerTunnelID, peerTunnelID?.description),
            (.sessionID, sessionID?.description), (.peerSessionID, peerSessionID?.description),
            (.name, interfaceName), (.local, local?.description), (.remote, peer?.description),
        ]
        return parts.compactMap { keyword, value in value.map { "\(keyword.rawValue) \($0)" } }.joined(separator: ", ")
    }
}

extension Arguments {
    /// The filter that these arguments make; an identifier 0 and a wildcard filter nothing.
    var filter: Filter {
        func given(_ number: UInt32?) -> UInt32? { number == 0 ? nil : number }
        return Filter(
            tunnelID: given(tunnelID).map { TunnelID($0) },
            peerTunnelID: given(peerTunnelID).map { TunnelID($0) },
            sessionID: given(sessionID).map { SessionID($0) },
            peerSessionID: given(peerSessionID).map { SessionID($0) },
            interfaceName: interfaceName?.text,
            local: local?.address,
            peer: remote?.address)
    }
}
