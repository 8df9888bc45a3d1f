public import L2TPModel
public import Netlink

extension IPAddress {
    /// The address in an attribute's value, whose length tells the version. Throws `EBADMSG` if it has
    /// neither 4 nor 16 bytes.
    public init(_ attribute: borrowing NetlinkAttribute) throws(NetlinkError) {
        self =
            attribute.value.count == 4
            ? .v4(IPv4Address(number: try attribute.bigEndianNumber()))
            : .v6(try IPv6Address(attribute))
    }
}

extension IPv6Address {
    /// The address in an attribute's value. Throws `EBADMSG` if it has not 16 bytes.
    public init(_ attribute: borrowing NetlinkAttribute) throws(NetlinkError) {
        let number: UInt128 = try attribute.bigEndianNumber()
        self.init(high: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number))
    }
}

extension NetlinkMessageWriter {
    /// Appends an attribute with an address's bytes in network byte order. Throws `EMSGSIZE` if the
    /// buffer is full.
    public mutating func append(_ type: NetlinkAttributeType, address: IPAddress) throws(NetlinkError) {
        switch address {
        case .v4(let address):
            try append(type, number: address.number.bigEndian)
        case .v6(let address):
            let number = UInt128(address.high) << 64 | UInt128(address.low)
            try append(type, number: number.bigEndian)
        }
    }
}
