/// Bytes that the module does not look into are values of AVPs.
extension [UInt8]: AVPValue {
    /// Copies the bytes.
    public init(parsing value: Span<UInt8>) {
        self = [UInt8](capacity: value.count) { output in
            for index in value.indices { output.append(value[index]) }
        }
    }

    /// The number of bytes.
    @inlinable
    public var encodedByteCount: Int { count }

    /// Appends the bytes.
    @inlinable
    public func serialize(into output: inout OutputSpan<UInt8>) {
        for byte in self { output.append(byte) }
    }

    /// The bytes.
    public var fields: [AVPField] { [AVPField(byteCount: count, .bytes(self))] }
}
