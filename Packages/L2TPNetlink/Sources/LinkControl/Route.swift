internal import CLibmnl
public import L2TPModel
internal import L2TPWire
public import Netlink
internal import SystemPackage

/// The way packets to a peer take.
public struct Route: Hashable, Sendable {
    /// What happens to packets; the kernel field is `rtm_type`.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The number.
        public var rawValue: UInt8

        /// Wraps a number.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// They leave by a link (`RTN_UNICAST`).
        public static let unicast = Self(rawValue: UInt8(RTN_UNICAST))
        /// They are for this host itself (`RTN_LOCAL`).
        public static let local = Self(rawValue: UInt8(RTN_LOCAL))
        /// They are for all hosts of a network (`RTN_BROADCAST`).
        public static let broadcast = Self(rawValue: UInt8(RTN_BROADCAST))
        /// They are for a group (`RTN_MULTICAST`).
        public static let multicast = Self(rawValue: UInt8(RTN_MULTICAST))
        /// They are dropped without a word (`RTN_BLACKHOLE`).
        public static let blackhole = Self(rawValue: UInt8(RTN_BLACKHOLE))
        /// They are refused as unreachable (`RTN_UNREACHABLE`).
        public static let unreachable = Self(rawValue: UInt8(RTN_UNREACHABLE))
        /// They are refused as prohibited (`RTN_PROHIBIT`).
        public static let prohibit = Self(rawValue: UInt8(RTN_PROHIBIT))
    }

    /// What happens to packets.
    public var kind: Kind
    /// The number of the link they leave by (`RTA_OIF`); nil if the kernel names none.
    public var linkIndex: UInt32?
    /// The address they get as their source (`RTA_PREFSRC`); nil if the kernel names none.
    public var source: IPAddress?
    /// The router they go to (`RTA_GATEWAY`, or `RTA_VIA` for an IPv4 route by an IPv6 router); nil if the peer is
    /// on the link.
    public var gateway: IPAddress?
    /// The largest packet in bytes, as the route's metric says or was learned from routers (`RTAX_MTU`); nil if
    /// only the link sets a limit.
    public var metricMTU: UInt32?
    /// The largest packet in bytes: the metric, else the link's MTU, and at most 65535; nil if the link is gone.
    public var pathMTU: UInt32?

    /// A route from its parts.
    public init(
        kind: Kind = .unicast, linkIndex: UInt32? = nil, source: IPAddress? = nil, gateway: IPAddress? = nil,
        metricMTU: UInt32? = nil, pathMTU: UInt32? = nil
    ) {
        self.kind = kind
        self.linkIndex = linkIndex
        self.source = source
        self.gateway = gateway
        self.metricMTU = metricMTU
        self.pathMTU = pathMTU
    }

    /// Length in bytes of `struct rtmsg`, which stands before the attributes.
    static let headerByteCount = 12

    /// A route as a message describes it (`RTM_NEWROUTE`), without ``pathMTU``. Throws `EBADMSG` if it is malformed.
    public init(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        var reader = try message.attributes(after: Self.headerByteCount)
        self.init(kind: Kind(rawValue: try message.number(at: 7)))
        while let attribute = try reader.next() {
            switch Int(attribute.type.rawValue) {
            case Int(RTA_OIF.rawValue): linkIndex = try attribute.number()
            case Int(RTA_PREFSRC.rawValue): source = try IPAddress(attribute)
            case Int(RTA_GATEWAY.rawValue): gateway = try IPAddress(attribute)
            case Int(RTA_VIA.rawValue): gateway = try Self.router(in: attribute)
            case Int(RTA_METRICS.rawValue): metricMTU = try Self.mtu(in: attribute.nested)
            default: break
            }
        }
    }

    /// The address in a `struct rtvia`: an address family and the address's bytes.
    private static func router(in attribute: borrowing NetlinkAttribute) throws(NetlinkError) -> IPAddress? {
        let value = attribute.value
        let bytes = value.indices.dropFirst(2).map { value[$0] }
        guard bytes.count == 4 || bytes.count == 16 else { throw .malformed("router with \(bytes.count) bytes") }
        let number = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return bytes.count == 4
            ? .v4(IPv4Address(number: UInt32(truncatingIfNeeded: number)))
            : .v6(
                IPv6Address(
                    high: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number)))
    }

    private static func mtu(in metrics: consuming NetlinkAttributeReader) throws(NetlinkError) -> UInt32? {
        while let attribute = try metrics.next() {
            if attribute.type == NetlinkAttributeType(Int(RTAX_MTU)) { return try attribute.number() }
        }
        return nil
    }

    /// The route with its path MTU, of a link with that MTU; nil if the link is gone.
    func withPathMTU(linkMTU: UInt32?) -> Self {
        var route = self
        route.pathMTU = (metricMTU ?? linkMTU).map { min($0, UInt32(UInt16.max)) }
        return route
    }

    /// Appends the header and attributes of a lookup with `RTM_GETROUTE`. Throws `EMSGSIZE` if the buffer is full.
    static func appendLookup(
        of destination: IPAddress, from source: IPAddress?, to writer: inout NetlinkMessageWriter
    ) throws(NetlinkError) {
        let isIPv4 = destination.version == .v4
        let bitCount: UInt8 = isIPv4 ? 32 : 128
        let header: [UInt8] = [UInt8(isIPv4 ? AF_INET : AF_INET6), bitCount, source == nil ? 0 : bitCount]
        try writer.append(header: header + [UInt8](repeating: 0, count: headerByteCount - header.count))
        try writer.append(NetlinkAttributeType(Int(RTA_DST.rawValue)), address: destination)
        if let source { try writer.append(NetlinkAttributeType(Int(RTA_SRC.rawValue)), address: source) }
    }
}
