/// Types of framing, as capabilities or as a request (RFC 2661 §4.4.3, Framing Capabilities, and §4.4.4, Framing Type).
public struct Framing: OptionSet, AVPValue, NamedBits {
    /// The bits, most of them reserved; all are kept.
    public var rawValue: UInt32

    /// Wraps the bits.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The A bit: asynchronous framing.
    public static let asynchronous = Self(rawValue: 0x2)
    /// The S bit: synchronous framing.
    public static let synchronous = Self(rawValue: 0x1)

    static let named: [(bit: Self, name: String)] = [(.asynchronous, "Asynchronous"), (.synchronous, "Synchronous")]

    /// The bits that have names.
    public var fields: [AVPField] { flags }
}
