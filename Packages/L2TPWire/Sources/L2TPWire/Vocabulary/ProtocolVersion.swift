/// The L2TP protocol version, as the `Ver` field of a header carries it (RFC 3931 §3.2.1).
///
/// The kernel attribute is `L2TP_ATTR_PROTO_VERSION`.
public struct ProtocolVersion: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number in the header: 2 or 3; four bits on the wire.
    public var rawValue: UInt8

    /// Wraps a number; numbers other than 2 and 3 are kept as they are.
    @inlinable
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// L2TPv2 (RFC 2661).
    @inlinable
    public static var v2: Self { Self(rawValue: 2) }
    /// L2TPv3 (RFC 3931).
    @inlinable
    public static var v3: Self { Self(rawValue: 3) }

    /// `L2TPv3` and the like.
    public var description: String { "L2TPv\(rawValue)" }
}
