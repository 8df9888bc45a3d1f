public import L2TPModel

/// Something that has happened to the tunnels and sessions of one network namespace.
public struct L2TPEvent: Hashable, Sendable {
    /// What has happened.
    public enum Kind: Hashable, Sendable {
        /// There is a new tunnel.
        case tunnelCreated(Tunnel)
        /// A tunnel has changed in more than its counters, as when its socket was connected.
        case tunnelModified(from: Tunnel, to: Tunnel)
        /// A tunnel is gone, and with it its sessions, for which there are no events of their own. All bear
        /// their last known counters.
        case tunnelDeleted(Tunnel, sessions: [Session])
        /// There is a new session.
        case sessionCreated(Session)
        /// A session's settings have changed. The kernel itself does that too: unless in LNS mode, sending
        /// of sequence numbers follows the peer.
        case sessionModified(from: Session, to: Session)
        /// A session is gone; it bears its last known counters.
        case sessionDeleted(Session)
        /// The kernel has dropped notifications because they were not read in time (`ENOBUFS`). What has
        /// changed meanwhile is reported next; what came and went meanwhile is not.
        case overrun
        /// A notification of an object that existed too briefly to be looked at, so that it cannot be told
        /// whether it was in this network namespace.
        case unattributed(L2TPNotification)
    }

    /// How it came to notice.
    public enum Cause: Hashable, Sendable {
        /// A notification, confirmed by looking at the object or at its interface.
        case notification
        /// A notification that came too late for a look; it is taken for this namespace's because of an
        /// interface here, or because its requester's other notifications were.
        case requester
        /// The removal of a session's interface.
        case linkRemoval
        /// Looking at all tunnels and sessions, which is done now and then and after an overrun.
        case resynchronization
    }

    /// What has happened.
    public var kind: Kind
    /// How it came to notice.
    public var cause: Cause

    /// An event from its parts.
    public init(_ kind: Kind, _ cause: Cause) {
        self.kind = kind
        self.cause = cause
    }
}
