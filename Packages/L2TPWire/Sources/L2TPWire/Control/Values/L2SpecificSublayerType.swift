/// Which L2-specific sublayer a sender wants to receive (IANA "L2-Specific Sublayer Type"; RFC 3931 §5.4.4).
public struct L2SpecificSublayerType: NamedNumber, AVPValue {
    /// The number, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number; unknown numbers are kept as they are.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// One of the sublayers that this module reads and writes.
    public init(_ sublayer: L2SpecificSublayer) {
        self.init(rawValue: UInt16(sublayer.rawValue))
    }

    /// No sublayer.
    public static let none = Self(.none)
    /// The default sublayer (RFC 3931 §4.6).
    public static let `default` = Self(.default)
    /// The ATM-specific sublayer (RFC 4454).
    public static let atm = Self(rawValue: 2)
    /// The MPT-specific sublayer, registered by CableLabs.
    public static let mpt = Self(rawValue: 3)
    /// The PSP-specific sublayer, registered by CableLabs.
    public static let psp = Self(rawValue: 4)

    /// The sublayer as this module reads and writes it; nil for one that it does not know.
    public var sublayer: L2SpecificSublayer? {
        UInt8(exactly: rawValue).flatMap(L2SpecificSublayer.init(rawValue:))
    }

    /// `none`, `default` and the like; nil for a number that this module does not know.
    public var name: String? {
        switch self {
        case .none: "none"
        case .default: "default"
        case .atm: "atm"
        case .mpt: "mpt"
        case .psp: "psp"
        default: nil
        }
    }
}
