/// The flags of a link; the kernel field is `ifi_flags`.
public struct LinkFlags: OptionSet, Hashable, Sendable {
    /// The bits in host byte order.
    public var rawValue: UInt32

    /// Wraps bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Set up by the administrator (`IFF_UP`).
    public static let up = Self(rawValue: 0x1)
    /// Able to broadcast (`IFF_BROADCAST`).
    public static let broadcast = Self(rawValue: 0x2)
    /// The loopback interface (`IFF_LOOPBACK`).
    public static let loopback = Self(rawValue: 0x8)
    /// With exactly one other end (`IFF_POINTOPOINT`).
    public static let pointToPoint = Self(rawValue: 0x10)
    /// Up and able to carry traffic (`IFF_RUNNING`).
    public static let running = Self(rawValue: 0x40)
    /// Without address resolution (`IFF_NOARP`).
    public static let noAddressResolution = Self(rawValue: 0x80)
    /// Taking every frame, whoever it is for (`IFF_PROMISC`).
    public static let promiscuous = Self(rawValue: 0x100)
    /// Able to multicast (`IFF_MULTICAST`).
    public static let multicast = Self(rawValue: 0x1000)
    /// With a carrier (`IFF_LOWER_UP`).
    public static let lowerUp = Self(rawValue: 0x10000)
}
