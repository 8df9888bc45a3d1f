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
        let object = LinkError.Object.route(to: peer.description)
        if let source, source.version != peer.version {
            throw LinkError(.find, object, .invalid, "the source \(source) has another IP version")
        }
        do throws(NetlinkError) {
            var found: Route?
            try exchange.request(NetlinkMessageType(rawValue: UInt16(RTM_GETROUTE))) { (writer) throws(NetlinkError) in
                try Route.appendLookup(of: peer, from: source, to: &writer)
            } reply: { (message) throws(NetlinkError) in
                found = try Route(message)
            }
            guard var route = found else { throw .malformed("the kernel confirmed the request without an answer") }
            let linkMTU = route.linkIndex.flatMap { look(at: $0)?.mtu }
            route.pathMTU = (route.metricMTU ?? linkMTU).map { min($0, UInt32(UInt16.max)) }
            return RouteLookup(route)
        } catch {
            // Linux calls a source address that it does not have invalid, as it does a blackhole.
            if let source, error.operation == .request, isMissing(source) {
                throw LinkError(
                    .find, object, .addressNotLocal, errno: error.errno, "source address \(source) is not on this host")
            }
            guard error.operation == .request, let outcome = RouteLookup(error.errno) else {
                throw LinkError(.find, object, error)
            }
            return outcome
        }
    }

    /// Whether no link has an address; false if that cannot be seen.
    private mutating func isMissing(_ address: IPAddress) -> Bool {
        guard let addresses = try? addresses() else { return false }
        return !addresses.contains { $0.address == address }
    }
}
