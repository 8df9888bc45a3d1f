/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, CustomStringConvertible {
    /// The address as a number, the first octet most significant (192.0.2.1 is 0xC0000201).
    public var number: UInt32

    /// An address from its number, the first octet most significant.
    public init(number: UInt32) {
        self.number = number
    }

    /// An address in dotted-quad form, four decimal octets without leading zeros; nil for anything else.
    public init?(_ text: some StringProtocol) {
        self.init(utf8: Array(text.utf8)[...])
    }

    /// An address from the bytes of its text.
    init?(utf8 text: ArraySlice<UInt8>) {
        var number: UInt32 = 0
        var octet: UInt32 = 0
        var (dots, digits) = (0, 0)
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                // A leading zero means octal to some programs and decimal to others: take neither.
                guard digits == 0 || octet != 0 else { return nil }
                octet = octet * 10 + UInt32(byte - UInt8(ascii: "0"))
                digits += 1
                guard octet <= 255 else { return nil }
            case UInt8(ascii: "."):
                guard digits > 0, dots < 3 else { return nil }
                number = number << 8 | octet
                (octet, digits, dots) = (0, 0, dots + 1)
            default: return nil
            }
        }
        guard digits > 0, dots == 3 else { return nil }
        number = number << 8 | octet
        self.number = number
    }

    /// 0.0.0.0, any local address.
    public static let any = Self(number: 0)

    /// 255.255.255.255, all hosts of the link.
    public static let broadcast = Self(number: .max)

    /// Whether the address is a multicast group (224.0.0.0/4).
    public var isMulticast: Bool { number >> 28 == 0xe }

    /// Whether the address never leaves the host (127.0.0.0/8).
    public var isLoopback: Bool { number >> 24 == 127 }

    /// Dotted-quad form.
    public var description: String {
        "\(number >> 24).\(number >> 16 & 0xff).\(number >> 8 & 0xff).\(number & 0xff)"
    }
}
