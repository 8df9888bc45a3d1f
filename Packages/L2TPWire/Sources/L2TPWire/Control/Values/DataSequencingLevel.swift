/// Which data messages a sender wants to receive with sequence numbers (IANA "Data Sequencing Level"; RFC 3931 §5.4.4,
/// Data Sequencing).
public struct DataSequencingLevel: NamedNumber, AVPValue {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// None, which is also what a missing AVP says.
    public static let none = Self(rawValue: 0)
    /// All but those that carry IP.
    public static let nonIP = Self(rawValue: 1)
    /// All.
    public static let all = Self(rawValue: 2)

    /// What the RFC says, in few words; nil for a number that this module does not know.
    public var name: String? {
        switch self {
        case .none: "none"
        case .nonIP: "non-IP"
        case .all: "all"
        default: nil
        }
    }
}
