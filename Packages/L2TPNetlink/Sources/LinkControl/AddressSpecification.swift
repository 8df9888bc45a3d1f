internal import CLibmnl
public import L2TPModel
internal import L2TPWire
public import Netlink

/// An address that an interface is to have.
public struct AddressSpecification: Hashable, Sendable, CustomStringConvertible {
    /// The local address (`IFA_LOCAL`).
    public var address: IPAddress
    /// The address of the other end of a point-to-point interface, of the same version, to which the prefix then
    /// belongs (`IFA_ADDRESS`); nil if there is none.
    public var peer: IPAddress?
    /// Length of the network prefix in bits: up to 32 or 128 (`ifa_prefixlen`).
    public var prefixBitCount: UInt8
    /// Whether an IPv6 address is used at once, without asking other hosts whether they have it (`IFA_F_NODAD`).
    public var skipsDuplicateDetection: Bool

    /// An address from its parts.
    public init(
        _ address: IPAddress, peer: IPAddress? = nil, prefixBitCount: UInt8, skipsDuplicateDetection: Bool = false
    ) {
        self.address = address
        self.peer = peer
        self.prefixBitCount = prefixBitCount
        self.skipsDuplicateDetection = skipsDuplicateDetection
    }

    /// Appends the header and attributes of `RTM_NEWADDR` or `RTM_DELADDR` for a link. Throws `EMSGSIZE` if the
    /// buffer is full.
    public func append(to writer: inout NetlinkMessageWriter, linkIndex: UInt32) throws(NetlinkError) {
        let family = UInt8(address.version == .v4 ? AF_INET : AF_INET6)
        let flags: UInt8 = skipsDuplicateDetection ? UInt8(IFA_F_NODAD) : 0
        // IPv6 knows the scope of an address by itself; IPv4 believes what it is told.
        let scope: UInt8 = if case .v4(let address) = address, address.isLoopback { 254 } else { 0 }
        try writer.append(header: [family, prefixBitCount, flags, scope] + hostBytes(linkIndex))
        try writer.append(NetlinkAttributeType(Int(IFA_LOCAL)), address: address)
        try writer.append(NetlinkAttributeType(Int(IFA_ADDRESS)), address: peer ?? address)
    }

    /// As ip-address(8) writes it: `192.0.2.1/24`, or `192.0.2.1 peer 192.0.2.2/32`.
    public var description: String {
        if let peer { "\(address) peer \(peer)/\(prefixBitCount)" } else { "\(address)/\(prefixBitCount)" }
    }
}
