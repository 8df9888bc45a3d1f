/// Why a multicast session ends (IANA "Result Code AVP (Attribute Type 1) Values", MSEN; RFC 4045 §7.3).
public struct MulticastSessionEndResultCode: NamedNumber {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// There is no multicast traffic for the group.
    public static let noTraffic = Self(rawValue: 1)
    /// The error code tells the reason.
    public static let generalError = Self(rawValue: 2)
    /// There are no receivers any more.
    public static let noReceivers = Self(rawValue: 3)
    /// There are no receivers any more, since the mode of the filter has changed.
    public static let filterModeChange = Self(rawValue: 4)

    /// What the RFC says, in few words; nil for a number that this module does not know.
    public var name: String? {
        switch self {
        case .noTraffic: "no multicast traffic for the group"
        case .generalError: "terminated for the reason in the error code"
        case .noReceivers: "no more receivers"
        case .filterModeChange: "no more receivers, filter-mode change"
        default: nil
        }
    }
}
