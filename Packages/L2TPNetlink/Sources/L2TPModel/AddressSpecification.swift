/// An address that an interface is to have.
public struct AddressSpecification: Hashable, Sendable, CustomStringConvertible {
    /// The local address (`IFA_LOCAL`).
    public var address: IPAddress
    /// The address of the other end of a point-to-point interface, of the same version, to which the prefix then
    /// belongs (`IFA_ADDRESS`); nil if there is none.
    public var peer: IPAddress?
    /// Length of the network prefix in bits: up to 32 or 128 (`ifa_prefixlen`).
    public var prefixBitCount: UInt8
    /// Whether an IPv6 address is used at once, without asking other hosts whether they have it (`IFA_F_NODAD`); IPv4
    /// does not ask.
    public var skipsDuplicateDetection: Bool
    /// What else it is to have.
    public var attributes: AddressAttributes

    /// An address from its parts.
    public init(
        _ address: IPAddress, peer: IPAddress? = nil, prefixBitCount: UInt8, skipsDuplicateDetection: Bool = false,
        attributes: AddressAttributes = AddressAttributes()
    ) {
        self.address = address
        self.peer = peer
        self.prefixBitCount = prefixBitCount
        self.skipsDuplicateDetection = skipsDuplicateDetection
        self.attributes = attributes
    }

    /// As ip-address(8) writes it: `192.0.2.1/24`, or `192.0.2.1 peer 192.0.2.2/32`.
    public var description: String {
        if let peer { "\(address) peer \(peer)/\(prefixBitCount)" } else { "\(address)/\(prefixBitCount)" }
    }
}
