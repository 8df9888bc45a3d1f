internal import CLibmnl
public import L2TPModel
internal import L2TPWire
public import Netlink

extension AddressSpecification {
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
}
