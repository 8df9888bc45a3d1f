/// An IPv4 or IPv6 address, in 17 bytes and without a zone.
public struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    /// The version of IP that an address belongs to.
    public enum Family: Sendable, Hashable, CaseIterable {
        /// IPv4.
        case ipv4
        /// IPv6.
        case ipv6
    }

    /// The first eight bytes of an IPv6 address as a number, the first byte most significant; 0 for IPv4.
    public let high: UInt64
    /// The last eight bytes of an IPv6 address as a number, or all four of an IPv4 address.
    public let low: UInt64
    /// The version of IP that it belongs to.
    public let family: Family

    /// An IPv4 address.
    ///
    /// - Parameter number: The address, its first octet most significant (192.0.2.1 is 0xC0000201).
    public init(ipv4 number: UInt32) {
        high = 0
        low = UInt64(number)
        family = .ipv4
    }

    /// An IPv6 address from its two halves.
    ///
    /// - Parameters:
    ///   - high: The first eight bytes, the first most significant.
    ///   - low: The last eight bytes, the first of them most significant.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
        family = .ipv6
    }

    /// Dotted-quad form, or the canonical text of RFC 5952.
    public var description: String {
        switch family {
        case .ipv4: Self.quad(UInt32(truncatingIfNeeded: low))
        case .ipv6:
            high == 0 && low >> 32 == 0xffff ? "::ffff:" + Self.quad(UInt32(truncatingIfNeeded: low)) : groupText
        }
    }

    private static func quad(_ number: UInt32) -> String {
        "\(number >> 24).\(number >> 16 & 0xff).\(number >> 8 & 0xff).\(number & 0xff)"
    }

    private var groupText: String {
        let groups = (0..<8).map { index in
            UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index % 4)))
        }
        func text(_ groups: ArraySlice<UInt16>) -> String {
            groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        // `::` replaces the first longest run of at least two zero groups (RFC 5952 §4.2).
        var longest = 0..<0
        var start = 0
        for index in 0...8 where index == 8 || groups[index] != 0 {
            if index - start > longest.count { longest = start..<index }
            start = index + 1
        }
        guard longest.count >= 2 else { return text(groups[...]) }
        return "\(text(groups[..<longest.lowerBound]))::\(text(groups[longest.upperBound...]))"
    }
}
