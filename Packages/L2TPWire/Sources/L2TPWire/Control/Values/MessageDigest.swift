/// The digest by which a control message of L2TPv3 is authenticated (RFC 3931 §5.4.1, Message Digest).
///
/// The target L2TPWireCrypto computes and checks it.
public struct MessageDigest: AVPValue {
    /// How the digest is computed.
    public var type: DigestType
    /// The digest: 16 bytes for HMAC-MD5, 20 for HMAC-SHA-1, and 0…1016 for types that this module does not know.
    public var digest: [UInt8]

    /// A digest.
    public init(_ type: DigestType, digest: [UInt8]) {
        self.type = type
        self.digest = digest
    }

    /// Reads a digest, whose length must be right if its type is known.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(atLeast: 1, of: "Digest Type")
        type = DigestType(rawValue: value[0])
        if let byteCount = type.digestByteCount { try value.checkByteCount(1 + byteCount, of: "Message Digest") }
        digest = [UInt8](parsing: value.extracting(droppingFirst: 1))
    }

    /// Length on the wire in bytes: one more than the digest has.
    public var encodedByteCount: Int { 1 + digest.count }

    /// Appends the type and the digest.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(type.rawValue)
        digest.serialize(into: &output)
    }

    /// Type and digest.
    public var fields: [AVPField] {
        [
            AVPField("Digest Type", byteCount: 1, .number(UInt64(type.rawValue), name: type.name)),
            AVPField("Message Digest", at: 1, byteCount: digest.count, .bytes(digest)),
        ]
    }
}

/// How a message digest is computed (IANA "Message Digest AVP: Digest Type Values"; RFC 3931 §5.4.1).
public struct DigestType: NamedNumber {
    /// The number, 0…255.
    public var rawValue: UInt8

    /// Wraps a number; unknown numbers are kept as they are.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// HMAC-MD5.
    public static let hmacMD5 = Self(rawValue: 0)
    /// HMAC-SHA-1.
    public static let hmacSHA1 = Self(rawValue: 1)

    /// Length of the digest in bytes; nil for a number that this module does not know.
    public var digestByteCount: Int? {
        switch self {
        case .hmacMD5: 16
        case .hmacSHA1: 20
        default: nil
        }
    }

    /// `HMAC-MD5` or `HMAC-SHA-1`; nil for a number that this module does not know.
    public var name: String? {
        switch self {
        case .hmacMD5: "HMAC-MD5"
        case .hmacSHA1: "HMAC-SHA-1"
        default: nil
        }
    }
}
