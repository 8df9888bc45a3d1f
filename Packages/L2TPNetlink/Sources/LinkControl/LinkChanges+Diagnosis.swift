internal import L2TPModel
internal import Netlink
internal import SystemPackage

/// What is wrong with changes, before the kernel is asked and after it has refused.
extension LinkChanges {
    /// What no link can have; nil if there is nothing of it.
    var problem: String? {
        if let macAddress, !macAddress.isUnicast {
            return "MAC address \(macAddress) means a group; the lowest bit of its first byte has to be clear"
        }
        if let macAddress, !macAddress.isAssignable { return "MAC address \(macAddress) means nobody" }
        if let name, name.isPattern { return "its name would be the pattern \(name.text)" }
        if let alias, alias.utf8.count > Self.longestAlias {
            return "its alias would have \(alias.utf8.count) bytes; \(Self.longestAlias) are the most"
        }
        if let alias, alias.utf8.contains(0) { return "its alias would hold a zero byte" }
        return nil
    }

    /// The error of changes that the kernel refused.
    ///
    /// - Parameters:
    ///   - error: The refusal.
    ///   - link: The link as it is now.
    ///   - master: The master that is asked for, as it is now; nil if there is none of that number.
    /// - Returns: What the refusal means.
    func diagnose(_ error: NetlinkError, on link: Link, master: Link?) -> LinkError {
        func refusal(_ reason: LinkError.Reason, _ text: String, remedy: String? = nil) -> LinkError {
            LinkError(
                .change, .link(link.name), reason, errno: error.errno, LinkError.text(text, error.message),
                remedy: remedy)
        }
        let general = LinkError(.change, .link(link.name), error)
        guard error.operation == .request else { return general }
        switch error.errno {
        case .invalidArgument where isOutOfBounds(of: link):  // EINVAL
            let maximum = link.maximumMTU.map(String.init) ?? ""
            return refusal(.invalid, "MTU \(mtu ?? 0) is not within \(link.minimumMTU)...\(maximum)")
        case .addressNotAvailable:  // EADDRNOTAVAIL
            return refusal(.invalid, "it cannot have the MAC address")
        case .resourceBusy where macAddress != nil && link.isUp:  // EBUSY
            return refusal(
                .busy, "its MAC address cannot change while it is up",
                remedy: "set it down first, in a request of its own: ip link set \(link.name) down")
        case .resourceBusy where name != nil && link.isUp:  // EBUSY, before Linux 6.2
            return refusal(
                .busy, "it cannot be renamed while it is up",
                remedy: "set it down first, in a request of its own: ip link set \(link.name) down")
        case .fileExists:  // EEXIST
            guard let name else { return general }
            return refusal(.exists, "another interface has the name \(name.text)")
        case .invalidArgument, .notSupportedOnSocket, .notSupported, .resourceBusy, .tooManySymbolicLinkLevels:
            guard case .link(let index) = self.master else { return general }
            guard let master else { return refusal(.notMaster, "there is no interface \(index) to belong to") }
            return refusal(.notMaster, "it cannot belong to \(master.name)")
        default:
            return general
        }
    }

    private func isOutOfBounds(of link: Link) -> Bool {
        guard let mtu else { return false }
        return mtu < link.minimumMTU || mtu > link.maximumMTU ?? UInt32(Int32.max)
    }
}
