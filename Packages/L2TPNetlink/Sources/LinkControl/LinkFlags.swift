internal import CLibmnl

/// The flags of a link; the kernel field is `ifi_flags`.
public struct LinkFlags: OptionSet, Hashable, Sendable {
    /// The bits in host byte order.
    public var rawValue: UInt32

    /// Wraps bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Set up by the administrator (`IFF_UP`).
    public static let up = Self(rawValue: UInt32(IFF_UP.rawValue))
    /// Able to broadcast (`IFF_BROADCAST`).
    public static let broadcast = Self(rawValue: UInt32(IFF_BROADCAST.rawValue))
    /// The loopback interface (`IFF_LOOPBACK`).
    public static let loopback = Self(rawValue: UInt32(IFF_LOOPBACK.rawValue))
    /// With exactly one other end (`IFF_POINTOPOINT`).
    public static let pointToPoint = Self(rawValue: UInt32(IFF_POINTOPOINT.rawValue))
    /// Up and able to carry traffic (`IFF_RUNNING`).
    public static let running = Self(rawValue: UInt32(IFF_RUNNING.rawValue))
    /// Without address resolution (`IFF_NOARP`).
    public static let noAddressResolution = Self(rawValue: UInt32(IFF_NOARP.rawValue))
    /// Taking every frame, whoever it is for (`IFF_PROMISC`).
    public static let promiscuous = Self(rawValue: UInt32(IFF_PROMISC.rawValue))
    /// Able to multicast (`IFF_MULTICAST`).
    public static let multicast = Self(rawValue: UInt32(IFF_MULTICAST.rawValue))
    /// With a carrier (`IFF_LOWER_UP`).
    public static let lowerUp = Self(rawValue: UInt32(IFF_LOWER_UP.rawValue))
}
