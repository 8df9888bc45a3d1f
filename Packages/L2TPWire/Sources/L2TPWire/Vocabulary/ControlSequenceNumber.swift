/// Ns or Nr: a 16-bit sequence number that wraps around after 65535.
///
/// Control messages of both versions have them (RFC 2661 §5.8, RFC 3931 §4.2), and so have data messages of
/// L2TPv2 (RFC 2661 §5.4). Which of two comes first depends on the window, so they are not `Comparable`.
public struct ControlSequenceNumber: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number in host byte order, 0…65535.
    public var rawValue: UInt16

    /// Wraps a number in host byte order.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Wraps a number in host byte order.
    @inlinable
    public init(_ number: UInt16) {
        self.init(rawValue: number)
    }

    /// The first number of a control connection or session: 0.
    public static let first = Self(0)

    /// The number of the message after; 0 follows 65535.
    @inlinable
    public var successor: Self { Self(rawValue &+ 1) }

    /// How many messages this number is ahead of another one, −32767…32768.
    ///
    /// The preceding 32767 numbers count as behind (RFC 2661 §5.8, RFC 3931 §4.2), so the number that is
    /// exactly half the space away counts as ahead.
    @inlinable
    public func distance(from other: Self) -> Int {
        let difference = Int(rawValue &- other.rawValue)
        return difference <= 0x8000 ? difference : difference - 0x1_0000
    }

    /// Whether the number belongs to a message sent after the one with the other number.
    @inlinable
    public func isAfter(_ other: Self) -> Bool { distance(from: other) > 0 }

    /// The decimal number.
    public var description: String { String(rawValue) }
}
