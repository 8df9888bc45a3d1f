internal import CLibmnl
public import L2TPModel
internal import L2TPWire
internal import Netlink
internal import SystemPackage

/// The way to a peer.
extension LinkClient where Transport: ~Copyable {
    /// Looks up the route that packets to a peer take, with a source address where one is given. The kernel request
    /// is `RTM_GETROUTE`, which needs no privilege.
    ///
    /// Throws ``LinkError``: `addressNotLocal` if this host does not have the source address, `invalid` if the
    /// addresses have different IP versions.
    public mutating func route(to peer: IPAddress, from source: IPAddress? = nil) throws(LinkError) -> RouteLookup {
        if let problem = RouteLookup.problem(to: peer, from: source) { throw problem }
        do throws(NetlinkError) {
            var found: Route?
            try exchange.request(NetlinkMessageType(rawValue: UInt16(RTM_GETROUTE))) { (writer) throws(NetlinkError) in
                try Route.appendLookup(of: peer, from: source, to: &writer)
            } reply: { (message) throws(NetlinkError) in
                found = try Route(message)
            }
            guard let route = found else { throw .malformed("the kernel confirmed the request without an answer") }
            return RouteLookup(route.withPathMTU(linkMTU: route.linkIndex.flatMap { look(at: $0)?.mtu }))
        } catch {
            let own = source == nil || error.operation != .request ? nil : try? addresses()
            return try RouteLookup.meaning(of: error, to: peer, from: source, ownAddresses: own)
        }
    }
}
