internal import PacketCapture

extension EtherType {
    static let pppoeDiscovery = Self(rawValue: 0x8863)
    static let pppoeSession = Self(rawValue: 0x8864)

    /// What is usual in networks, by name; nil for the rest, and for lengths of IEEE 802.3.
    var name: String? {
        switch self {
        case .ipv4: "IPv4"
        case .arp: "ARP"
        case .ipv6: "IPv6"
        case .pppoeDiscovery: "PPPoE discovery"
        case .pppoeSession: "PPPoE"
        case .vlan, .serviceVLAN, .oldServiceVLAN: "VLAN"
        default: Self.names[rawValue]
        }
    }

    private static let names: [UInt16: String] = [
        0x8809: "slow protocols", 0x8847: "MPLS", 0x8848: "MPLS multicast", 0x888E: "EAPOL", 0x88CC: "LLDP",
        0x88E5: "MACsec", 0x88F7: "PTP", 0x8902: "CFM", 0x9000: "loopback test",
    ]
}
