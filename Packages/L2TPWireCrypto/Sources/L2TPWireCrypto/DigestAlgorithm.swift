public import L2TPWire

/// The types of message digest that this package computes (RFC 3931 §5.4.1, Message Digest).
public enum DigestAlgorithm: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// HMAC-MD5 (RFC 2104), which every implementation has.
    case hmacMD5
    /// HMAC-SHA-1 (RFC 2104).
    case hmacSHA1

    /// The algorithm of a Digest Type; nil for one that is unknown.
    ///
    /// - Parameter type: What the Message Digest AVP says.
    public init?(_ type: DigestType) {
        switch type {
        case .hmacMD5: self = .hmacMD5
        case .hmacSHA1: self = .hmacSHA1
        default: return nil
        }
    }

    /// What the Message Digest AVP says.
    public var type: DigestType {
        switch self {
        case .hmacMD5: .hmacMD5
        case .hmacSHA1: .hmacSHA1
        }
    }

    /// Length of the digest in bytes: 16 or 20.
    public var digestByteCount: Int {
        switch self {
        case .hmacMD5: 16
        case .hmacSHA1: 20
        }
    }

    /// The name in RFC 3931.
    public var description: String { type.description }
}
