/// What a session carries (RFC 3931 §5.4.4, Pseudowire Type; IANA "L2TPv3 Pseudowire Types").
///
/// The kernel attribute is `L2TP_ATTR_PW_TYPE` (`enum l2tp_pwtype`). ``ppp``, ``pppAccessConcentrator`` and ``ip``
/// are numbers of Linux and others, which IANA has not given out.
public struct PseudowireType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// No pseudowire; the kernel constant is `L2TP_PWTYPE_NONE`.
    public static let none = Self(rawValue: 0x0000)
    /// Frame Relay DLCI (RFC 4591).
    public static let frameRelay = Self(rawValue: 0x0001)
    /// ATM AAL5 SDU VCC transport (RFC 4454).
    public static let atmAAL5 = Self(rawValue: 0x0002)
    /// ATM cell transparent port mode (RFC 4454).
    public static let atmCellPort = Self(rawValue: 0x0003)
    /// Ethernet VLAN (RFC 4719); the kernel constant is `L2TP_PWTYPE_ETH_VLAN`. Linux has no driver for it.
    public static let ethernetVLAN = Self(rawValue: 0x0004)
    /// Ethernet port (RFC 4719); the kernel constant is `L2TP_PWTYPE_ETH`.
    public static let ethernet = Self(rawValue: 0x0005)
    /// HDLC (RFC 4349).
    public static let hdlc = Self(rawValue: 0x0006)
    /// PPP; the kernel constant is `L2TP_PWTYPE_PPP`.
    public static let ppp = Self(rawValue: 0x0007)
    /// PPP access concentrator; the kernel constant is `L2TP_PWTYPE_PPP_AC`. Linux has no driver for it.
    public static let pppAccessConcentrator = Self(rawValue: 0x0008)
    /// ATM cell transport VCC mode (RFC 4454).
    public static let atmCellVCC = Self(rawValue: 0x0009)
    /// ATM cell transport VPC mode (RFC 4454).
    public static let atmCellVPC = Self(rawValue: 0x000a)
    /// IP layer 2 transport; the kernel constant is `L2TP_PWTYPE_IP`. Linux has no driver for it.
    public static let ip = Self(rawValue: 0x000b)
    /// MPEG-TS payload type (MPTPW), registered by CableLabs.
    public static let mpegTS = Self(rawValue: 0x000c)
    /// Packet streaming protocol (PSPPW), registered by CableLabs.
    public static let packetStreaming = Self(rawValue: 0x000d)
    /// Structure-agnostic E1 circuit (RFC 5611).
    public static let structureAgnosticE1 = Self(rawValue: 0x0011)
    /// Structure-agnostic T1 (DS1) circuit (RFC 5611).
    public static let structureAgnosticT1 = Self(rawValue: 0x0012)
    /// Structure-agnostic E3 circuit (RFC 5611).
    public static let structureAgnosticE3 = Self(rawValue: 0x0013)
    /// Structure-agnostic T3 (DS3) circuit (RFC 5611).
    public static let structureAgnosticT3 = Self(rawValue: 0x0014)
    /// CESoPSN basic mode (RFC 5611).
    public static let cesopsnBasic = Self(rawValue: 0x0015)
    /// CESoPSN TDM with CAS (RFC 5611).
    public static let cesopsnCAS = Self(rawValue: 0x0017)

    /// `eth`, `ppp` and the like; nil for a number that this module does not know.
    public var name: String? {
        switch self {
        case .none: "none"
        case .frameRelay: "fr"
        case .atmAAL5: "atm-aal5"
        case .atmCellPort: "atm-port"
        case .ethernetVLAN: "eth-vlan"
        case .ethernet: "eth"
        case .hdlc: "hdlc"
        case .ppp: "ppp"
        case .pppAccessConcentrator: "ppp-ac"
        case .atmCellVCC: "atm-vcc"
        case .atmCellVPC: "atm-vpc"
        case .ip: "ip"
        case .mpegTS: "mpeg-ts"
        case .packetStreaming: "psp"
        case .structureAgnosticE1: "tdm-e1"
        case .structureAgnosticT1: "tdm-t1"
        case .structureAgnosticE3: "tdm-e3"
        case .structureAgnosticT3: "tdm-t3"
        case .cesopsnBasic: "cesopsn"
        case .cesopsnCAS: "cesopsn-cas"
        default: nil
        }
    }

    /// The name, else the number.
    public var description: String { name ?? String(rawValue) }
}
