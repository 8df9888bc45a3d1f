/// The identifier by which one end knows a tunnel (RFC 3931: control connection).
///
/// An L2TPv3 tunnel identifier has 32 bits (RFC 3931 §5.4.3, Assigned Control Connection ID), an
/// L2TPv2 one 16 bits (RFC 2661 §3.1). Each end chooses its own; the other end's is the *peer* tunnel
/// identifier. Zero is reserved: no tunnel has it. The kernel attribute is `L2TP_ATTR_CONN_ID`.
public struct TunnelID: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number in host byte order, 0…4294967295; 0 is reserved.
    public var rawValue: UInt32

    /// Wraps a number in host byte order; 0 is representable because the wire can carry it.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Wraps a number in host byte order.
    @inlinable
    public init(_ number: UInt32) {
        self.init(rawValue: number)
    }

    /// Whether the identifier may name a tunnel: every number but the reserved 0.
    @inlinable
    public var isValid: Bool { rawValue != 0 }

    /// Whether the identifier may name a tunnel of that protocol version: L2TPv2 has 16 bits for it (RFC 2661
    /// §3.1).
    @inlinable
    public func isValid(in version: ProtocolVersion) -> Bool {
        isValid && (version != .v2 || rawValue <= UInt16.max)
    }

    /// The decimal number.
    public var description: String { String(rawValue) }

    /// Orders by number.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}
