/// A key of a JSON object, quoted once for the thousands of times it is written.
public struct JSONKey: ExpressibleByStringLiteral, Sendable {
    /// A comma, the key in quotes and a colon.
    public let afterMember: OutputBuffer.Literal
    /// The key in quotes and a colon, for the first member of an object.
    public let first: OutputBuffer.Literal

    /// A key of that name, which is so short that it makes a literal with all that.
    public init(_ name: String) {
        var buffer = OutputBuffer(capacity: OutputBuffer.Literal.longest)
        buffer.append(quoted: name)
        buffer.append(UInt8(ascii: ":"))
        first = OutputBuffer.Literal(buffer.bytes)
        afterMember = OutputBuffer.Literal([UInt8(ascii: ",")] + buffer.bytes)
    }

    /// For keys that are written now and then.
    public init(stringLiteral name: String) {
        self.init(name)
    }
}
