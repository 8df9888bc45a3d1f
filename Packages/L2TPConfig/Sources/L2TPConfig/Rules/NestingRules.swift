internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// Local addresses of tunnels that only the interface of a session has: before anything is made all local addresses
    /// have to be there, so that each would wait for the other.
    ///
    /// An interface without other neighbours than a peer may share the address of another (unnumbered), which the host
    /// can have; and a link-local address says nothing about another link.
    func localAddressesOfSessions(_ sessions: [ConfiguredSession]) -> [Finding] {
        var given: [IPAddress: (session: Int, address: Int)] = [:]
        for (index, item) in sessions.enumerated() where item.session.interface.namespace == nil {
            for (number, specification) in item.session.interface.addresses.enumerated() {
                let address = specification.address
                guard specification.peer == nil, Prefix(specification).hostBitCount > 0, !address.isLinkLocal,
                    specification.isUsable, given[address] == nil
                else { continue }
                given[address] = (index, number)
            }
        }
        guard !given.isEmpty else { return [] }
        return tunnels.compactMap { tunnel in
            let local = tunnel.specification.local
            guard let place = given[local] else { return nil }
            let item = sessions[place.session]
            return Finding(
                .error, tunnel.path.appending("local"), related: item.addressPath(place.address),
                "\(local) is what the interface of \(item.path) is to have, and that is made only when the local "
                    + "addresses of all tunnels are there: write one that the host has without it")
        }
    }
}
