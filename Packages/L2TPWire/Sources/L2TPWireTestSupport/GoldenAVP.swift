public import L2TPWire

/// An AVP whose bytes and meaning are known from elsewhere than the code under test.
public struct GoldenAVP: Sendable, CustomStringConvertible {
    /// What the AVP says.
    public let type: AttributeType
    /// What the RFC calls it.
    public let name: String
    /// Who says so: a section of an RFC; empty within a message, which has a source of its own.
    public let source: String
    /// Header and value, as hexadecimal text.
    public let hexadecimal: String
    /// What the value means.
    public let value: any AVPValue

    /// An AVP.
    ///
    /// - Parameters:
    ///   - hexadecimal: Header and value.
    ///   - definition: What the AVP says.
    ///   - value: What the value means.
    ///   - source: Who says so.
    public init<Value>(
        _ hexadecimal: String, _ definition: AVPDefinition<Value>, _ value: Value, _ source: String = ""
    ) {
        type = definition.type
        name = definition.name
        self.source = source
        self.hexadecimal = hexadecimal
        self.value = value
    }

    /// An AVP whose value has an initializer that may fail; that of a vector does not.
    init<Value>(
        _ hexadecimal: String, _ definition: AVPDefinition<Value>, optional value: Value?, _ source: String = ""
    ) {
        guard let value else { preconditionFailure("golden vector: \(definition.name) has no value") }
        self.init(hexadecimal, definition, value, source)
    }

    /// Header and value.
    public var bytes: [UInt8] { Hex.parseLiteral(hexadecimal) }
    /// Number and name.
    public var description: String { "\(type) \(name)" }
}
