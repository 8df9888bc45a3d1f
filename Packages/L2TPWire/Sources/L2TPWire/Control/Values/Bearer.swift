/// Types of bearer, as capabilities or of a call (RFC 2661 §4.4.3, Bearer Capabilities, and §4.4.4, Bearer Type).
public struct Bearer: OptionSet, AVPValue, NamedBits {
    /// The bits, most of them reserved; all are kept.
    public var rawValue: UInt32

    /// Wraps the bits.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The A bit: analogue access.
    public static let analog = Self(rawValue: 0x2)
    /// The D bit: digital access.
    public static let digital = Self(rawValue: 0x1)
    /// The B bit: broadband access by ATM (RFC 3301 §5.3).
    public static let broadband = Self(rawValue: 0x4)

    static let named: [(bit: Self, name: String)] = [
        (.broadband, "Broadband"), (.analog, "Analog"), (.digital, "Digital"),
    ]

    /// The bits that have names.
    public var fields: [AVPField] { flags }
}
