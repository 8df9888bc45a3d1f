/// What a captured frame begins with (the registry "PCAP LinkType List", once `LINKTYPE_` in libpcap).
public struct LinkType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The registered number.
    public var rawValue: UInt32

    /// Wraps a number.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// BSD loopback: the address family in four bytes, in the byte order of the machine that captured.
    public static let null = Self(rawValue: 0)
    /// Ethernet, without the frame check sequence.
    public static let ethernet = Self(rawValue: 1)
    /// Raw IP as some BSDs number it.
    public static let rawBSD = Self(rawValue: 12)
    /// Raw IP as OpenBSD numbers it.
    public static let rawOpenBSD = Self(rawValue: 14)
    /// An IPv4 or IPv6 header; its version tells which.
    public static let raw = Self(rawValue: 101)
    /// OpenBSD loopback: the address family in four bytes, most significant first.
    public static let loop = Self(rawValue: 108)
    /// Linux cooked capture, version 1 (SLL).
    public static let linuxCooked = Self(rawValue: 113)
    /// An IPv4 header.
    public static let ipv4 = Self(rawValue: 228)
    /// An IPv6 header.
    public static let ipv6 = Self(rawValue: 229)
    /// Linux cooked capture, version 2 (SLL2).
    public static let linuxCooked2 = Self(rawValue: 276)

    /// The registered name, or the number.
    public var description: String {
        switch self {
        case .null: "NULL"
        case .ethernet: "ETHERNET"
        case .rawBSD, .rawOpenBSD, .raw: "RAW"
        case .loop: "LOOP"
        case .linuxCooked: "LINUX_SLL"
        case .ipv4: "IPV4"
        case .ipv6: "IPV6"
        case .linuxCooked2: "LINUX_SLL2"
        default: "link type \(rawValue)"
        }
    }
}
