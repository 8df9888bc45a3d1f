/// The netlink protocols the toolkit speaks.
public enum NetlinkProtocol: Hashable, Sendable {
    /// Generic netlink, which carries the family `l2tp` (`NETLINK_GENERIC`).
    case generic
    /// Links, addresses and routes (`NETLINK_ROUTE`).
    case route
}
