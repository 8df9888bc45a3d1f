internal import CLibmnl
public import L2TPModel
public import Netlink
internal import SystemPackage

/// What is to be different about a link; what is nil stays as it is.
///
/// All of it goes to the kernel in one request, which it carries out in an order of its own: MAC address, MTU, name,
/// alias, and then master and state. It stops at the first that it refuses and takes nothing back, so that what comes before
/// is then done. A MAC address is refused while the link is up (`EBUSY`), even if the same request sets it down:
/// set it down first. So is a name before Linux 6.2.
public struct LinkChanges: Hashable, Sendable {
    /// What a link belongs to.
    public enum Master: Hashable, Sendable {
        /// Nothing.
        case none
        /// The bridge, VRF or other link of that number.
        case link(index: UInt32)
    }

    /// Whether it is set up (`IFF_UP`).
    public var isUp: Bool?
    /// Its name, which must not be a pattern (`IFLA_IFNAME`). An L2TP session goes on reporting the old one.
    public var name: InterfaceName?
    /// Its MTU in bytes (`IFLA_MTU`); the interface of an L2TP session takes 0…65535.
    public var mtu: UInt32?
    /// Its MAC address (`IFLA_ADDRESS`).
    public var macAddress: MACAddress?
    /// Its alias, up to 255 bytes of UTF-8 without zero bytes; the empty text removes it (`IFLA_IFALIAS`).
    public var alias: String?
    /// What it belongs to (`IFLA_MASTER`).
    public var master: Master?

    /// Changes of these.
    public init(
        isUp: Bool? = nil, name: InterfaceName? = nil, mtu: UInt32? = nil, macAddress: MACAddress? = nil,
        alias: String? = nil, master: Master? = nil
    ) {
        self.isUp = isUp
        self.name = name
        self.mtu = mtu
        self.macAddress = macAddress
        self.alias = alias
        self.master = master
    }

    /// Whether nothing is to change.
    public var isEmpty: Bool { self == Self() }

    /// What of it a link does not show yet.
    func remaining(on link: Link) -> Self {
        var remaining = self
        if isUp == link.isUp { remaining.isUp = nil }
        if name?.text == link.name { remaining.name = nil }
        if mtu == link.mtu { remaining.mtu = nil }
        if macAddress == link.macAddress { remaining.macAddress = nil }
        if let alias, alias == link.alias ?? "" { remaining.alias = nil }
        switch master {
        case .some(.none) where link.masterIndex == nil: remaining.master = nil
        case .link(let index) where link.masterIndex == index: remaining.master = nil
        default: break
        }
        return remaining
    }

    /// The longest alias in bytes (`IFALIASZ` - 1).
    public static let longestAlias = 255

    /// Appends the header and attributes of `RTM_SETLINK` for a link. Throws `EMSGSIZE` if the buffer is full and
    /// `EINVAL` if the alias holds a zero byte.
    public func append(to writer: inout NetlinkMessageWriter, linkIndex: UInt32) throws(NetlinkError) {
        let up = LinkFlags.up.rawValue
        let header: [UInt8] =
            [0, 0, 0, 0] + hostBytes(linkIndex) + hostBytes(isUp == true ? up : 0) + hostBytes(isUp == nil ? 0 : up)
        try writer.append(header: header)
        if let name { try writer.append(NetlinkAttributeType(IFLA_IFNAME), text: name.text) }
        if let mtu { try writer.append(NetlinkAttributeType(IFLA_MTU), number: mtu) }
        if let macAddress { try writer.append(NetlinkAttributeType(IFLA_ADDRESS), bytes: macAddress.bytes.span) }
        if let alias {
            guard !alias.utf8.contains(0) else {
                throw NetlinkError(.build, .invalidArgument, message: "alias with a zero byte")
            }
            // Without a zero byte at its end: an empty value is what removes the alias.
            try writer.append(NetlinkAttributeType(IFLA_IFALIAS), bytes: Array(alias.utf8).span)
        }
        switch master {
        case nil: break
        case .some(.none): try writer.append(NetlinkAttributeType(IFLA_MASTER), number: UInt32(0))
        case .link(let index): try writer.append(NetlinkAttributeType(IFLA_MASTER), number: index)
        }
    }
}
