/// A general error (IANA "General Error Codes"; RFC 2661 §4.4.2, RFC 3931 §5.4.2).
public struct GeneralErrorCode: NamedNumber {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// No general error.
    public static let none = Self(rawValue: 0)
    /// There is no control connection yet for this pair.
    public static let noControlConnection = Self(rawValue: 1)
    /// A length is wrong.
    public static let wrongLength = Self(rawValue: 2)
    /// A field's value was out of range, or a reserved field was not zero.
    public static let valueOutOfRange = Self(rawValue: 3)
    /// There are not enough resources now.
    public static let insufficientResources = Self(rawValue: 4)
    /// The session identifier is invalid in this context.
    public static let invalidSessionID = Self(rawValue: 5)
    /// A vendor's own error, which the message may tell.
    public static let vendorSpecific = Self(rawValue: 6)
    /// The peer should try another destination that it knows.
    public static let tryAnother = Self(rawValue: 7)
    /// An AVP of an unknown type had its M bit set.
    public static let unknownMandatoryAVP = Self(rawValue: 8)
    /// The peer should try one of the destinations in the message (RFC 3931).
    public static let tryAnotherDirected = Self(rawValue: 9)
    /// The next hop cannot be reached.
    public static let nextHopUnreachable = Self(rawValue: 10)
    /// The next hop is busy.
    public static let nextHopBusy = Self(rawValue: 11)
    /// The tunnel switching aggregator is busy.
    public static let aggregatorBusy = Self(rawValue: 12)

    /// What the RFC says, in few words; nil for a number that this module does not know.
    public var name: String? {
        switch self {
        case .none: "no general error"
        case .noControlConnection: "no control connection exists yet"
        case .wrongLength: "length is wrong"
        case .valueOutOfRange: "field value out of range"
        case .insufficientResources: "insufficient resources"
        case .invalidSessionID: "invalid session ID"
        case .vendorSpecific: "vendor-specific error"
        case .tryAnother: "try another"
        case .unknownMandatoryAVP: "unknown AVP with the M bit set"
        case .tryAnotherDirected: "try another directed"
        case .nextHopUnreachable: "next hop unreachable"
        case .nextHopBusy: "next hop busy"
        case .aggregatorBusy: "TSA busy"
        default: nil
        }
    }
}
