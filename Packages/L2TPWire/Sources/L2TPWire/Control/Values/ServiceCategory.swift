/// The quality of service that is expected of a call (RFC 3301 §5.2, Service Category).
public struct ServiceCategory: OptionSet, AVPValue, NamedBits {
    /// The bits, most of them reserved; all are kept.
    public var rawValue: UInt16

    /// Wraps the bits.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The S bit: real time.
    public static let realTime = Self(rawValue: 0x0001)

    static let named: [(bit: Self, name: String)] = [(.realTime, "Real-Time")]

    /// The bits that have names.
    public var fields: [AVPField] { flags }
}
