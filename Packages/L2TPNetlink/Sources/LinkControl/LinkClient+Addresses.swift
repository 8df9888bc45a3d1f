internal import CLibmnl
public import L2TPModel
internal import L2TPWire
internal import Netlink
internal import SystemPackage

/// Addresses of links.
extension LinkClient where Transport: ~Copyable {
    /// Gives a link an address. The kernel request is `RTM_NEWADDR`.
    ///
    /// An IPv6 address is tentative at first, and stays so while the link is down, unless duplicate address
    /// detection is left out or switched off: see ``waitForAddress(_:on:atMost:)``.
    ///
    /// Throws ``LinkError``: `exists` if the link has it already, `invalid` for a prefix that is too long or a peer
    /// of another IP version, and for attributes that it cannot have (nothing is sent then), `noIPv6`, `notFound` without
    /// the link, `notPermitted`.
    public mutating func add(_ address: AddressSpecification, to link: Link) throws(LinkError) {
        try request(.add, RTM_NEWADDR, [.create, .exclusive], address, link)
    }

    /// Takes an address from a link; prefix and peer have to be those it has, its attributes do not matter. If temporary
    /// addresses are made of it, they go with it when its flags say so. The kernel request is `RTM_DELADDR`.
    ///
    /// When the first IPv4 address of a prefix goes, Linux takes the others of that prefix along, unless
    /// `promote_secondaries` is set.
    ///
    /// Throws ``LinkError``: `notFound` if the link does not have it or is gone, `invalid`, `notPermitted`.
    public mutating func remove(_ address: AddressSpecification, from link: Link) throws(LinkError) {
        try request(.remove, RTM_DELADDR, [], address.forRemoval, link)
    }

    private mutating func request(
        _ operation: LinkError.Operation, _ type: Int, _ flags: NetlinkMessageFlags, _ address: AddressSpecification,
        _ link: Link
    ) throws(LinkError) {
        let object = LinkError.Object.address(address.description, on: link.name)
        if let problem = address.problem { throw LinkError(operation, object, .invalid, problem) }
        do throws(NetlinkError) {
            try exchange.request(NetlinkMessageType(rawValue: UInt16(type)), flags: flags) {
                (writer) throws(NetlinkError) in
                try address.append(to: &writer, linkIndex: link.index)
            }
        } catch {
            throw address.diagnose(error, operation, object, on: look(at: link.index) ?? link)
        }
    }
}

extension AddressSpecification {
    /// What tells it from the others of a link, and whether temporary ones go along (`inet6_rtm_deladdr`). Linux would
    /// remove it under its label only, if one was sent.
    var forRemoval: Self {
        var address = self
        address.attributes = AddressAttributes(flags: attributes.flags.intersection(.managesTemporaryAddresses))
        return address
    }
}

/// What is wrong with an address, before the kernel is asked and after it has refused.
extension AddressSpecification {
    /// The smallest MTU in bytes with which Linux has IPv6 on an interface (RFC 8200 section 5).
    static let smallestMTUForIPv6: UInt32 = 1280

    /// What no link can have; nil if there is nothing of it.
    var problem: String? {
        let bitCount = address.version == .v4 ? 32 : 128
        if prefixBitCount > bitCount { return "a prefix of \(prefixBitCount) bits; \(bitCount) are the most" }
        if let peer, peer.version != address.version { return "the peer \(peer) has another IP version" }
        if address.version == .v6 {
            if attributes.broadcast != nil { return "IPv6 has no broadcast addresses" }
            if attributes.scope != nil { return "IPv6 tells the scope by the address" }
            if attributes.label != nil { return "IPv6 addresses have no labels" }
            if attributes.flags.contains(.managesTemporaryAddresses), prefixBitCount != 64 {
                return "temporary addresses are made of a prefix of 64 bits, not \(prefixBitCount)"
            }
        } else {
            if skipsDuplicateDetection { return "IPv4 has no duplicate address detection that could be left out" }
            if !attributes.flags.isDisjoint(with: .ofIPv6) {
                return "IPv4 has neither home addresses nor temporary ones"
            }
        }
        if let lifetime = attributes.lifetime {
            if lifetime.valid == 0 { return "it is valid for 0 s" }
            if lifetime.preferred > lifetime.valid {
                return "it is preferred for longer than it is valid, which is \(lifetime.valid) s"
            }
        }
        if let label = attributes.label,
            !(1...AddressAttributes.longestLabel).contains(label.utf8.count) || label.utf8.contains(0)
        {
            return
                "a label of \(label.utf8.count) bytes; it has 1 to \(AddressAttributes.longestLabel), and none of them is 0"
        }
        return nil
    }

    /// The error of an address that the kernel refused; `link` is as it is now.
    func diagnose(
        _ error: NetlinkError, _ operation: LinkError.Operation, _ object: LinkError.Object, on link: Link
    ) -> LinkError {
        func refusal(_ reason: LinkError.Reason, _ text: String, remedy: String? = nil) -> LinkError {
            LinkError(
                operation, object, reason, errno: error.errno, LinkError.text(text, error.message), remedy: remedy)
        }
        let general = LinkError(operation, object, error)
        guard error.operation == .request else { return general }
        if error.errno == .addressNotAvailable, operation == .add {  // EADDRNOTAVAIL
            return refusal(.invalid, "no interface can have it")
        }
        guard address.version == .v6 else {
            guard error.errno == .invalidArgument, operation == .add else { return general }  // EINVAL
            return refusal(.invalid, "the addresses of an IPv4 network have one scope on an interface")
        }
        switch error.errno {
        case .permissionDenied:  // EACCES
            return refusal(
                .noIPv6, "IPv6 is switched off there",
                remedy: "switch it on: sysctl net.ipv6.conf.\(link.name).disable_ipv6=0")
        case .invalidArgument where link.mtu < Self.smallestMTUForIPv6:  // EINVAL
            return refusal(.noIPv6, "IPv6 needs an MTU of \(Self.smallestMTUForIPv6), and that is \(link.mtu) there")
        default:
            return general
        }
    }
}
