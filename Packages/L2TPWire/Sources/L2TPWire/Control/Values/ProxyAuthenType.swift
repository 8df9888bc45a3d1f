/// How a LAC has authenticated the remote system (IANA "Proxy Authen Type AVP (Attribute Type 29) Values"; RFC 2661
/// §4.4.5).
public struct ProxyAuthenType: NamedNumber, AVPValue {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// A user name and password were exchanged as text.
    public static let textual = Self(rawValue: 1)
    /// PPP CHAP.
    public static let chap = Self(rawValue: 2)
    /// PPP PAP.
    public static let pap = Self(rawValue: 3)
    /// No authentication.
    public static let none = Self(rawValue: 4)
    /// Microsoft CHAP version 1.
    public static let msCHAPv1 = Self(rawValue: 5)
    /// EAP.
    public static let eap = Self(rawValue: 7)

    /// What the RFC says, in few words; nil for a number that this module does not know.
    public var name: String? {
        switch self {
        case .textual: "textual username/password exchange"
        case .chap: "PPP CHAP"
        case .pap: "PPP PAP"
        case .none: "no authentication"
        case .msCHAPv1: "Microsoft CHAP version 1"
        case .eap: "EAP"
        default: nil
        }
    }
}
