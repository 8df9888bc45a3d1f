/// The number of a data message within its session: 24 bits, the first message bearing 0.
///
/// RFC 3931 §4.6. The numbers wrap around after 16777215, so which of two comes first depends on the last
/// one received; hence they are not `Comparable`.
public struct SequenceNumber: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number in host byte order, 0…16777215.
    public let rawValue: UInt32

    /// The first number of a session: 0.
    public static let first = Self(truncating: 0)

    /// Wraps a number in host byte order; returns nil above 16777215.
    @inlinable
    public init?(rawValue: UInt32) {
        guard rawValue <= 0x00FF_FFFF else { return nil }
        self.rawValue = rawValue
    }

    /// The low 24 bits of a number in host byte order.
    @inlinable
    public init(truncating number: UInt32) {
        rawValue = number & 0x00FF_FFFF
    }

    /// The number of the message after; 0 follows 16777215.
    @inlinable
    public var successor: Self { Self(truncating: rawValue + 1) }

    /// How many messages this number is ahead of another one, −8388607…8388608.
    ///
    /// RFC 3931 §4.6.1 has the preceding 8388607 numbers count as behind, so the number that is exactly half
    /// the space away counts as ahead.
    @inlinable
    public func distance(from other: Self) -> Int {
        let difference = Int((rawValue &- other.rawValue) & 0x00FF_FFFF)
        return difference <= 0x80_0000 ? difference : difference - 0x100_0000
    }

    /// Whether the number belongs to a message sent after the one with the other number.
    @inlinable
    public func isAfter(_ other: Self) -> Bool { distance(from: other) > 0 }

    /// The decimal number.
    public var description: String { String(rawValue) }
}
