/// What a session adds to each frame, and the MTU that leaves its Ethernet interface.
///
/// Linux computes the MTU of an `l2tpeth` interface once, when the session is created, and from what
/// *we* send: neither the peer's cookie nor sequence numbers change it (the default sublayer's four
/// bytes are there with or without). Too large an MTU makes Linux fragment the outer packets; IPsec
/// is accounted for neither here nor there.
public struct EncapsulationOverhead: Hashable, Sendable {
    /// Length of an Ethernet header without VLAN tags in bytes. The kernel constant is `ETH_HLEN`.
    public static let ethernetHeaderByteCount = 14
    /// Length of one IEEE 802.1Q or 802.1ad tag in bytes. The kernel constant is `VLAN_HLEN`.
    public static let vlanTagByteCount = 4
    /// Length of a UDP header in bytes (RFC 768).
    public static let udpHeaderByteCount = 8

    /// What carries the tunnel.
    public let encapsulation: Encapsulation
    /// The version of the packets that carry the tunnel.
    public let ipVersion: IPVersion
    /// Length of the cookie we *send* (kernel attribute `L2TP_ATTR_COOKIE`).
    public let sentCookieLength: CookieLength
    /// The L2-specific sublayer.
    public let sublayer: L2SpecificSublayer
    /// Number of VLAN tags in the frames inside the tunnel, 0…2. Linux itself reckons with 0.
    public let innerVLANTagCount: Int
    /// Length of the options (IPv4, at most 40) or extension headers (IPv6) of the outer packets in bytes.
    public let ipOptionByteCount: Int

    /// An encapsulation; what has a default is what Linux uses unless told otherwise.
    ///
    /// - Precondition: `innerVLANTagCount` and `ipOptionByteCount` lie in their ranges.
    /// - Parameters:
    ///   - encapsulation: What carries the tunnel.
    ///   - ipVersion: The version of the packets that carry the tunnel.
    ///   - sentCookieLength: Length of the cookie we send.
    ///   - sublayer: The L2-specific sublayer.
    ///   - innerVLANTagCount: Number of VLAN tags in the frames inside the tunnel, 0…2.
    ///   - ipOptionByteCount: Length of the outer IPv4 options (0…40) or IPv6 extension headers (0…2048) in bytes.
    public init(
        encapsulation: Encapsulation,
        ipVersion: IPVersion,
        sentCookieLength: CookieLength = .none,
        sublayer: L2SpecificSublayer = .default,
        innerVLANTagCount: Int = 0,
        ipOptionByteCount: Int = 0
    ) {
        precondition((0...2).contains(innerVLANTagCount), "0, 1 or 2 VLAN tags")
        precondition((0...(ipVersion == .v4 ? 40 : 2048)).contains(ipOptionByteCount), "IP options out of range")
        self.encapsulation = encapsulation
        self.ipVersion = ipVersion
        self.sentCookieLength = sentCookieLength
        self.sublayer = sublayer
        self.innerVLANTagCount = innerVLANTagCount
        self.ipOptionByteCount = ipOptionByteCount
    }

    /// Length of the L2TP header in bytes, 4…20.
    public var headerByteCount: Int {
        DataFormat(cookieLength: sentCookieLength, sublayer: sublayer).headerByteCount(over: encapsulation)
    }

    /// Bytes on the path on top of the inner Ethernet frame: outer IP, UDP if any, and L2TP.
    public var byteCount: Int {
        let udp =
            switch encapsulation {
            case .udp: Self.udpHeaderByteCount
            case .ip: 0
            }
        return ipVersion.headerByteCount + ipOptionByteCount + udp + headerByteCount
    }

    /// Path MTU minus interface MTU: the interface's MTU does not count the inner Ethernet header.
    private var mtuDifference: Int {
        byteCount + Self.ethernetHeaderByteCount + innerVLANTagCount * Self.vlanTagByteCount
    }

    /// The largest MTU of the session's interface whose frames cross the path in one piece.
    ///
    /// Without inner VLAN tags this is what Linux (since 4.12) gives the interface when the session is
    /// created. A path MTU above ``IPVersion/maximumPacketByteCount`` counts as that, as in Linux; think of
    /// the loopback interface's 65536.
    ///
    /// - Parameter pathMTU: Largest IP packet that reaches the peer whole, in bytes, IP header included.
    /// - Returns: The MTU in bytes, or nil when the path MTU is smaller than what the headers take. Linux
    ///   then reckons with a path MTU of 1500, and the interface sends nothing but fragments.
    public func interfaceMTU(pathMTU: Int) -> Int? {
        let capped = min(pathMTU, ipVersion.maximumPacketByteCount)
        guard capped >= mtuDifference else { return nil }
        return capped - mtuDifference
    }

    /// The path MTU that the session's interface needs so that none of its frames is fragmented.
    ///
    /// - Parameter interfaceMTU: MTU of the session's interface in bytes, without its Ethernet header.
    /// - Returns: The path MTU in bytes, IP header included, or nil when the interface's MTU is negative
    ///   or a full frame fits no IP packet.
    public func pathMTU(forInterfaceMTU interfaceMTU: Int) -> Int? {
        guard (0...(ipVersion.maximumPacketByteCount - mtuDifference)).contains(interfaceMTU) else { return nil }
        return interfaceMTU + mtuDifference
    }
}
