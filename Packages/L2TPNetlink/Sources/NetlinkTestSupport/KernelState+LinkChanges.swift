internal import CLibmnl
internal import L2TPModel
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

extension Link {
    /// Sets it up, with a carrier, or down.
    mutating func setUp(_ isUp: Bool) {
        if isUp { flags.formUnion([.up, .running]) } else { flags.subtract([.up, .running]) }
    }
}

/// Changes of links, in the order of Linux: what comes before a refusal is done.
extension KernelState {
    /// The kinds of links that take members.
    private static let masterKinds = ["bridge", "vrf", "bond", "team"]

    mutating func changeLink(_ request: Request) throws(Errno) {
        guard behavior.isPrivileged else { throw .notPermitted }
        let index: UInt32 = number(fromHostBytes: request.payload[4..<8])
        guard let place = links.firstIndex(where: { $0.link.index == index && !$0.lifetime.isEnding }) else {
            throw .operationNotSupportedByDevice
        }
        guard !request.attributes.has(IFLA_NET_NS_FD) else { return try moveLink(at: place) }
        let before = links[place].link
        defer { if links[place].link != before { announce(links[place].link, RTM_NEWLINK) } }
        try changeAttributes(request.attributes, at: place)
        let flags: UInt32 = number(fromHostBytes: request.payload[8..<12])
        let mask: UInt32 = number(fromHostBytes: request.payload[12..<16])
        if mask & LinkFlags.up.rawValue != 0 { links[place].link.setUp(flags & LinkFlags.up.rawValue != 0) }
        // Without being up, or below the smallest MTU of IPv6, Linux has no IPv6 addresses on an interface.
        let link = links[place].link
        if before.isUp && !link.isUp || link.mtu < 1280 {
            removeAddresses { $0.linkIndex == index && $0.address.version == .v6 }
        }
    }

    private mutating func changeAttributes(_ attributes: AttributeTable, at place: Int) throws(Errno) {
        if let bytes = attributes.bytes(IFLA_ADDRESS) {
            guard let address = MACAddress(bytes: bytes) else { throw .invalidArgument }
            // As eth_mac_addr(), which the interface of a session has.
            guard !links[place].link.isUp else { throw .resourceBusy }
            guard address.isAssignable else { throw .addressNotAvailable }
            links[place].link.macAddress = address
        }
        if let mtu: UInt32 = attributes.number(IFLA_MTU) {
            let link = links[place].link
            guard mtu >= link.minimumMTU, mtu <= link.maximumMTU ?? UInt32(Int32.max) else { throw .invalidArgument }
            links[place].link.mtu = mtu
        }
        if let name = attributes.text(IFLA_IFNAME) { try rename(to: name, at: place) }
        if let alias = attributes.text(IFLA_IFALIAS) {
            guard alias.utf8.count <= LinkChanges.longestAlias else { throw .invalidArgument }
            links[place].link.alias = alias.isEmpty ? nil : alias
        }
        if let master: UInt32 = attributes.number(IFLA_MASTER) { try setMaster(master, at: place) }
    }

    /// Sessions go on reporting the old name.
    private mutating func rename(to name: String, at place: Int) throws(Errno) {
        let link = links[place].link
        if release == .linux6_1, link.isUp { throw .resourceBusy }
        guard name != link.name else { return }
        guard let valid = try? InterfaceName(name), !valid.isPattern else { throw .invalidArgument }
        guard !links.contains(where: { $0.link.name == name }) else { throw .fileExists }
        links[place].link.name = name
    }

    private mutating func setMaster(_ index: UInt32, at place: Int) throws(Errno) {
        guard index != 0 else {
            passRoutingTables(from: links[place].link.masterIndex, to: nil, at: place)
            links[place].link.masterIndex = nil
            return
        }
        guard let master = links.first(where: { $0.link.index == index })?.link else { throw .invalidArgument }
        guard Self.masterKinds.contains(master.kind ?? "") else { throw .notSupportedOnSocket }
        guard links[place].link.kind != master.kind else { throw .tooManySymbolicLinkLevels }
        passRoutingTables(from: links[place].link.masterIndex, to: index, at: place)
        links[place].link.masterIndex = index
    }

    /// An interface that is up is set down and up again when it enters or leaves a VRF, and loses its IPv6 addresses.
    private mutating func passRoutingTables(from old: UInt32?, to new: UInt32?, at place: Int) {
        let link = links[place].link
        guard old != new, link.isUp,
            links.contains(where: { ($0.link.index == old || $0.link.index == new) && $0.link.kind == "vrf" })
        else { return }
        removeAddresses { $0.linkIndex == link.index && $0.address.version == .v6 }
    }

    /// The link leaves; a session keeps it all the same, and goes on reporting its name.
    private mutating func moveLink(at place: Int) throws(Errno) {
        let link = links[place].link
        guard !link.isLoopback else { throw .invalidArgument }
        guard !behavior.namesElsewhere.contains(link.name) else { throw .fileExists }
        try neighbor?.receive(links[place])
        links[place].lifetime.finish()
        removeEndedLinks()
    }
}

/// Addresses that come and go.
extension KernelState {
    mutating func addAddress(_ request: Request) throws(Errno) {
        guard behavior.isPrivileged else { throw .notPermitted }
        var address = try self.address(in: request)
        guard let link = links.first(where: { $0.link.index == address.linkIndex })?.link else {
            throw .operationNotSupportedByDevice
        }
        if address.address.version == .v6 {
            guard link.mtu >= 1280 else { throw .invalidArgument }
            guard !address.address.isAny, !address.address.isMulticast else { throw .addressNotAvailable }
            let hasTemporary = address.attributes.flags.contains(.managesTemporaryAddresses)
            guard !hasTemporary || address.prefixBitCount == 64 else { throw .invalidArgument }
            address.isTentative = behavior.detectsDuplicates && !address.skipsDuplicateDetection
            guard !addresses.contains(where: { Self.isSame($0, address) }) else { throw .fileExists }
        } else {
            // As __inet_insert_ifa(): a network has one scope.
            for other in addresses where Self.isPrimary(other, for: address) {
                guard other.address != address.address else { throw .fileExists }
                guard other.attributes.scope == address.attributes.scope else { throw .invalidArgument }
            }
        }
        put(address)
    }

    mutating func removeAddress(_ request: Request) throws(Errno) {
        guard behavior.isPrivileged else { throw .notPermitted }
        let address = try self.address(in: request)
        guard links.contains(where: { $0.link.index == address.linkIndex }) else {
            throw .operationNotSupportedByDevice
        }
        guard let index = addresses.firstIndex(where: { Self.isSame($0, address) }) else {
            throw .addressNotAvailable
        }
        let isSecondary = addresses[..<index].contains { Self.isPrimary($0, for: address) }
        let takesOthers = address.address.version == .v4 && !isSecondary && !behavior.promotesSecondaries
        removeAddresses { Self.isSame($0, address) || takesOthers && Self.isPrimary(address, for: $0) }
    }

    /// Whether an IPv4 address comes before another of the same prefix on the same link.
    private static func isPrimary(_ address: InterfaceAddress, for other: InterfaceAddress) -> Bool {
        address.linkIndex == other.linkIndex && other.address.version == .v4
            && address.prefixBitCount == other.prefixBitCount
            && address.sharesPrefix(with: other.peer ?? other.address)
    }

    /// The address of a request, with those of its flags that Linux keeps.
    private func address(in request: Request) throws(Errno) -> InterfaceAddress {
        func address(_ type: Int) -> IPAddress? {
            request.payload[0] == UInt8(AF_INET)
                ? request.attributes.ipv4Address(type).map { .v4($0) }
                : request.attributes.ipv6Address(type).map { .v6($0) }
        }
        guard let local = address(Int(IFA_LOCAL)) ?? address(Int(IFA_ADDRESS)) else { throw .invalidArgument }
        let other = address(Int(IFA_ADDRESS))
        guard request.payload[1] <= (local.version == .v4 ? 32 : 128) else { throw .invalidArgument }
        let flags = request.attributes.number(Int(IFA_FLAGS)) ?? UInt32(request.payload[2])
        var attributes = AddressAttributes(
            metric: request.attributes.number(Int(IFA_RT_PRIORITY)),
            flags: AddressFlags(rawValue: flags).intersection(.all))
        if let info = request.attributes.bytes(Int(IFA_CACHEINFO)) {
            guard info.count == 16 else { throw .invalidArgument }
            let lifetime = AddressLifetime(
                valid: number(fromHostBytes: info[4..<8]), preferred: number(fromHostBytes: info[..<4]))
            guard lifetime.valid > 0, lifetime.preferred <= lifetime.valid else { throw .invalidArgument }
            if lifetime != AddressLifetime() { attributes.lifetime = lifetime }
        }
        if local.version == .v4 {
            attributes.flags.subtract(.ofIPv6)
            let scope = AddressScope(rawValue: request.payload[3])
            attributes.scope = scope == .automatic(for: local) ? nil : scope
            attributes.broadcast = request.attributes.ipv4Address(Int(IFA_BROADCAST))
            attributes.label = request.attributes.text(Int(IFA_LABEL))
        }
        return InterfaceAddress(
            linkIndex: number(fromHostBytes: request.payload[4..<8]), address: local,
            peer: other == local ? nil : other, prefixBitCount: request.payload[1],
            skipsDuplicateDetection: local.version == .v6 && flags & UInt32(IFA_F_NODAD) != 0,
            isDynamic: attributes.lifetime?.isFinite ?? false, attributes: attributes)
    }

    /// An interface has an IPv6 address once, an IPv4 address once for each prefix.
    private static func isSame(_ left: InterfaceAddress, _ right: InterfaceAddress) -> Bool {
        guard (left.linkIndex, left.address) == (right.linkIndex, right.address) else { return false }
        return left.address.version == .v6
            || (left.prefixBitCount, left.peer) == (right.prefixBitCount, right.peer)
    }

    /// Adds an address and tells about it.
    mutating func put(_ address: InterfaceAddress) {
        addresses.append(address)
        announce(address, RTM_NEWADDR)
    }

    /// Removes addresses and tells about it.
    mutating func removeAddresses(where isGoing: (InterfaceAddress) -> Bool) {
        let going = addresses.filter(isGoing)
        addresses.removeAll(where: isGoing)
        for address in going { announce(address, RTM_DELADDR) }
    }

    /// Tells the multicast group of addresses about one (`RTNLGRP_IPV4_IFADDR`, `RTNLGRP_IPV6_IFADDR`).
    func announce(_ address: InterfaceAddress, _ type: Int) {
        let group = address.address.version == .v4 ? RTNLGRP_IPV4_IFADDR : RTNLGRP_IPV6_IFADDR
        multicast(describeAddress(address, as: type, flags: []), over: .route, group: UInt32(group.rawValue))
    }
}
