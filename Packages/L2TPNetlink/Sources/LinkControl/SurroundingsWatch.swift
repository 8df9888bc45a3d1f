internal import CLibmnl
public import L2TPWire
public import Netlink

/// Watches what decides whether a tunnel can be made in a network namespace, and which way packets go: links, addresses,
/// routes, rules and next hops. It tells only that something has happened; a look tells what.
public struct SurroundingsWatch<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    private var subscription: NetlinkSubscription<Transport>
    /// Whether the last wait ended without news.
    private var isSettled = true

    /// How long after a notification there may be effects that are not notified: Linux tells that a link is up before
    /// it revives the routes over it, and does not notify each.
    private static var settlingTime: Duration { .milliseconds(100) }

    /// A watch that opens a transport with `connector` and joins the groups. Look after this, not before.
    ///
    /// - Parameters:
    ///   - connector: What opens the transport.
    ///   - version: The IP version that matters; nil for both.
    /// - Throws: ``NetlinkError``, as does what follows.
    public init(_ connector: NetlinkConnector<Transport>, of version: IPVersion? = nil) throws(NetlinkError) {
        var groups = [RTNLGRP_LINK, RTNLGRP_NEXTHOP]
        if version != .v6 { groups += [RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV4_RULE, RTNLGRP_IPV4_IFADDR] }
        if version != .v4 { groups += [RTNLGRP_IPV6_ROUTE, RTNLGRP_IPV6_RULE, RTNLGRP_IPV6_IFADDR] }
        subscription = try NetlinkSubscription(
            over: try connector.open(.route), groups: groups.map { UInt32($0.rawValue) })
    }

    /// Waits until another look may find something else, for `limit` at most.
    ///
    /// However many notifications there are, and however many were lost, one look tells.
    ///
    /// - Returns: Whether another look is worthwhile.
    public mutating func waitForNews(atMost limit: Duration) throws(NetlinkError) -> Bool {
        let wasSettled = isSettled
        let pause = wasSettled ? limit : min(limit, Self.settlingTime)
        let isNotified = try Readiness.wait(for: [subscription.fileDescriptor], atMost: pause) == [true]
        if isNotified { try subscription.receiveWaiting { (_) throws(NetlinkError) in } }
        isSettled = !isNotified
        return isNotified || !wasSettled
    }
}

extension SurroundingsWatch: Sendable where Transport: Sendable & ~Copyable {}
