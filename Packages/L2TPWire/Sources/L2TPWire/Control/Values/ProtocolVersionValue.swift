/// The version and revision of the protocol that a sender speaks (RFC 2661 §4.4.3).
public struct ProtocolVersionValue: AVPValue {
    /// The version: 1, also for the protocol whose header says 2.
    public var version: UInt8
    /// The revision: 0.
    public var revision: UInt8

    /// What RFC 2661 asks for: version 1, revision 0.
    public static let rfc2661 = Self(version: 1, revision: 0)

    /// A version and revision.
    public init(version: UInt8, revision: UInt8) {
        self.version = version
        self.revision = revision
    }

    /// Reads a version and revision that fill all of the bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(2)
        self.init(version: value[0], revision: value[1])
    }

    /// Length on the wire in bytes: 2.
    public var encodedByteCount: Int { 2 }

    /// Appends the version and then the revision.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(version)
        output.append(revision)
    }

    /// Version and revision.
    public var fields: [AVPField] {
        [
            AVPField("Version", byteCount: 1, .number(UInt64(version), name: nil)),
            AVPField("Revision", at: 1, byteCount: 1, .number(UInt64(revision), name: nil)),
        ]
    }
}
