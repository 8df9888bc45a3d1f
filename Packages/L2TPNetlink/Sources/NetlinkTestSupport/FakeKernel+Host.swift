internal import CLibmnl
public import L2TPModel
public import L2TPWire
internal import LinkControl
public import SystemPackage

/// What happens on the host without the client's doing.
extension FakeKernel {
    /// Adds a link that belongs to no session and returns its index. It traps if the name is taken or
    /// none.
    @discardableResult
    public func addLink(
        named name: String, mtu: UInt32 = 1500, isUp: Bool = true, isLoopback: Bool = false, kind: String? = nil
    ) -> UInt32 {
        let link = change { try? $0.makeLink(named: name, mtu: mtu, isUp: isUp, isLoopback: isLoopback, kind: kind) }
        guard let link else { preconditionFailure("there can be no link \(name)") }
        return link.index
    }

    /// Gives a link another name; what sessions report does not follow, as in Linux.
    public func renameLink(_ name: String, to newName: String) {
        change { state in
            for index in state.links.indices where state.links[index].link.name == name {
                state.links[index].link.name = newName
                state.announce(state.links[index].link, RTM_NEWLINK)
            }
        }
    }

    /// Sets a link up or down. Routes do not follow: see ``refuseRoute(to:with:)``.
    public func setLink(_ name: String, isUp: Bool) {
        change { state in
            for index in state.links.indices where state.links[index].link.name == name {
                state.links[index].link.setUp(isUp)
                state.announce(state.links[index].link, RTM_NEWLINK)
            }
        }
    }

    /// Gives a link an address; one that is `isAutomatic` as the kernel does by itself.
    public func addAddress(
        _ address: IPAddress, prefixBitCount: UInt8, to link: UInt32, isTentative: Bool = false,
        isDuplicate: Bool = false, isAutomatic: Bool = false, attributes: AddressAttributes = AddressAttributes()
    ) {
        let address = InterfaceAddress(
            linkIndex: link, address: address, prefixBitCount: prefixBitCount, isTentative: isTentative,
            isDuplicate: isDuplicate, isDynamic: attributes.lifetime?.isFinite ?? false, isAutomatic: isAutomatic,
            attributes: attributes)
        change { $0.put(address) }
    }

    /// Takes an address away from whatever link has it. Tunnels that use it stay, as in Linux.
    public func removeAddress(_ address: IPAddress) {
        change { $0.removeAddresses { $0.address == address } }
    }

    /// Lets the route to a peer fail: `ENETUNREACH` without a route, `EHOSTUNREACH`, `EACCES` and
    /// `EINVAL` for the route types `unreachable`, `prohibit` and `blackhole`.
    public func refuseRoute(to peer: IPAddress, with errno: Errno = .networkUnreachable) {
        change { state in
            state.refusedRoutes[peer] = errno
            state.announceRoute(to: peer, RTM_DELROUTE)
        }
    }

    /// Lets the route to a peer work again.
    public func restoreRoute(to peer: IPAddress) {
        change { state in
            state.refusedRoutes[peer] = nil
            state.announceRoute(to: peer, RTM_NEWROUTE)
        }
    }

    /// Opens a socket of a process: one that occupies its port, or that can become a managed tunnel's.
    /// Returns its descriptor, for `L2TP_ATTR_FD`.
    @discardableResult
    public func openSocket(_ socket: OpenSocket) -> UInt32 {
        change { state in
            let descriptor = state.nextDescriptor()
            state.sockets[descriptor] = socket
            return descriptor
        }
    }

    /// Closes a socket of a process, with which its tunnel goes.
    public func closeSocket(_ descriptor: UInt32) {
        change { state in
            state.sockets[descriptor] = nil
            for row in state.tunnels where row.descriptor == descriptor {
                state.endTunnel(row.id, after: state.behavior.deletionDelay)
            }
        }
    }

    /// Sets the counters of a tunnel.
    public func setStatistics(_ statistics: Statistics, of id: TunnelID) {
        change { state in
            for index in state.tunnels.indices where state.tunnels[index].id == id {
                state.tunnels[index].tunnel.statistics = statistics
            }
        }
    }

    /// Sets the counters of a session.
    public func setStatistics(_ statistics: Statistics, of id: SessionID, in tunnelID: TunnelID) {
        change { state in
            for index in state.sessions.indices {
                let session = state.sessions[index].session
                guard session.id == id, session.tunnelID == tunnelID else { continue }
                state.sessions[index].session.statistics = statistics
            }
        }
    }
}
