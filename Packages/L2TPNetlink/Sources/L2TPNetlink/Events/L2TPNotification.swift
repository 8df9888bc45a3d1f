public import L2TPModel
internal import L2TPWire
public import Netlink

/// A message of the multicast group `l2tp`.
///
/// The kernel sends it to every network namespace and does not say which one it is about.
public struct L2TPNotification: Hashable, Sendable {
    /// What was done.
    public enum Action: Hashable, Sendable {
        /// A creation, done when the notification is sent.
        case create
        /// A change of settings, done when the notification is sent; it may have changed nothing.
        case modify
        /// A deletion, which the kernel has only accepted when it sends the notification.
        case delete
    }

    /// What it was done to, as it was when the notification was sent.
    public enum Object: Hashable, Sendable {
        /// A tunnel.
        case tunnel(Tunnel)
        /// A session.
        case session(Session)
    }

    /// What was done.
    public var action: Action
    /// What it was done to.
    public var object: Object
    /// The port identifier of the socket that asked for it (`nlmsg_pid`). It is unique in one network
    /// namespace only.
    public var requesterPortID: UInt32

    /// A notification from its parts.
    public init(_ action: Action, _ object: Object, requesterPortID: UInt32) {
        self.action = action
        self.object = object
        self.requesterPortID = requesterPortID
    }

    /// A notification as a message describes it; nil if the message is none.
    ///
    /// Throws `EBADMSG` if it is malformed.
    public init?(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        let command = L2TPCommand(rawValue: try message.genericCommand)
        switch command {
        case .tunnelCreate, .sessionCreate: action = .create
        case .tunnelModify, .sessionModify: action = .modify
        case .tunnelDelete, .sessionDelete: action = .delete
        default: return nil
        }
        switch command {
        case .tunnelCreate, .tunnelModify, .tunnelDelete: object = .tunnel(try Tunnel(message))
        default: object = .session(try Session(message))
        }
        requesterPortID = message.header.portID
    }

    /// What the notification is about, without its values.
    var key: ObjectKey {
        switch object {
        case .tunnel(let tunnel): .tunnel(tunnel.id)
        case .session(let session): .session(session.key)
        }
    }
}
