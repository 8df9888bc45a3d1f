internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// Tunnel ids that two tunnels have: the kernel has one space of them for all encapsulations of a network namespace
    /// and refuses the second (EEXIST).
    func tunnelIDsInUse() -> [Finding] {
        var first: [TunnelID: TunnelConfiguration] = [:]
        return tunnels.compactMap { tunnel in
            let id = tunnel.specification.id
            guard let other = first[id] else {
                first[id] = tunnel
                return nil
            }
            let path = other.path.appending("tunnel_id")
            return Finding(
                .error, tunnel.path.appending("tunnel_id"), related: path,
                "\(id) is the id of \(other.path) too; each tunnel of a host needs an id of its own")
        }
    }
}
