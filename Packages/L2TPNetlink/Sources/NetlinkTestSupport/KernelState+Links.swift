internal import CLibmnl
internal import L2TPModel
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

/// Links and addresses.
extension KernelState {
    /// Makes a link; `%d` in its name becomes the first free number.
    mutating func makeLink(
        named pattern: String, mtu: UInt32, isUp: Bool = false, isLoopback: Bool = false, kind: String? = nil
    ) throws(Errno) -> Link {
        guard let valid = try? InterfaceName(pattern) else { throw .invalidArgument }
        var name = valid.text
        if valid.isPattern {
            // The first number that gives a free name.
            let parts = name.split(separator: "%d", maxSplits: 1, omittingEmptySubsequences: false)
            let taken = Set(links.map(\.link.name))
            var number = 0
            repeat {
                name = parts.joined(separator: String(number))
                number += 1
            } while taken.contains(name)
        }
        guard !links.contains(where: { $0.link.name == name }) else {
            lookAtLinks { $0.link.name == name }
            throw .fileExists
        }
        let link = Link(index: nextLinkIndex(), name: name, mtu: mtu, isUp: isUp, isLoopback: isLoopback, kind: kind)
        links.append(LinkRow(link: link))
        announce(link, RTM_NEWLINK)
        return link
    }

    /// Links are seen; those whose end has come go.
    private mutating func lookAtLinks(where isSeen: (LinkRow) -> Bool) {
        for index in links.indices where isSeen(links[index]) { links[index].lifetime.countLook() }
        removeEndedLinks()
    }

    /// Links whose end has come go, which is notified.
    mutating func removeEndedLinks() {
        for row in links where row.lifetime.isOver { announce(row.link, RTM_DELLINK) }
        links.removeAll { $0.lifetime.isOver }
    }

    /// Tells the multicast group of links about one (`RTNLGRP_LINK`).
    func announce(_ link: Link, _ type: Int) {
        let message = describe(link, as: type, flags: [])
        multicast(message, over: .route, group: UInt32(RTNLGRP_LINK.rawValue))
    }

    mutating func describeLink(_ request: Request) throws(Errno) -> Reply {
        let index: UInt32 = number(fromHostBytes: request.payload[4..<8])
        let name = request.attributes.text(IFLA_IFNAME)
        guard index != 0 || name != nil else { throw .invalidArgument }
        let row = links.first { index != 0 ? $0.link.index == index : $0.link.name == name }
        guard let row else { throw .operationNotSupportedByDevice }
        lookAtLinks { $0.link.index == row.link.index }
        return describe(row.link, flags: [])
    }

    mutating func dumpLinks() -> [Reply] {
        let replies = links.map { describe($0.link, flags: .multipart) }
        lookAtLinks { _ in true }
        return replies
    }

    private func describe(_ link: Link, as type: Int = RTM_NEWLINK, flags: NetlinkMessageFlags) -> Reply {
        var bits = UInt32(IFF_BROADCAST.rawValue | IFF_MULTICAST.rawValue)
        if link.isLoopback { bits = UInt32(IFF_LOOPBACK.rawValue) }
        if link.isUp { bits |= UInt32(IFF_UP.rawValue | IFF_RUNNING.rawValue) }
        let hardware: UInt16 = link.isLoopback ? 772 : 1
        let header = [0, 0] + hostBytes(hardware) + hostBytes(link.index) + hostBytes(bits) + hostBytes(UInt32(0))
        return Reply(NetlinkMessageType(rawValue: UInt16(type)), flags: flags) {
            (writer) throws(NetlinkError) in
            try writer.append(header: header)
            try writer.append(NetlinkAttributeType(IFLA_IFNAME), text: link.name)
            try writer.append(NetlinkAttributeType(IFLA_TXQLEN), number: UInt32(1000))
            try writer.append(NetlinkAttributeType(IFLA_MTU), number: link.mtu)
            if let kind = link.kind {
                try writer.append(nested: NetlinkAttributeType(IFLA_LINKINFO)) { (writer) throws(NetlinkError) in
                    try writer.append(NetlinkAttributeType(IFLA_INFO_KIND), text: kind)
                }
            }
        }
    }

    func describeAddress(_ address: InterfaceAddress) -> Reply {
        var flags = UInt32(IFA_F_PERMANENT)
        if address.isTentative { flags |= UInt32(IFA_F_TENTATIVE) }
        if address.isDuplicate { flags |= UInt32(IFA_F_DADFAILED) }
        let family = UInt8(address.address.version == .v4 ? AF_INET : AF_INET6)
        let header =
            [family, address.prefixBitCount, UInt8(truncatingIfNeeded: flags), 0] + hostBytes(address.linkIndex)
        return Reply(NetlinkMessageType(rawValue: UInt16(RTM_NEWADDR)), flags: .multipart) {
            (writer) throws(NetlinkError) in
            try writer.append(header: header)
            try writer.append(NetlinkAttributeType(Int(IFA_ADDRESS)), address: address.address)
            if case .v4 = address.address {
                try writer.append(NetlinkAttributeType(Int(IFA_LOCAL)), address: address.address)
            }
            try writer.append(NetlinkAttributeType(Int(IFA_FLAGS)), number: flags)
        }
    }
}
