/// The pseudowire types that a sender supports (RFC 3931 §5.4.3, Pseudowire Capabilities List).
public struct PseudowireCapabilitiesList: AVPValue, ExpressibleByArrayLiteral {
    /// The types in the order of the wire, 0…508 of them; a sender lists at least one.
    public var types: [PseudowireType]

    /// A list.
    public init(_ types: [PseudowireType]) {
        self.types = types
    }

    /// A list.
    public init(arrayLiteral types: PseudowireType...) {
        self.init(types)
    }

    /// Reads types of two bytes each.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        guard value.count.isMultiple(of: 2) else {
            throw WireError(.valueTooShort, at: value.count, in: "PW Type \(value.count / 2)")
        }
        types = stride(from: 0, to: value.count, by: 2).map { PseudowireType(rawValue: value.bigEndian(at: $0)) }
    }

    /// Length on the wire in bytes: two a type.
    public var encodedByteCount: Int { 2 * types.count }

    /// Appends the types.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        for type in types { output.append(bigEndian: type.rawValue) }
    }

    /// The types, as one list.
    public var fields: [AVPField] {
        [AVPField(byteCount: encodedByteCount, .list(types.map { .number(UInt64($0.rawValue), name: $0.name) }))]
    }
}
