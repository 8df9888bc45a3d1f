/// An IPv6 address, without a zone.
public struct IPv6Address: Hashable, Sendable, CustomStringConvertible {
    /// The first eight bytes as a number, the first byte most significant.
    public var high: UInt64
    /// The last eight bytes as a number, the first of them most significant.
    public var low: UInt64

    /// An address from its two halves, each with its first byte most significant.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An address in one of the text forms of RFC 4291 §2.2; nil for anything else, a zone included.
    public init?(_ text: some StringProtocol) {
        guard let groups = Self.groups(of: Array(text.utf8)), groups.count == 8 else { return nil }
        high = groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }
        low = groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
    }

    /// `::`, any local address.
    public static let any = Self(high: 0, low: 0)

    /// Whether the address is a multicast group (ff00::/8).
    public var isMulticast: Bool { high >> 56 == 0xff }

    /// Whether the address means something only on one link (fe80::/10), so that it needs a zone.
    public var isLinkLocal: Bool { high >> 54 == 0xfe80 >> 6 }

    /// Whether the address is an IPv4 address in disguise (::ffff:0:0/96).
    public var isIPv4Mapped: Bool { high == 0 && low >> 32 == 0xffff }

    /// The canonical text of RFC 5952.
    public var description: String {
        if isIPv4Mapped {
            return "::ffff:\(IPv4Address(number: UInt32(truncatingIfNeeded: low)))"
        }
        let groups = [high, low].flatMap { half in
            [48, 32, 16, 0].map { (shift: Int) -> UInt16 in UInt16(truncatingIfNeeded: half >> shift) }
        }
        func text(_ groups: ArraySlice<UInt16>) -> String {
            groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard let zeros = Self.longestZeroRun(in: groups) else { return text(groups[...]) }
        return "\(text(groups[..<zeros.lowerBound]))::\(text(groups[zeros.upperBound...]))"
    }

    /// The first longest run of at least two zero groups, which `::` replaces (RFC 5952 §4.2).
    private static func longestZeroRun(in groups: [UInt16]) -> Range<Int>? {
        var longest = 0..<0
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start > longest.count { longest = start..<index }
            start = index + 1
        }
        return longest.count >= 2 ? longest : nil
    }

    /// The eight groups of a text, with `::` filled in; nil if the text is malformed.
    private static func groups(of text: [UInt8]) -> [UInt16]? {
        let colon = UInt8(ascii: ":")
        var groups: [UInt16] = []
        var gap: Int?
        var offset = 0
        if text.starts(with: [colon, colon]) { (gap, offset) = (0, 2) }
        while offset < text.count {
            let start = offset
            var group: UInt16 = 0
            while offset < text.count, offset - start < 4, let digit = hexDigit(text[offset]) {
                group = group << 4 | digit
                offset += 1
            }
            guard offset > start else { return nil }
            if offset < text.count, text[offset] == UInt8(ascii: ".") {
                // Only the end may be a dotted quad.
                guard let address = IPv4Address(utf8: text[start...]) else { return nil }
                groups.append(UInt16(address.number >> 16))
                groups.append(UInt16(address.number & 0xffff))
                break
            }
            groups.append(group)
            guard offset < text.count else { break }
            guard text[offset] == colon, offset + 1 < text.count else { return nil }
            offset += 1
            if text[offset] == colon {
                guard gap == nil else { return nil }
                gap = groups.count
                offset += 1
            }
        }
        guard let gap else { return groups }
        // `::` stands for at least one group.
        guard groups.count <= 7 else { return nil }
        return groups[..<gap] + Array(repeating: 0, count: 8 - groups.count) + groups[gap...]
    }

    private static func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
