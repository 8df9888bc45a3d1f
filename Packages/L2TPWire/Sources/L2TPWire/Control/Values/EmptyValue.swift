/// The value of an AVP that says something by being there, and has no bytes.
public struct EmptyValue: AVPValue {
    /// The only value.
    public init() {}

    /// Reads no bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(0)
    }

    /// Length on the wire in bytes: 0.
    public var encodedByteCount: Int { 0 }

    /// Appends nothing.
    public func serialize(into output: inout OutputSpan<UInt8>) {}

    /// None.
    public var fields: [AVPField] { [] }
}
