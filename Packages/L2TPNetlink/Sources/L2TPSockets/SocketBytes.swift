internal import L2TPModel

/// Numbers in the byte order of the host and of the network, as the structures of the socket interface mix them.
extension [UInt8] {
    /// Appends a number, the most significant byte first.
    mutating func append(network number: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// Appends a number in the byte order of the host.
    mutating func append(host number: some FixedWidthInteger & UnsignedInteger) {
        append(network: number.bigEndian)
    }

    /// Appends an address, the first byte first.
    mutating func append(_ address: IPAddress) {
        switch address {
        case .v4(let address):
            append(network: address.number)
        case .v6(let address):
            append(network: address.high)
            append(network: address.low)
        }
    }

    /// The number whose most significant byte stands at `offset`; nil if it does not lie within.
    func network<Number: FixedWidthInteger & UnsignedInteger>(
        _: Number.Type = Number.self, at offset: Int
    ) -> Number? {
        let end = offset + Number.bitWidth / 8
        guard offset >= 0, end <= count else { return nil }
        return self[offset..<end].reduce(0) { $0 << 8 | Number($1) }
    }

    /// The number in the host's byte order at `offset`; nil if it does not lie within.
    func host<Number: FixedWidthInteger & UnsignedInteger>(
        _: Number.Type = Number.self, at offset: Int
    ) -> Number? {
        network(Number.self, at: offset).map { Number(bigEndian: $0) }
    }

    /// The IPv4 address at `offset`; nil if it does not lie within.
    func ipv4Address(at offset: Int) -> IPAddress? {
        network(at: offset).map { .v4(IPv4Address(number: $0)) }
    }

    /// The IPv6 address at `offset`; nil if it does not lie within.
    func ipv6Address(at offset: Int) -> IPAddress? {
        guard let high: UInt64 = network(at: offset), let low: UInt64 = network(at: offset + 8) else { return nil }
        return .v6(IPv6Address(high: high, low: low))
    }
}
