internal import CLibmnl
public import Netlink

/// A command of the generic netlink family `l2tp`.
public struct L2TPCommand: RawRepresentable, Hashable, Sendable {
    /// The number in the generic netlink header.
    public var rawValue: UInt8

    /// Wraps a number.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    private init(_ constant: Int) {
        rawValue = UInt8(constant)
    }

    /// Does nothing; needs no privilege (`L2TP_CMD_NOOP`).
    public static let noOperation = Self(L2TP_CMD_NOOP)
    /// Creates a tunnel (`L2TP_CMD_TUNNEL_CREATE`).
    public static let tunnelCreate = Self(L2TP_CMD_TUNNEL_CREATE)
    /// Deletes a tunnel and its sessions (`L2TP_CMD_TUNNEL_DELETE`).
    public static let tunnelDelete = Self(L2TP_CMD_TUNNEL_DELETE)
    /// Changes nothing of a tunnel, but notifies as if it had (`L2TP_CMD_TUNNEL_MODIFY`).
    public static let tunnelModify = Self(L2TP_CMD_TUNNEL_MODIFY)
    /// Reports one tunnel or, as a dump, all (`L2TP_CMD_TUNNEL_GET`).
    public static let tunnelGet = Self(L2TP_CMD_TUNNEL_GET)
    /// Creates a session (`L2TP_CMD_SESSION_CREATE`).
    public static let sessionCreate = Self(L2TP_CMD_SESSION_CREATE)
    /// Deletes a session (`L2TP_CMD_SESSION_DELETE`).
    public static let sessionDelete = Self(L2TP_CMD_SESSION_DELETE)
    /// Changes a session's sequence numbers, LNS mode and reorder timeout (`L2TP_CMD_SESSION_MODIFY`).
    public static let sessionModify = Self(L2TP_CMD_SESSION_MODIFY)
    /// Reports one session or, as a dump, all (`L2TP_CMD_SESSION_GET`).
    public static let sessionGet = Self(L2TP_CMD_SESSION_GET)
}

extension GenericFamily {
    /// The name under which the kernel registers L2TP (`L2TP_GENL_NAME`).
    public static let l2tpName = L2TP_GENL_NAME
    /// The name of the family's only multicast group (`L2TP_GENL_MCGROUP`).
    public static let l2tpMulticastGroupName = L2TP_GENL_MCGROUP
    /// The version of the family's interface (`L2TP_GENL_VERSION`).
    public static let l2tpVersion = UInt8(L2TP_GENL_VERSION)
}
