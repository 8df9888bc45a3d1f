internal import CLibmnl
internal import L2TPModel
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

/// Route lookups: there is a route to everywhere, unless told otherwise.
extension KernelState {
    func describeRoute(_ attributes: AttributeTable) throws(Errno) -> Reply {
        func address(_ type: Int) -> IPAddress? {
            attributes.bytes(type)?.count == 4
                ? attributes.ipv4Address(type).map { .v4($0) } : attributes.ipv6Address(type).map { .v6($0) }
        }
        guard let peer = address(Int(RTA_DST.rawValue)) else { throw .invalidArgument }
        let source = address(Int(RTA_SRC.rawValue))
        if let source, source.version == .v4, !addresses.contains(where: { $0.address == source }) {
            throw .networkUnreachable
        }
        if let errno = refusedRoutes[peer] { throw errno }
        if let route = routes[peer] { return describe(route, to: peer) }
        return describe(try route(to: peer, from: source), to: peer)
    }

    /// By the link that has the peer, else the source, else the first that is up.
    private func route(to peer: IPAddress, from source: IPAddress?) throws(Errno) -> Route {
        if addresses.contains(where: { $0.address == peer }) {
            let loopback = links.first { $0.link.isLoopback }?.link.index
            return Route(kind: .local, linkIndex: loopback, source: peer)
        }
        let usable = addresses.filter { address in
            address.address.version == peer.version && !address.isDuplicate
                && links.contains { $0.link.index == address.linkIndex && $0.link.isUp && !$0.link.isLoopback }
        }
        let chosen =
            usable.first { $0.sharesPrefix(with: peer) } ?? usable.first { $0.address == source } ?? usable.first
        guard let chosen else { throw .networkUnreachable }
        return Route(linkIndex: chosen.linkIndex, source: source ?? chosen.address)
    }

    /// Tells the multicast group of routes about one to a peer (`RTNLGRP_IPV4_ROUTE`, `RTNLGRP_IPV6_ROUTE`).
    func announceRoute(to peer: IPAddress, _ type: Int) {
        let group = peer.version == .v4 ? RTNLGRP_IPV4_ROUTE : RTNLGRP_IPV6_ROUTE
        multicast(
            describe(routes[peer] ?? Route(), to: peer, as: type), over: .route, group: UInt32(group.rawValue))
    }

    private func describe(_ route: Route, to peer: IPAddress, as type: Int = RTM_NEWROUTE) -> Reply {
        let isIPv4 = peer.version == .v4
        let header: [UInt8] = [
            UInt8(isIPv4 ? AF_INET : AF_INET6), isIPv4 ? 32 : 128, 0, 0, UInt8(RT_TABLE_MAIN.rawValue), 0, 0,
            route.kind.rawValue, 0, 0, 0, 0,
        ]
        return Reply(NetlinkMessageType(rawValue: UInt16(type))) { (writer) throws(NetlinkError) in
            try writer.append(header: header)
            try writer.append(NetlinkAttributeType(Int(RTA_DST.rawValue)), address: peer)
            if let index = route.linkIndex {
                try writer.append(NetlinkAttributeType(Int(RTA_OIF.rawValue)), number: index)
            }
            if let source = route.source {
                try writer.append(NetlinkAttributeType(Int(RTA_PREFSRC.rawValue)), address: source)
            }
            if let gateway = route.gateway {
                try writer.append(NetlinkAttributeType(Int(RTA_GATEWAY.rawValue)), address: gateway)
            }
            guard let mtu = route.metricMTU else { return }
            try writer.append(nested: NetlinkAttributeType(Int(RTA_METRICS.rawValue))) {
                (writer) throws(NetlinkError) in
                try writer.append(NetlinkAttributeType(Int(RTAX_MTU)), number: mtu)
            }
        }
    }
}
