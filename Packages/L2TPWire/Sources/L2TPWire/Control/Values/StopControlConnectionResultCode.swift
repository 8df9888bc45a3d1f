/// Why a control connection ends (IANA "Result Code AVP (Attribute Type 1) Values", StopCCN; RFC 2661 §4.4.2,
/// RFC 3931 §5.4.2).
public struct StopControlConnectionResultCode: NamedNumber {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// A general request to clear the control connection.
    public static let generalRequest = Self(rawValue: 1)
    /// A general error, which the error code tells.
    public static let generalError = Self(rawValue: 2)
    /// There is a control connection already.
    public static let alreadyExists = Self(rawValue: 3)
    /// The requester may not establish a control connection.
    public static let notAuthorized = Self(rawValue: 4)
    /// The requester's version of the protocol is not supported; the error code is the highest one that is.
    public static let versionNotSupported = Self(rawValue: 5)
    /// The requester is being shut down.
    public static let shutDown = Self(rawValue: 6)
    /// An error of the finite state machine, or a timeout.
    public static let finiteStateMachineError = Self(rawValue: 7)
    /// The values of CCDS do not agree (RFC 3308).
    public static let ccdsMismatch = Self(rawValue: 8)

    /// What the RFC says, in few words; nil for a number that this module does not know.
    public var name: String? {
        switch self {
        case .generalRequest: "general request to clear control connection"
        case .generalError: "general error"
        case .alreadyExists: "control connection already exists"
        case .notAuthorized: "requester is not authorized"
        case .versionNotSupported: "protocol version not supported"
        case .shutDown: "requester is being shut down"
        case .finiteStateMachineError: "finite state machine error or timeout"
        case .ccdsMismatch: "mismatching CCDS value"
        default: nil
        }
    }
}
