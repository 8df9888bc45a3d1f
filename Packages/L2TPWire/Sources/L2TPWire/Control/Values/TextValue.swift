/// Text in an AVP, for example a host name: kept as the bytes that the peer sent, whatever they are.
///
/// RFC 2661 §4.4.3 does not say how names are encoded, RFC 3931 §5.4.3 has US-ASCII; error messages are UTF-8 in both.
public struct TextValue: AVPValue, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The bytes on the wire, 0…1017, without an end mark.
    public var bytes: [UInt8]

    /// Text that is sent in UTF-8.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Text that is sent in UTF-8.
    public init(stringLiteral text: String) {
        self.init(text)
    }

    /// Copies the bytes.
    public init(parsing value: Span<UInt8>) {
        bytes = [UInt8](parsing: value)
    }

    /// The number of bytes.
    @inlinable
    public var encodedByteCount: Int { bytes.count }

    /// Appends the bytes.
    @inlinable
    public func serialize(into output: inout OutputSpan<UInt8>) { bytes.serialize(into: &output) }

    /// The text.
    public var fields: [AVPField] { [AVPField(byteCount: bytes.count, .text(description))] }

    /// The text; bytes that are not UTF-8 are replaced by U+FFFD.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
