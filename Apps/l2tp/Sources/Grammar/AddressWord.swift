import L2TPModel

/// The value of `local` or `remote`.
enum AddressWord: Hashable {
    /// `any`, `all` or `default`: the wildcard of whichever address family the tunnel uses.
    case any
    case address(IPAddress)

    /// An address as ip reads it: IPv6 when it holds a colon, otherwise one to four octets, each decimal,
    /// octal (`010`) or hexadecimal (`0x0a`); the octets not given are 0, so that `10.1` is 10.1.0.0.
    init?(_ word: String) {
        if ["any", "all", "default"].contains(word) {
            self = .any
        } else if word.contains(":") {
            guard let address = IPv6Address(word) else { return nil }
            self = .address(.v6(address))
        } else {
            let octets = word.split(separator: ".", omittingEmptySubsequences: false)
            guard (1...4).contains(octets.count) else { return nil }
            var number: UInt32 = 0
            for (index, octet) in octets.enumerated() {
                guard let value = NumberParser.number(octet, maximum: 255) else { return nil }
                number |= UInt32(value) << UInt32(24 - 8 * index)
            }
            self = .address(.v4(IPv4Address(number: number)))
        }
    }

    /// The address; nil for the wildcard of either family.
    var address: IPAddress? {
        switch self {
        case .any: nil
        case .address(let address): address
        }
    }

    /// Whether an address of a tunnel is meant; the wildcard means 0.0.0.0 and ::.
    func matches(_ address: IPAddress?) -> Bool {
        switch self {
        case .any: address?.isAny ?? false
        case .address(let own): address == own
        }
    }
}
