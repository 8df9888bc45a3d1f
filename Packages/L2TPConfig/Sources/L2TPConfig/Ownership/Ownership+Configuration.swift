internal import L2TPModel
internal import L2TPWire

extension Ownership {
    /// The configuration of which this is all, tunnels and sessions in the order of their names; nil if it is all of
    /// none.
    ///
    /// It is of none while anything is on its way from one configuration to another, or if a session is recorded
    /// without its tunnel, as one is whose tunnel somebody else has created.
    public var configuration: Configuration? {
        var members: [TunnelID: [SessionKey]] = [:]
        members.reserveCapacity(tunnels.count)
        // Often the order of the identifiers is nearly that of the names.
        for key in sessions.keys.sorted() { members[key.tunnelID, default: []].append(key) }
        guard members.count <= tunnels.count else { return nil }

        var configuration = Configuration()
        configuration.tunnels.reserveCapacity(tunnels.count)
        var sessionCount = 0
        for (id, tunnel) in tunnels.sorted(by: { $0.value.name < $1.value.name }) {
            guard tunnel.specifications.count == 1, let sessions = configurations(of: members[id] ?? []) else {
                return nil
            }
            sessionCount += sessions.count
            configuration.tunnels.append(
                TunnelConfiguration(name: tunnel.name, specification: tunnel.specifications[0], sessions: sessions))
        }
        return sessionCount == sessions.count ? configuration : nil
    }

    /// What sessions are configured as, in the order of their names; nil if that is not known of one.
    private func configurations(of keys: [SessionKey]) -> [SessionConfiguration]? {
        var configurations: [SessionConfiguration] = []
        configurations.reserveCapacity(keys.count)
        var isInOrder = true
        for key in keys {
            guard let session = sessions[key], session.specifications.count == 1, let interface = session.interface
            else { return nil }
            isInOrder = isInOrder && configurations.last.map { $0.name < session.name } ?? true
            configurations.append(
                SessionConfiguration(
                    name: session.name, specification: session.specifications[0], interface: interface))
        }
        if !isInOrder { configurations.sort { $0.name < $1.name } }
        return configurations
    }
}
