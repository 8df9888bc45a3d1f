internal import L2TPModel
internal import L2TPWire

extension Configuration {
    /// Local UDP ports that two tunnels have.
    ///
    /// The kernel binds one socket for each tunnel and shares no port (EADDRINUSE), even for different peers. A socket
    /// without address takes the port of every address; once it is connected it has the address of its route, so that
    /// others may succeed after it: an order that does not last. An IPv6 socket without address takes the port of IPv4
    /// too unless the host's `net.ipv6.bindv6only` is set. Tunnels over IP are bound to their id instead.
    func portsInUse() -> [Finding] {
        var byPort: [UInt16: [Int]] = [:]
        for (index, tunnel) in tunnels.enumerated() {
            guard let port = tunnel.specification.encapsulation.udp?.sourcePort, port != 0 else { continue }
            byPort[port, default: []].append(index)
        }
        guard byPort.count < tunnels.count else { return [] }
        return byPort.values.flatMap(portFindings).sorted { $0.index < $1.index }.map(\.finding)
    }

    /// What is wrong among the tunnels of one port, each told once, beside the first that has the port already.
    private func portFindings(_ indices: [Int]) -> [(index: Int, finding: Finding)] {
        var addresses: [IPAddress: Int] = [:]
        var wildcards: [Int] = []
        var firsts: [IPVersion: Int] = [:]
        return indices.compactMap { index in
            let local = tunnels[index].specification.local
            defer {
                if addresses[local] == nil { addresses[local] = index }
                if local.isAny { wildcards.append(index) }
                if firsts[local.version] == nil { firsts[local.version] = index }
            }
            if let other = addresses[local] { return (index, portFinding(index, other)) }
            if let other = wildcards.first(where: { tunnels[$0].specification.local.version == local.version }) {
                return (index, portFinding(index, other))
            }
            if local.isAny, let other = firsts[local.version] { return (index, portFinding(index, other)) }
            if local == .v6(.any), let other = firsts[.v4] { return (index, portFinding(index, other)) }
            if local.version == .v4, let other = addresses[.v6(.any)] { return (index, portFinding(index, other)) }
            return nil
        }
    }

    private func portFinding(_ index: Int, _ earlier: Int) -> Finding {
        let tunnel = tunnels[index]
        let other = tunnels[earlier]
        let port = tunnel.specification.encapsulation.udp?.sourcePort ?? 0
        let locals = (tunnel.specification.local, other.specification.local)
        let path = tunnel.path.appending("udp_sport")
        let related = other.path.appending("udp_sport")
        func finding(_ severity: Diagnostic.Severity, _ reason: String) -> Finding {
            Finding(severity, path, related: related, reason + "; each tunnel over UDP needs a local port of its own")
        }
        if locals.0 == locals.1 {
            let place = locals.0.isAny ? "" : " on \(locals.0)"
            return finding(.error, "\(port)\(place) is the port of \(other.path) too")
        }
        let wildcard = locals.0.isAny ? locals.0 : locals.1
        if locals.0.version == locals.1.version {
            return finding(
                .error, "\(port) is the port of \(other.path) too, and \(wildcard) takes it on every address")
        }
        return finding(
            .warning,
            "\(port) is the port of \(other.path) too, and :: takes it on IPv4 addresses as well, unless the host's "
                + "net.ipv6.bindv6only is 1")
    }
}
