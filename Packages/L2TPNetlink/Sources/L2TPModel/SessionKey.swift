public import L2TPWire

/// What names a session within a network namespace: its identifier and its tunnel's. Keys are in the order of their
/// tunnels.
public struct SessionKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Our identifier of the tunnel (`L2TP_ATTR_CONN_ID`).
    public var tunnelID: TunnelID
    /// Our identifier of the session (`L2TP_ATTR_SESSION_ID`).
    public var id: SessionID

    /// The key of the session of that identifier in that tunnel.
    public init(_ id: SessionID, in tunnelID: TunnelID) {
        self.tunnelID = tunnelID
        self.id = id
    }

    /// Whether a key comes before another: by its tunnel, within a tunnel by its session.
    public static func < (left: Self, right: Self) -> Bool {
        (left.tunnelID, left.id) < (right.tunnelID, right.id)
    }

    /// The key in words, as `session 1000 in tunnel 3000`.
    public var description: String { "session \(id) in tunnel \(tunnelID)" }
}

extension Session {
    /// What names the session.
    public var key: SessionKey { SessionKey(id, in: tunnelID) }
}

extension SessionSpecification {
    /// What names the session.
    public var key: SessionKey { SessionKey(id, in: tunnelID) }
}
