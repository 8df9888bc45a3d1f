/// Moves whole netlink datagrams between this process and a kernel.
///
/// ``NetlinkSocket`` talks to the real kernel; the test support has one that talks to a fake.
public protocol NetlinkTransport: ~Copyable {
    /// The port identifier that the kernel's answers bear in `nlmsg_pid`.
    var portID: UInt32 { get }

    /// Sends one datagram, which holds one or more messages.
    mutating func send(_ datagram: Span<UInt8>) throws(NetlinkError)

    /// Waits for one datagram and hands it to `body`, which must not keep it.
    mutating func receive(_ body: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError)
}

/// The netlink protocols the toolkit speaks.
public enum NetlinkProtocol: Hashable, Sendable {
    /// Generic netlink, which carries the family `l2tp` (`NETLINK_GENERIC`).
    case generic
    /// Links, addresses and routes (`NETLINK_ROUTE`).
    case route
}
