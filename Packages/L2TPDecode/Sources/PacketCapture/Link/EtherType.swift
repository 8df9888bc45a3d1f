/// What a frame carries (IEEE 802 numbers, "EtherType"); below 0x0600 the length of an IEEE 802.3 frame.
public struct EtherType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number, most significant byte first on the wire.
    public var rawValue: UInt16

    /// Wraps a number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// IPv4.
    public static let ipv4 = Self(rawValue: 0x0800)
    /// ARP.
    public static let arp = Self(rawValue: 0x0806)
    /// IPv6.
    public static let ipv6 = Self(rawValue: 0x86dd)
    /// The tag of a VLAN (IEEE 802.1Q, C-TAG).
    public static let vlan = Self(rawValue: 0x8100)
    /// The tag of a service VLAN (IEEE 802.1ad, S-TAG).
    public static let serviceVLAN = Self(rawValue: 0x88a8)
    /// The tag of a service VLAN before IEEE 802.1ad.
    public static let oldServiceVLAN = Self(rawValue: 0x9100)

    /// Whether a VLAN tag follows.
    public var isVLAN: Bool { self == .vlan || self == .serviceVLAN || self == .oldServiceVLAN }

    /// Four hexadecimal digits: `0x86dd`.
    public var description: String {
        let digits = String(rawValue, radix: 16)
        return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
