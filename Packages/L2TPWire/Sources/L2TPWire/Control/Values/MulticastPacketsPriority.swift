/// Which traffic goes first where unicast and multicast meet (RFC 4045 §6.3).
public struct MulticastPacketsPriority: NamedNumber, AVPValue {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Neither, which is also what a missing AVP says.
    public static let bestEffort = Self(rawValue: 0)
    /// Unicast.
    public static let unicast = Self(rawValue: 1)
    /// Multicast.
    public static let multicast = Self(rawValue: 2)

    /// What the RFC says, in few words; nil for a number that this module does not know.
    public var name: String? {
        switch self {
        case .bestEffort: "best effort"
        case .unicast: "unicast traffic priority"
        case .multicast: "multicast traffic priority"
        default: nil
        }
    }
}
