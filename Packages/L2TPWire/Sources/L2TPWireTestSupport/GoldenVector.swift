public import L2TPWire

/// A message whose bytes and meaning are known from elsewhere than the code under test.
public struct GoldenVector: Sendable, CustomStringConvertible {
    /// A short name, unique among the vectors.
    public let name: String
    /// Who says so: a section of an RFC, or the kernel it was measured on.
    public let source: String
    /// What the message says, for people.
    public let meaning: String
    /// What carries the message.
    public let encapsulation: Encapsulation
    /// The bytes up to the payload (of a control message: all of them), as hexadecimal text.
    public let headerHexadecimal: String
    /// The payload of a data message, as hexadecimal text; empty for a control message.
    public let payloadHexadecimal: String
    /// What the header of a data message says; nil for a control message.
    public let header: DataHeader?
    /// Whether serializing ``header`` gives the same bytes, which reserved bits prevent.
    public let isCanonical: Bool

    /// The whole message.
    public var bytes: [UInt8] { Hex.parseLiteral(headerHexadecimal) + payload }
    /// The payload of a data message.
    public var payload: [UInt8] { Hex.parseLiteral(payloadHexadecimal) }
    /// The name.
    public var description: String { name }
}
