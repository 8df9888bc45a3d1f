internal import CLibmnl
public import L2TPModel
public import Netlink
internal import SystemPackage

/// Looks at the network interfaces, addresses and routes of one network namespace, and changes what a
/// pseudowire's interface needs.
///
/// What reads one message or list as it is throws ``NetlinkError``; what changes, decides or waits throws
/// ``LinkError``.
public struct LinkClient<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    let connector: NetlinkConnector<Transport>
    var exchange: Exchange<Transport>

    /// A client that opens its transport with `connector`.
    ///
    /// Throws ``NetlinkError`` with operation `open` or `enterNamespace`.
    public init(_ connector: NetlinkConnector<Transport>) throws(NetlinkError) {
        self.connector = connector
        exchange = Exchange(over: try connector.open(.route))
    }

    /// The link of that name; nil if there is none. The kernel request is `RTM_GETLINK`.
    ///
    /// Throws ``NetlinkError``, as do all that follow.
    public mutating func link(named name: String) throws(NetlinkError) -> Link? {
        guard name.utf8.count < Int(IFNAMSIZ) else { return nil }
        return try link { (writer) throws(NetlinkError) in
            try Link.appendQuery(name: name, to: &writer)
        }
    }

    /// The link of that number; nil if there is none. The kernel request is `RTM_GETLINK`.
    public mutating func link(index: UInt32) throws(NetlinkError) -> Link? {
        try link { (writer) throws(NetlinkError) in
            try Link.appendQuery(index: index, to: &writer)
        }
    }

    /// All links. The kernel request is a dump of `RTM_GETLINK`.
    ///
    /// Throws ``NetlinkError`` with operation `dump` if links of the namespace come and go all the time: the
    /// kernel then calls every list interrupted.
    public mutating func links() throws(NetlinkError) -> [Link] {
        var links: [Link] = []
        try exchange.dump(NetlinkMessageType(rawValue: UInt16(RTM_GETLINK))) { (writer) throws(NetlinkError) in
            try Link.appendQuery(to: &writer)
        } restart: {
            links = []
        } member: { (message) throws(NetlinkError) in
            links.append(try Link(message))
        }
        return links
    }

    /// All IPv4 and IPv6 addresses. The kernel request is a dump of `RTM_GETADDR`.
    public mutating func addresses() throws(NetlinkError) -> [InterfaceAddress] {
        var addresses: [InterfaceAddress] = []
        try exchange.dump(NetlinkMessageType(rawValue: UInt16(RTM_GETADDR))) { (writer) throws(NetlinkError) in
            try writer.append(header: [UInt8](repeating: 0, count: InterfaceAddress.headerByteCount))
        } restart: {
            addresses = []
        } member: { (message) throws(NetlinkError) in
            if let address = try InterfaceAddress(message) { addresses.append(address) }
        }
        return addresses
    }

    private mutating func link(
        _ build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> Link? {
        var link: Link?
        do {
            try exchange.request(NetlinkMessageType(rawValue: UInt16(RTM_GETLINK)), build: build) {
                (message) throws(NetlinkError) in
                link = try Link(message)
            }
        } catch  where error.operation == .request && error.errno == .operationNotSupportedByDevice {
            return nil
        }
        guard let link else { throw .malformed("the kernel confirmed the request without an answer") }
        return link
    }
}

extension LinkClient: Sendable where Transport: Sendable & ~Copyable {}
