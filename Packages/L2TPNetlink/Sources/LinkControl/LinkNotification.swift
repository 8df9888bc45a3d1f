internal import CLibmnl
public import L2TPModel
public import Netlink

/// A message of the multicast groups of links and addresses.
public enum LinkNotification: Hashable, Sendable {
    /// A link is new or has changed (`RTM_NEWLINK`).
    case link(Link)
    /// A link is gone, or has moved to another network namespace (`RTM_DELLINK`).
    case linkGone(Link)
    /// An address is new or has changed (`RTM_NEWADDR`).
    case address(InterfaceAddress)
    /// An address is gone (`RTM_DELADDR`).
    case addressGone(InterfaceAddress)

    /// The number of the group of links (`RTNLGRP_LINK`).
    public static let linkGroup = UInt32(RTNLGRP_LINK.rawValue)

    /// The numbers of the groups: `RTNLGRP_LINK`, `RTNLGRP_IPV4_IFADDR` and `RTNLGRP_IPV6_IFADDR`.
    public static let groups = [
        linkGroup, UInt32(RTNLGRP_IPV4_IFADDR.rawValue), UInt32(RTNLGRP_IPV6_IFADDR.rawValue),
    ]

    /// A notification as a message describes it; nil if it is about something else.
    ///
    /// A bridge tells about its ports under its own address family: that a port is gone is not the end of the link.
    /// Throws `EBADMSG` if it is malformed.
    public init?(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        switch Int(message.header.type.rawValue) {
        case RTM_NEWLINK:
            guard try message.number(UInt8.self, at: 0) == UInt8(AF_UNSPEC) else { return nil }
            self = .link(try Link(message))
        case RTM_DELLINK:
            guard try message.number(UInt8.self, at: 0) == UInt8(AF_UNSPEC) else { return nil }
            self = .linkGone(try Link(message))
        case RTM_NEWADDR:
            guard let address = try InterfaceAddress(message) else { return nil }
            self = .address(address)
        case RTM_DELADDR:
            guard let address = try InterfaceAddress(message) else { return nil }
            self = .addressGone(address)
        default:
            return nil
        }
    }
}
