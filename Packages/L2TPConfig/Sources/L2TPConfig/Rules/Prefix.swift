internal import L2TPModel
internal import L2TPWire

/// A network prefix: the addresses that a link's address makes its neighbours.
struct Prefix: Hashable, CustomStringConvertible {
    /// Its version.
    let version: IPVersion
    /// How many bits all its addresses have in common.
    let bitCount: Int
    /// Its first address as a number of 32 or 128 bits.
    let lowest: UInt128

    /// The prefix of an address: that of the peer where there is one.
    init(_ specification: AddressSpecification) {
        let address = specification.peer ?? specification.address
        version = address.version
        bitCount = min(Int(specification.prefixBitCount), Self.width(of: version))
        lowest = Self.number(address) & ~Self.hostMask(Self.width(of: version) - bitCount)
    }

    /// How many bits tell its addresses apart.
    var hostBitCount: Int { Self.width(of: version) - bitCount }

    /// Its last address as a number.
    var highest: UInt128 { lowest | Self.hostMask(hostBitCount) }

    /// Its first address.
    var first: IPAddress { address(lowest) }

    /// Its last address.
    var last: IPAddress { address(highest) }

    /// Whether an address lies in it.
    func contains(_ address: IPAddress) -> Bool {
        address.version == version && (lowest...highest).contains(Self.number(address))
    }

    /// `192.0.2.0/24`.
    var description: String { "\(first)/\(bitCount)" }

    private static func width(of version: IPVersion) -> Int { version == .v4 ? 32 : 128 }

    private static func hostMask(_ bits: Int) -> UInt128 { bits == 128 ? .max : (1 << UInt128(bits)) - 1 }

    private static func number(_ address: IPAddress) -> UInt128 {
        switch address {
        case .v4(let address): UInt128(address.number)
        case .v6(let address): UInt128(address.high) << 64 | UInt128(address.low)
        }
    }

    private func address(_ number: UInt128) -> IPAddress {
        switch version {
        case .v4: .v4(IPv4Address(number: UInt32(truncatingIfNeeded: number)))
        case .v6:
            .v6(
                IPv6Address(
                    high: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number)))
        }
    }
}
