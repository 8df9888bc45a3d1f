public import L2TPWire

/// Why a control message is not authentic, or cannot be made so.
public enum MessageDigestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No digest is right: another secret, other nonces, or a message that has been changed.
    case wrong
    /// No Message Digest AVP after Message Type.
    case missing
    /// A Message Digest AVP elsewhere than right after Message Type, or a third one, `offset` bytes from the start of
    /// the datagram payload.
    case misplaced(offset: Int)
    /// A Digest Type that is unknown, and no other digest beside it.
    case unsupported(DigestType)
    /// A message of another version than L2TPv3, which alone has digests.
    case unsupportedVersion(ProtocolVersion)
    /// Bytes that are no control message, or no Message Digest.
    case malformed(WireError)

    /// One line: what is wrong, and what would be right.
    public var description: String {
        switch self {
        case .wrong: "message digest is wrong: another shared secret, or the message has been changed"
        case .missing: "message has no Message Digest after its Message Type"
        case .misplaced(let offset):
            "Message Digest at byte \(offset) is misplaced; one or two follow the Message Type at once"
        case .unsupported(let type):
            "digest type \(type.rawValue) is unknown; 0 (HMAC-MD5) and 1 (HMAC-SHA-1) are supported"
        case .unsupportedVersion(let version): "a message of \(version) has no digest; L2TPv3 has"
        case .malformed(let error): "\(error)"
        }
    }
}
