/// What a link is able to do (RFC 2863); the kernel attribute is `IFLA_OPERSTATE`.
public struct OperationalState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number.
    public var rawValue: UInt8

    /// Wraps a number.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The driver does not say (`IF_OPER_UNKNOWN`); the interface of an L2TP session never does.
    public static let unknown = Self(rawValue: 0)
    /// A part is missing (`IF_OPER_NOTPRESENT`).
    public static let notPresent = Self(rawValue: 1)
    /// Down, or without a carrier (`IF_OPER_DOWN`).
    public static let down = Self(rawValue: 2)
    /// Down because of the link below it (`IF_OPER_LOWERLAYERDOWN`).
    public static let lowerLayerDown = Self(rawValue: 3)
    /// Under test (`IF_OPER_TESTING`).
    public static let testing = Self(rawValue: 4)
    /// Waiting for something, as for authentication (`IF_OPER_DORMANT`).
    public static let dormant = Self(rawValue: 5)
    /// Able to carry traffic (`IF_OPER_UP`).
    public static let up = Self(rawValue: 6)

    /// The word that ip-link(8) has for it, in lower case; the number where there is none.
    public var description: String {
        switch self {
        case .unknown: "unknown"
        case .notPresent: "notpresent"
        case .down: "down"
        case .lowerLayerDown: "lowerlayerdown"
        case .testing: "testing"
        case .dormant: "dormant"
        case .up: "up"
        default: "\(rawValue)"
        }
    }
}
