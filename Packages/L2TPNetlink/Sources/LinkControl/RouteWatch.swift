internal import CLibmnl
internal import L2TPModel
internal import L2TPWire
internal import Netlink

/// Watches what may give packets another way: routes, rules, next hops, links and addresses.
struct RouteWatch<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    private var subscription: NetlinkSubscription<Transport>
    private var client: LinkClient<Transport>
    /// Whether the last look came when nothing had happened for a while.
    private var isSettled = true

    /// How long after a notification there may be effects that are not notified: Linux tells that a link is up before
    /// it revives the routes over it, and does not notify each.
    private static var settlingTime: Duration { .milliseconds(100) }

    /// Opens two transports with `connector` and joins the groups of an IP version.
    init(_ connector: NetlinkConnector<Transport>, _ version: IPVersion) throws(NetlinkError) {
        // Joined first: what changes while the route is looked up is notified.
        let subscription = try NetlinkSubscription(
            over: try connector.open(.route), groups: Self.groups(of: version))
        client = try LinkClient(connector)
        self.subscription = subscription
    }

    private static func groups(of version: IPVersion) -> [UInt32] {
        let ofVersion =
            switch version {
            case .v4: [RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV4_RULE, RTNLGRP_IPV4_IFADDR]
            case .v6: [RTNLGRP_IPV6_ROUTE, RTNLGRP_IPV6_RULE, RTNLGRP_IPV6_IFADDR]
            }
        return ([RTNLGRP_LINK, RTNLGRP_NEXTHOP] + ofVersion).map { UInt32($0.rawValue) }
    }

    /// Looks the route up.
    mutating func look(to peer: IPAddress, from source: IPAddress?) throws(LinkError) -> RouteLookup {
        try client.route(to: peer, from: source)
    }

    /// Waits until another look may find something else, for `limit` at most.
    ///
    /// However many notifications there are, and however many were lost, one look tells.
    mutating func waitForNews(atMost limit: Duration) throws(NetlinkError) {
        let pause = isSettled ? limit : min(limit, Self.settlingTime)
        let isNotified = try Readiness.wait(for: [subscription.fileDescriptor], atMost: pause) == [true]
        if isNotified { try subscription.receiveWaiting { (_) throws(NetlinkError) in } }
        isSettled = !isNotified
    }
}
