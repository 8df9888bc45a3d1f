public import L2TPModel

/// One thing to do, of those that a change is made of, with all that taking it back needs.
public enum Step: Hashable, Sendable {
    /// Changing a session in place; `previous` restores it.
    case modifySession(SessionKey, SessionModification, previous: SessionModification)
    /// Deleting a session.
    case deleteSession(SessionSnapshot)
    /// Deleting a tunnel with all its sessions.
    case deleteTunnel(TunnelSnapshot)
    /// Creating a tunnel.
    case createTunnel(TunnelSpecification)
    /// Creating a session and setting its interface up.
    case createSession(SessionSpecification, InterfaceSetup)
    /// Changing the interface of a session that exists; `previous` is how it is.
    case setUpInterface(SessionKey, InterfaceSetup, previous: InterfaceState)
}

/// A session that is to go, with all that makes it come back as it was.
public struct SessionSnapshot: Hashable, Sendable {
    /// What creates it again.
    public var specification: SessionSpecification
    /// Its interface; nil if it has none that could be found.
    public var interface: InterfaceState?

    /// A session from its parts.
    public init(specification: SessionSpecification, interface: InterfaceState?) {
        self.specification = specification
        self.interface = interface
    }
}

/// A tunnel that is to go, with all that makes it come back as it was.
public struct TunnelSnapshot: Hashable, Sendable {
    /// What creates it again.
    public var specification: TunnelSpecification
    /// All its sessions.
    public var sessions: [SessionSnapshot]

    /// A tunnel from its parts.
    public init(specification: TunnelSpecification, sessions: [SessionSnapshot]) {
        self.specification = specification
        self.sessions = sessions
    }
}
