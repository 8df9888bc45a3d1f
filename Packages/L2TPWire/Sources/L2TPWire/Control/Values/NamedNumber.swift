/// A number on the wire some of whose values have names, all others being kept as they are.
public protocol NamedNumber: RawRepresentable, Hashable, Sendable, CustomStringConvertible
where RawValue: FixedWidthInteger & UnsignedInteger {
    /// Wraps a number; unknown numbers are kept as they are.
    init(rawValue: RawValue)

    /// What the number is called where it is defined; nil for one that this module does not know.
    var name: String? { get }
}

extension NamedNumber {
    /// The name, else the decimal number.
    public var description: String { name ?? String(rawValue) }
}

/// Numbers with names are values of AVPs.
extension AVPValue where Self: NamedNumber, RawValue: AVPValue {
    /// The number and its name.
    public var fields: [AVPField] {
        [AVPField(byteCount: encodedByteCount, .number(UInt64(rawValue), name: name))]
    }
}

/// A set of bits of which some have names.
protocol NamedBits: OptionSet where RawValue: FixedWidthInteger & UnsignedInteger, Element == Self {
    /// The bits with names, the most significant one first.
    static var named: [(bit: Self, name: String)] { get }
}

extension AVPValue where Self: NamedBits {
    /// Whether each of the bits that have names is set, the most significant one first.
    var flags: [AVPField] {
        Self.named.map { AVPField($0.name, byteCount: MemoryLayout<RawValue>.size, .flag(contains($0.bit))) }
    }
}
