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
        let octets = text.split(separator: ".", omittingEmptySubsequences: false)
        guard octets.count == 4 else { return nil }
        var number: UInt32 = 0
        for octet in octets {
            // A leading zero means octal to some programs and decimal to others: take neither.
            guard octet.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                octet.utf8.count == 1 || octet.utf8.first != UInt8(ascii: "0"),
                let value = UInt8(octet)
            else { return nil }
            number = number << 8 | UInt32(value)
        }
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
