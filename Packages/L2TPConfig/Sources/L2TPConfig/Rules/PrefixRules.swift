internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// Prefixes of two interfaces that have addresses in common: the kernel looks for such a neighbour behind one of them
    /// only.
    ///
    /// Each network namespace and each VRF has routes of its own. Link-local prefixes belong to their link. Addresses
    /// without neighbours, as the same `/32` on several unnumbered links, do not matter, nor does a single peer within
    /// the prefix of another link, for the longer prefix is meant.
    func overlappingPrefixes(_ sessions: [ConfiguredSession]) -> [Finding] {
        var byTable: [RoutingTable: [Route]] = [:]
        for (index, item) in sessions.enumerated() {
            let interface = item.session.interface
            if case .bridge = interface.master { continue }
            let table = RoutingTable(namespace: interface.namespace, vrf: interface.master?.name)
            for (number, specification) in interface.addresses.enumerated() where !specification.address.isLinkLocal {
                let prefix = Prefix(specification)
                guard prefix.hostBitCount > 0 || specification.peer != nil, specification.isUsable else { continue }
                byTable[table, default: []].append(Route(prefix: prefix, session: index, address: number))
            }
        }
        return byTable.values.flatMap(Self.overlaps)
            .sorted { ($0.later.session, $0.later.address) < ($1.later.session, $1.later.address) }
            .map { overlap in
                let (item, other) = (sessions[overlap.later.session], sessions[overlap.earlier.session])
                let address = item.session.interface.addresses[overlap.later.address]
                let otherAddress = other.session.interface.addresses[overlap.earlier.address]
                return Finding(
                    .warning, item.addressPath(overlap.later.address),
                    related: other.addressPath(overlap.earlier.address),
                    "the prefix of \(address) overlaps that of \(otherAddress) of \(other.path): "
                        + "their neighbours are looked for behind one of the interfaces only")
            }
    }

    private struct RoutingTable: Hashable {
        let namespace: String?
        let vrf: InterfaceName?
    }

    private struct Route {
        let prefix: Prefix
        let session: Int
        let address: Int
    }

    /// For each route one that it overlaps, if there is any. Two prefixes overlap only if one holds the other, so that
    /// in the order of their first addresses, the longer ones behind, those around a prefix form a stack. Each there has
    /// the index of the next below it that is another session's, so that those of one session are passed at once.
    private static func overlaps(_ routes: [Route]) -> [(later: Route, earlier: Route)] {
        let ordered = routes.sorted { left, right in
            let (a, b) = (left.prefix, right.prefix)
            if a.version != b.version { return a.version == .v4 }
            return (a.lowest, a.bitCount, left.session, left.address)
                < (b.lowest, b.bitCount, right.session, right.address)
        }
        var around: [(route: Route, apart: Int?)] = []
        var found: [(later: Route, earlier: Route)] = []
        for route in ordered {
            while let last = around.last,
                last.route.prefix.version != route.prefix.version || last.route.prefix.highest < route.prefix.lowest
            {
                around.removeLast()
            }
            let last = around.indices.last
            let apart = last.flatMap { around[$0].route.session == route.session ? around[$0].apart : $0 }
            // Equal prefixes are next to each other: those further below are shorter.
            if let other = apart.map({ around[$0].route }),
                other.prefix == route.prefix || route.prefix.hostBitCount > 0
            {
                let isLater = (route.session, route.address) > (other.session, other.address)
                found.append(isLater ? (route, other) : (other, route))
            }
            around.append((route, apart))
        }
        return found
    }
}
