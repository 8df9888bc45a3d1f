/// The hardware address of an Ethernet interface (EUI-48).
public struct MACAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address as a number below 2^48, the first byte on the wire most significant (02:00:00:00:00:01 is
    /// 0x020000000001).
    public let number: UInt64

    /// Length of an address in bytes.
    public static let byteCount = 6

    /// An address from its number; nil if that has more than 48 bits.
    public init?(number: UInt64) {
        guard number >> 48 == 0 else { return nil }
        self.number = number
    }

    /// An address from the lower 48 bits of a number.
    public init(truncating number: UInt64) {
        self.number = number & 0xffff_ffff_ffff
    }

    /// An address from its bytes in the order of the wire; nil unless there are six.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        number = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// An address as six pairs of hexadecimal digits between colons, in either case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let pairs = text.split(separator: ":", omittingEmptySubsequences: false)
        guard pairs.count == Self.byteCount else { return nil }
        var number: UInt64 = 0
        for pair in pairs {
            // The number parser would take a sign.
            guard pair.utf8.count == 2, pair.allSatisfy({ $0.isASCII && $0.isHexDigit }),
                let byte = UInt8(pair, radix: 16)
            else { return nil }
            number = number << 8 | UInt64(byte)
        }
        self.number = number
    }

    /// The six bytes in the order of the wire.
    public var bytes: [UInt8] {
        (0..<Self.byteCount).map { UInt8(truncatingIfNeeded: number >> UInt64(40 - 8 * $0)) }
    }

    /// Whether the address means one station, not a group: the lowest bit of its first byte is clear
    /// (IEEE 802, I/G bit).
    public var isUnicast: Bool { number >> 40 & 1 == 0 }

    /// Whether the address was not assigned by a manufacturer: the second lowest bit of its first byte is set
    /// (IEEE 802, U/L bit).
    public var isLocallyAdministered: Bool { number >> 40 & 2 != 0 }

    /// Whether an interface can have the address: one of a single station, and not 00:00:00:00:00:00. The
    /// kernel's function is `is_valid_ether_addr`.
    public var isAssignable: Bool { isUnicast && number != 0 }

    /// Six pairs of lower-case hexadecimal digits between colons.
    public var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }
}
