internal import CLibmnl
public import Netlink

/// A network interface (link) as the kernel reports it.
public struct Link: Hashable, Sendable {
    /// Its number in its network namespace, from 1 (`ifi_index`).
    public var index: UInt32
    /// Its present name (`IFLA_IFNAME`).
    public var name: String
    /// Its MTU in bytes (`IFLA_MTU`).
    public var mtu: UInt32
    /// Whether it is set up (`IFF_UP`).
    public var isUp: Bool
    /// Whether it is the loopback interface (`IFF_LOOPBACK`).
    public var isLoopback: Bool
    /// Its kind, as `veth` or `bridge` (`IFLA_INFO_KIND`); nil for hardware and for the interface of an
    /// L2TP session.
    public var kind: String?

    /// A link from its parts.
    public init(index: UInt32, name: String, mtu: UInt32, isUp: Bool, isLoopback: Bool = false, kind: String? = nil) {
        self.index = index
        self.name = name
        self.mtu = mtu
        self.isUp = isUp
        self.isLoopback = isLoopback
        self.kind = kind
    }

    /// Length in bytes of `struct ifinfomsg`, which stands before the attributes.
    static let headerByteCount = 16

    /// A link as a message describes it (`RTM_NEWLINK`). Throws `EBADMSG` if it is malformed.
    public init(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        var reader = try message.attributes(after: Self.headerByteCount)
        let flags: UInt32 = try message.number(at: 8)
        self.init(
            index: try message.number(at: 4),
            name: "",
            mtu: 0,
            isUp: flags & UInt32(IFF_UP.rawValue) != 0,
            isLoopback: flags & UInt32(IFF_LOOPBACK.rawValue) != 0)
        while let attribute = try reader.next() {
            switch Int(attribute.type.rawValue) {
            case IFLA_IFNAME: name = attribute.text
            case IFLA_MTU: mtu = try attribute.number()
            case IFLA_LINKINFO: kind = try Self.kind(in: attribute.nested)
            default: break
            }
        }
    }

    private static func kind(in information: consuming NetlinkAttributeReader) throws(NetlinkError) -> String? {
        while let attribute = try information.next() {
            if attribute.type == NetlinkAttributeType(IFLA_INFO_KIND) { return attribute.text }
        }
        return nil
    }
}
