/// What a session carries (RFC 3931 §5.4.4, Pseudowire Type; IANA "L2TPv3 Pseudowire Types").
///
/// The kernel attribute is `L2TP_ATTR_PW_TYPE` (`enum l2tp_pwtype`), which uses IANA's numbers for all
/// but `ip`.
public struct PseudowireType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// No pseudowire; the kernel constant is `L2TP_PWTYPE_NONE`.
    public static let none = Self(rawValue: 0x0000)
    /// Ethernet VLAN (RFC 4719); the kernel constant is `L2TP_PWTYPE_ETH_VLAN`. Linux has no driver for it.
    public static let ethernetVLAN = Self(rawValue: 0x0004)
    /// Ethernet port (RFC 4719); the kernel constant is `L2TP_PWTYPE_ETH`.
    public static let ethernet = Self(rawValue: 0x0005)
    /// PPP; the kernel constant is `L2TP_PWTYPE_PPP`.
    public static let ppp = Self(rawValue: 0x0007)
    /// PPP access concentrator; the kernel constant is `L2TP_PWTYPE_PPP_AC`. Linux has no driver for it.
    public static let pppAccessConcentrator = Self(rawValue: 0x0008)
    /// IP layer 2 transport; the kernel constant is `L2TP_PWTYPE_IP`. Linux has no driver for it.
    public static let ip = Self(rawValue: 0x000b)

    /// `eth`, `ppp` and the like, else the number.
    public var description: String {
        switch self {
        case .none: "none"
        case .ethernetVLAN: "eth-vlan"
        case .ethernet: "eth"
        case .ppp: "ppp"
        case .pppAccessConcentrator: "ppp-ac"
        case .ip: "ip"
        default: String(rawValue)
        }
    }
}
