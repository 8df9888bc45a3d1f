internal import L2TPNetlink
internal import Netlink

/// The requests that the cases begin with.
extension [RawAttribute] {
    /// Tunnel 3000 over UDP and IPv4, from 192.0.2.1 port 5000 to 192.0.2.2 port 6000.
    static let udpTunnel: Self = ipTunnel.replacing(.encapsulationType, number: 0 as UInt16) + ports
    /// Tunnel 3000 over IP and IPv4.
    static let ipTunnel: Self =
        tunnel + [
            RawAttribute(.encapsulationType, number: 1 as UInt16), RawAttribute(.ipv4Source, [192, 0, 2, 1]),
            RawAttribute(.ipv4Destination, [192, 0, 2, 2]),
        ]
    /// Tunnel 3000 over UDP and IPv6.
    static let udpTunnel6: Self = ipTunnel6.replacing(.encapsulationType, number: 0 as UInt16) + ports
    /// Tunnel 3000 over IP and IPv6.
    static let ipTunnel6: Self =
        tunnel + [
            RawAttribute(.encapsulationType, number: 1 as UInt16), RawAttribute(.ipv6Source, ipv6(1)),
            RawAttribute(.ipv6Destination, ipv6(2)),
        ]
    /// Session 1000 in tunnel 3000, carrying Ethernet.
    static let session: Self =
        session(1000, in: 3000) + [
            RawAttribute(.peerSessionID, number: 2000 as UInt32), RawAttribute(.pseudowireType, number: 5 as UInt16),
        ]
    /// Tunnel 3000 over a descriptor, for UDP.
    static func managedTunnel(_ descriptor: UInt32, encapsulation: UInt16 = 0) -> Self {
        tunnel + [
            RawAttribute(.encapsulationType, number: encapsulation), RawAttribute(.fileDescriptor, number: descriptor),
        ]
    }

    /// The identifiers of a session.
    static func session(_ id: UInt32, in tunnelID: UInt32) -> Self {
        [RawAttribute(.tunnelID, number: tunnelID), RawAttribute(.sessionID, number: id)]
    }

    /// The session of an interface.
    static func interface(_ name: String) -> Self { [RawAttribute(.interfaceName, text: name)] }

    /// 2001:db8::`end`.
    static func ipv6(_ end: UInt8) -> [UInt8] { [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [end] }

    private static let tunnel: Self = [
        RawAttribute(.tunnelID, number: 3000 as UInt32), RawAttribute(.peerTunnelID, number: 4000 as UInt32),
        RawAttribute(.protocolVersion, number: 3 as UInt8),
    ]
    private static let ports: Self = [
        RawAttribute(.udpSourcePort, number: 5000 as UInt16), RawAttribute(.udpDestinationPort, number: 6000 as UInt16),
    ]
}

extension RawAttribute {
    /// The counters of what has carried nothing, in the kernel's order.
    static let zeroStatistics = RawAttribute(
        .statistics, [1, 2, 3, 4, 5, 6, 10, 7, 8, 11].flatMap { [12, 0, $0, 0] + [UInt8](repeating: 0, count: 8) })
}
