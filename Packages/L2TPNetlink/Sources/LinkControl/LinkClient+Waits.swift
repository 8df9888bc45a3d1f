public import L2TPModel
internal import L2TPWire
internal import Netlink
internal import SystemPackage

/// Waits for links and addresses. They watch the kernel's notifications on transports of their own.
extension LinkClient where Transport: ~Copyable {
    /// Waits until an address can be used: until it is there and no longer tentative.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - link: The link that is to have it; any if nil.
    ///   - limit: The longest time to wait.
    /// - Returns: The address with its link's number and its prefix.
    /// - Throws: ``LinkError``: `duplicate`, at once, if another host has the address, `timedOut` with what is
    ///   missing.
    public func waitForAddress(
        _ address: IPAddress, on link: Link? = nil, atMost limit: Duration
    ) throws(LinkError) -> InterfaceAddress {
        let object =
            link.map { LinkError.Object.address(address.description, on: $0.name) }
            ?? .anyAddress(address.description)
        return try watch(.wait, object, atMost: limit) { (links, addresses) throws(LinkError) in
            let found = addresses.filter {
                $0.address == address && (link.map(\.index) ?? $0.linkIndex) == $0.linkIndex
            }
            if let usable = found.first(where: \.isUsable) { return usable }
            if found.contains(where: \.isDuplicate) {
                throw LinkError(
                    .wait, object, .duplicate, "another host has it", remedy: "remove it here or there and add it again"
                )
            }
            return nil
        } otherwise: { links, addresses in
            guard let found = addresses.first(where: { $0.address == address }) else {
                return "no interface has it after \(limit)"
            }
            guard let holder = links.first(where: { $0.index == found.linkIndex }) else {
                return "its interface is gone"
            }
            if let link, link.index != holder.index { return "\(holder.name) has it" }
            return holder.isUp
                ? "it is still tentative after \(limit)" : "it is tentative as long as \(holder.name) is down"
        }
    }

    /// Waits until there is a link of that name.
    ///
    /// Throws ``LinkError``: `timedOut`.
    public func waitForLink(named name: String, atMost limit: Duration) throws(LinkError) -> Link {
        try watch(.wait, .link(name), atMost: limit) { (links, _) throws(LinkError) in
            links.first { $0.name == name }
        } otherwise: { _, _ in
            "it is not there after \(limit)"
        }
    }

    /// Waits until a link, found by its number, is gone from this network namespace.
    ///
    /// Throws ``LinkError``: `timedOut`.
    public func waitForRemoval(of link: Link, atMost limit: Duration) throws(LinkError) {
        try watch(.wait, .linkRemoval(link.name), atMost: limit) { (links, _) throws(LinkError) in
            links.contains { $0.index == link.index } ? nil : ()
        } otherwise: { links, _ in
            let name = links.first { $0.index == link.index }?.name
            return "it is still there after \(limit)" + (name == link.name ? "" : ", as \(name ?? link.name)")
        }
    }

    /// Watches until `outcome` is there; `explanation` says what is missing when the time is over.
    private func watch<Value>(
        _ operation: LinkError.Operation,
        _ object: LinkError.Object,
        atMost limit: Duration,
        for outcome: ([Link], [InterfaceAddress]) throws(LinkError) -> Value?,
        otherwise explanation: ([Link], [InterfaceAddress]) -> String
    ) throws(LinkError) -> Value {
        let deadline = ContinuousClock.now + limit
        var monitor = try monitor(operation, object)
        while true {
            let (links, addresses) = (monitor.links, monitor.addresses)
            if let value = try outcome(links, addresses) { return value }
            let event: LinkEvent?
            do throws(NetlinkError) {
                event = try monitor.next(within: max(deadline - .now, .zero))
            } catch {
                throw LinkError(operation, object, error)
            }
            guard event != nil else {
                throw LinkError(operation, object, .timedOut, explanation(links, addresses))
            }
        }
    }
    private func monitor(
        _ operation: LinkError.Operation, _ object: LinkError.Object
    ) throws(LinkError) -> LinkMonitor<Transport> {
        do throws(NetlinkError) {
            return try LinkMonitor(connector)
        } catch {
            throw LinkError(operation, object, error)
        }
    }
}
