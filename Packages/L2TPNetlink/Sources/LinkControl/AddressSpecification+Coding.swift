internal import CLibmnl
public import L2TPModel
internal import L2TPWire
public import Netlink

extension AddressSpecification {
    /// Appends the header and attributes of `RTM_NEWADDR` or `RTM_DELADDR` for a link. Throws `EMSGSIZE` if the
    /// buffer is full.
    public func append(to writer: inout NetlinkMessageWriter, linkIndex: UInt32) throws(NetlinkError) {
        let family = UInt8(address.version == .v4 ? AF_INET : AF_INET6)
        let flags = skipsDuplicateDetection ? UInt32(IFA_F_NODAD) : 0
        // IPv6 knows the scope of an address by itself; IPv4 believes what it is told.
        let scope = attributes.scope ?? .automatic(for: address)
        try writer.append(
            header: [family, prefixBitCount, UInt8(truncatingIfNeeded: flags), scope.rawValue] + hostBytes(linkIndex))
        try writer.append(NetlinkAttributeType(Int(IFA_LOCAL)), address: address)
        try writer.append(NetlinkAttributeType(Int(IFA_ADDRESS)), address: peer ?? address)
        if let broadcast = attributes.broadcast {
            try writer.append(NetlinkAttributeType(Int(IFA_BROADCAST)), address: .v4(broadcast))
        }
        if let label = attributes.label { try writer.append(NetlinkAttributeType(Int(IFA_LABEL)), text: label) }
        if let metric = attributes.metric {
            try writer.append(NetlinkAttributeType(Int(IFA_RT_PRIORITY)), number: metric)
        }
        if let lifetime = attributes.lifetime {
            // The timestamps are for the kernel to tell.
            let info = hostBytes(lifetime.preferred) + hostBytes(lifetime.valid) + [UInt8](repeating: 0, count: 8)
            try writer.append(NetlinkAttributeType(Int(IFA_CACHEINFO)), bytes: info.span)
        }
        // They replace those of the header, which has room for eight.
        if !attributes.flags.isEmpty {
            try writer.append(NetlinkAttributeType(Int(IFA_FLAGS)), number: flags | attributes.flags.rawValue)
        }
    }
}
