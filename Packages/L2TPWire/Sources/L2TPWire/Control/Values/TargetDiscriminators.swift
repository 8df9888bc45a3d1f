/// The S-BFD discriminators of an end's reflector (RFC 7886 §2, S-BFD Target Discriminator ID).
public struct TargetDiscriminators: AVPValue, ExpressibleByArrayLiteral {
    /// The discriminators in the order of the wire, 0…254 of them; a sender lists at least one.
    public var discriminators: [UInt32]

    /// A list.
    public init(_ discriminators: [UInt32]) {
        self.discriminators = discriminators
    }

    /// A list.
    public init(arrayLiteral discriminators: UInt32...) {
        self.init(discriminators)
    }

    /// Reads discriminators of four bytes each.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        guard value.count.isMultiple(of: 4) else {
            throw WireError(.valueTooShort, at: value.count, in: "Discriminator \(value.count / 4 + 1)")
        }
        discriminators = stride(from: 0, to: value.count, by: 4).map { value.bigEndian(at: $0) }
    }

    /// Length on the wire in bytes: four a discriminator.
    public var encodedByteCount: Int { 4 * discriminators.count }

    /// Appends the discriminators.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        for discriminator in discriminators { output.append(bigEndian: discriminator) }
    }

    /// The discriminators, as one list.
    public var fields: [AVPField] {
        [AVPField(byteCount: encodedByteCount, .list(discriminators.map { .number(UInt64($0), name: nil) }))]
    }
}
