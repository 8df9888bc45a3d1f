/// Numbers in network byte order are values of AVPs.
extension AVPValue where Self: FixedWidthInteger & UnsignedInteger {
    /// Reads a number that fills all of the bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(MemoryLayout<Self>.size)
        self = value.bigEndian(at: 0)
    }

    /// Length on the wire in bytes.
    @inlinable
    public var encodedByteCount: Int { MemoryLayout<Self>.size }

    /// Appends the number, the most significant byte first.
    @inlinable @inline(__always)
    public func serialize(into output: inout OutputSpan<UInt8>) { output.append(bigEndian: self) }

    /// The number.
    public var fields: [AVPField] { [AVPField(byteCount: encodedByteCount, .number(UInt64(self), name: nil))] }
}

extension UInt8: AVPValue {}
extension UInt16: AVPValue {}
extension UInt32: AVPValue {}
extension UInt64: AVPValue {}

/// Types that wrap a number are values of AVPs in the same way.
extension AVPValue where Self: RawRepresentable, RawValue: AVPValue & BinaryInteger {
    /// Reads a number that fills all of the bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        guard let known = Self(rawValue: try RawValue(parsing: value)) else {
            throw WireError(.invalidValue, at: 0, in: WireError.wholeValue)
        }
        self = known
    }

    /// Length on the wire in bytes.
    @inlinable
    public var encodedByteCount: Int { rawValue.encodedByteCount }

    /// Appends the number, the most significant byte first.
    @inlinable @inline(__always)
    public func serialize(into output: inout OutputSpan<UInt8>) { rawValue.serialize(into: &output) }

    /// The number.
    public var fields: [AVPField] { [AVPField(byteCount: encodedByteCount, .number(UInt64(rawValue), name: nil))] }
}

extension TunnelID: AVPValue {}
extension SessionID: AVPValue {}
extension MessageType: AVPValue, NamedNumber {}
extension PseudowireType: AVPValue, NamedNumber {}
