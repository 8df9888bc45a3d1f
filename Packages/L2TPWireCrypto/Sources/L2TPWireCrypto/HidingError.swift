public import L2TPWire

/// Why a value cannot be hidden.
public enum HidingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An attribute type whose definition forbids that its value is hidden.
    case mustNotBeHidden(AttributeType)
    /// A key for another version of the protocol than the message's: its receiver could not reveal the value.
    case keyOfOtherVersion(message: ProtocolVersion)
    /// What is hidden does not fit into an AVP, or the AVP not into the message.
    case unwritable(ControlMessageWriter.ValidationError)

    /// One line: what is wrong, and what would be right.
    public var description: String {
        switch self {
        case .mustNotBeHidden(let type): "AVP \(type) must not be hidden; send it in plain sight"
        case .keyOfOtherVersion(let version): "the message is \(version) and the key is not; make a key for \(version)"
        case .unwritable(let error): "\(error)"
        }
    }
}
