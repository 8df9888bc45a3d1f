/// Ports and checksums of a tunnel over UDP.
public struct UDPParameters: Hashable, Sendable {
    /// Our port, in host byte order; 1…65535. The kernel attribute is `L2TP_ATTR_UDP_SPORT`.
    public var sourcePort: UInt16
    /// The peer's port, in host byte order; 1…65535. The kernel attribute is `L2TP_ATTR_UDP_DPORT`.
    public var destinationPort: UInt16
    /// Whether we send UDP checksums over IPv4. The kernel attribute is `L2TP_ATTR_UDP_CSUM`.
    public var ipv4Checksum: Bool
    /// Whether we send UDP checksums over IPv6. The kernel attribute is the flag
    /// `L2TP_ATTR_UDP_ZERO_CSUM6_TX`, which says the contrary.
    public var ipv6TransmitChecksum: Bool
    /// Whether we insist on UDP checksums in what we receive over IPv6. The kernel attribute is the flag
    /// `L2TP_ATTR_UDP_ZERO_CSUM6_RX`, which says the contrary.
    public var ipv6ReceiveChecksum: Bool

    /// Parameters with ip-l2tp(8)'s defaults: no checksum over IPv4, both over IPv6.
    public init(
        sourcePort: UInt16,
        destinationPort: UInt16,
        ipv4Checksum: Bool = false,
        ipv6TransmitChecksum: Bool = true,
        ipv6ReceiveChecksum: Bool = true
    ) {
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.ipv4Checksum = ipv4Checksum
        self.ipv6TransmitChecksum = ipv6TransmitChecksum
        self.ipv6ReceiveChecksum = ipv6ReceiveChecksum
    }
}
