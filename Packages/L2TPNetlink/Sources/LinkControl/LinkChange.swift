internal import CLibmnl
public import Netlink

/// A message of the multicast group of links (`RTNLGRP_LINK`).
public enum LinkChange: Hashable, Sendable {
    /// A link is new or has changed (`RTM_NEWLINK`).
    case present(Link)
    /// A link is gone, or has moved to another network namespace (`RTM_DELLINK`); its number.
    case gone(UInt32)

    /// The number of the group (`RTNLGRP_LINK`).
    public static let group = UInt32(RTNLGRP_LINK.rawValue)

    /// A change as a message describes it; nil if it is about something else, as a bridge's port.
    ///
    /// Throws `EBADMSG` if it is malformed.
    public init?(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        let type = Int(message.header.type.rawValue)
        guard type == RTM_NEWLINK || type == RTM_DELLINK else { return nil }
        // Bridges and IPv6 have messages of their own in the group, under their address family.
        guard try message.number(UInt8.self, at: 0) == UInt8(AF_UNSPEC) else { return nil }
        let link = try Link(message)
        self = type == RTM_NEWLINK ? .present(link) : .gone(link.index)
    }
}
