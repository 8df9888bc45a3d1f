public import L2TPNetlink
public import Netlink

/// One thing a client asks of a ``FakeKernel``: what is recorded, and where faults are injected.
public enum Step: Hashable, Sendable {
    /// Opening a transport.
    case open(NetlinkProtocol)
    /// Becoming a member of a multicast group.
    case join(NetlinkProtocol)
    /// Looking up a generic netlink family by name (`CTRL_CMD_GETFAMILY`).
    case family
    /// A command of the family `l2tp` on one object.
    case command(L2TPCommand)
    /// A command of the family `l2tp` as a dump.
    case dump(L2TPCommand)
    /// Reading one link (`RTM_GETLINK`).
    case link
    /// Reading all links (a dump of `RTM_GETLINK`).
    case links
    /// Reading all addresses (a dump of `RTM_GETADDR`).
    case addresses
    /// Changing a link or moving it away (`RTM_SETLINK`).
    case linkChange
    /// Giving a link an address (`RTM_NEWADDR`).
    case addressAdd
    /// Taking an address from a link (`RTM_DELADDR`).
    case addressRemove
    /// Looking up a route (`RTM_GETROUTE`).
    case route
    /// Any other message.
    case other(NetlinkMessageType)

    /// Creating a tunnel.
    public static let tunnelCreate = Self.command(.tunnelCreate)
    /// Deleting a tunnel.
    public static let tunnelDelete = Self.command(.tunnelDelete)
    /// Reading one tunnel.
    public static let tunnelGet = Self.command(.tunnelGet)
    /// Reading all tunnels.
    public static let tunnelDump = Self.dump(.tunnelGet)
    /// Creating a session.
    public static let sessionCreate = Self.command(.sessionCreate)
    /// Deleting a session.
    public static let sessionDelete = Self.command(.sessionDelete)
    /// Changing a session.
    public static let sessionModify = Self.command(.sessionModify)
    /// Reading one session.
    public static let sessionGet = Self.command(.sessionGet)
    /// Reading all sessions.
    public static let sessionDump = Self.dump(.sessionGet)

    /// Whether the step changes nothing.
    public var isRead: Bool {
        switch self {
        case .command(let command): [.noOperation, .tunnelGet, .sessionGet].contains(command)
        case .other, .linkChange, .addressAdd, .addressRemove: false
        default: true
        }
    }
}
