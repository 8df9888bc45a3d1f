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
        named pattern: String, mtu: UInt32, isUp: Bool = false, isLoopback: Bool = false, kind: String? = nil,
        isPseudowire: Bool = false
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
        var link = Link(index: nextLinkIndex(), name: name, mtu: mtu, isUp: isUp, isLoopback: isLoopback, kind: kind)
        if isPseudowire {
            // The real one draws lots.
            link.macAddress = MACAddress(number: 0x0200_0000_0000 | UInt64(link.index))
            link.maximumMTU = 65535
        }
        links.append(LinkRow(link: link, pseudowire: isPseudowire ? link.index : nil))
        announce(link, RTM_NEWLINK)
        return link
    }

    /// Links are seen; those whose end has come go.
    private mutating func lookAtLinks(where isSeen: (LinkRow) -> Bool) {
        for index in links.indices where isSeen(links[index]) { links[index].lifetime.countLook() }
        for index in sessions.indices where sessions[index].isOrphan {
            let link = sessions[index].linkIndex
            if links.contains(where: { $0.link.index == link && isSeen($0) }) { sessions[index].lifetime.countLook() }
        }
        removeEndedSessions()
    }

    /// Links whose end has come go with their addresses, which is notified.
    mutating func removeEndedLinks() {
        let ended = links.filter(\.lifetime.isOver)
        for row in ended { removeAddresses { $0.linkIndex == row.link.index } }
        for row in ended { announce(row.link, RTM_DELLINK) }
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
        let hardware: UInt16 = link.isLoopback ? 772 : 1
        let header =
            [0, 0] + hostBytes(hardware) + hostBytes(link.index) + hostBytes(link.flags.rawValue)
            + hostBytes(UInt32(0))
        return Reply(NetlinkMessageType(rawValue: UInt16(type)), flags: flags) {
            (writer) throws(NetlinkError) in
            try writer.append(header: header)
            try writer.append(NetlinkAttributeType(IFLA_IFNAME), text: link.name)
            try writer.append(NetlinkAttributeType(IFLA_TXQLEN), number: UInt32(1000))
            try writer.append(NetlinkAttributeType(IFLA_MTU), number: link.mtu)
            try writer.append(NetlinkAttributeType(IFLA_OPERSTATE), number: link.operationalState.rawValue)
            try writer.append(NetlinkAttributeType(IFLA_MIN_MTU), number: link.minimumMTU)
            try writer.append(NetlinkAttributeType(IFLA_MAX_MTU), number: link.maximumMTU ?? 0)
            if let macAddress = link.macAddress {
                try writer.append(NetlinkAttributeType(IFLA_ADDRESS), bytes: macAddress.bytes.span)
            }
            if let alias = link.alias { try writer.append(NetlinkAttributeType(IFLA_IFALIAS), text: alias) }
            if let master = link.masterIndex { try writer.append(NetlinkAttributeType(IFLA_MASTER), number: master) }
            if let number = link.linkNamespaceID {
                try writer.append(NetlinkAttributeType(IFLA_LINK_NETNSID), number: UInt32(bitPattern: number))
            }
            if let kind = link.kind {
                try writer.append(nested: NetlinkAttributeType(IFLA_LINKINFO)) { (writer) throws(NetlinkError) in
                    try writer.append(NetlinkAttributeType(IFLA_INFO_KIND), text: kind)
                }
            }
        }
    }

    func describeAddress(
        _ address: InterfaceAddress, as type: Int = RTM_NEWADDR, flags messageFlags: NetlinkMessageFlags = .multipart
    ) -> Reply {
        var flags = address.isDynamic ? 0 : UInt32(IFA_F_PERMANENT)
        if address.skipsDuplicateDetection { flags |= UInt32(IFA_F_NODAD) }
        if address.isTentative { flags |= UInt32(IFA_F_TENTATIVE) }
        if address.isDuplicate { flags |= UInt32(IFA_F_DADFAILED) }
        let attributes = address.attributes
        flags |= attributes.flags.rawValue
        var lifetime = attributes.lifetime ?? AddressLifetime()
        if lifetime.preferred == 0 { flags |= UInt32(IFA_F_DEPRECATED) }
        // As inet_fill_ifaddr(): of those without an end the flag alone tells it.
        if address.address.version == .v4, !address.isDynamic { lifetime = AddressLifetime() }
        let name = links.first { $0.link.index == address.linkIndex }?.link.name
        let scope = attributes.scope ?? .automatic(for: address.address)
        let family = UInt8(address.address.version == .v4 ? AF_INET : AF_INET6)
        let header =
            [family, address.prefixBitCount, UInt8(truncatingIfNeeded: flags), scope.rawValue]
            + hostBytes(address.linkIndex)
        return Reply(NetlinkMessageType(rawValue: UInt16(type)), flags: messageFlags) {
            (writer) throws(NetlinkError) in
            try writer.append(header: header)
            try writer.append(NetlinkAttributeType(Int(IFA_ADDRESS)), address: address.peer ?? address.address)
            if address.address.version == .v4 || address.peer != nil {
                try writer.append(NetlinkAttributeType(Int(IFA_LOCAL)), address: address.address)
            }
            if let broadcast = attributes.broadcast {
                try writer.append(NetlinkAttributeType(Int(IFA_BROADCAST)), address: .v4(broadcast))
            }
            // Without one an IPv4 address has the interface's name.
            if let label = attributes.label ?? (address.address.version == .v4 ? name : nil) {
                try writer.append(NetlinkAttributeType(Int(IFA_LABEL)), text: label)
            }
            try writer.append(NetlinkAttributeType(Int(IFA_FLAGS)), number: flags)
            if let metric = attributes.metric {
                try writer.append(NetlinkAttributeType(Int(IFA_RT_PRIORITY)), number: metric)
            }
            let info = hostBytes(lifetime.preferred) + hostBytes(lifetime.valid) + [UInt8](repeating: 0, count: 8)
            try writer.append(NetlinkAttributeType(Int(IFA_CACHEINFO)), bytes: info.span)
            if address.isAutomatic {
                // IFA_PROTO: of a router's advertisement, or link-local.
                try writer.append(NetlinkAttributeType(11), number: address.isDynamic ? 2 : 3 as UInt8)
            }
        }
    }
}
