public import L2TPModel
public import L2TPNetlink
internal import L2TPWire
internal import Netlink

extension L2TPClient where Transport: ~Copyable {
    /// Creates a tunnel over a socket that is bound and connected, and takes the socket over.
    ///
    /// Socket and client must be in the same network namespace. The tunnel and its sessions end with the result.
    /// L2TPv2 tunnels are possible over UDP.
    ///
    /// The kernel command is `L2TP_CMD_TUNNEL_CREATE` with `L2TP_ATTR_FD`.
    ///
    /// - Parameters:
    ///   - tunnel: What to create. Over IP its identifiers must be those the socket was bound and connected to,
    ///     which the kernel does not compare.
    ///   - socket: The socket, which is closed if an error is thrown.
    /// - Returns: The tunnel, with its socket.
    /// - Throws: `L2TPError` with reason `invalid` (nothing was sent), `exists`, `socketBusy`, `namespace`,
    ///   `notPermitted` or `other`.
    public mutating func createTunnel(
        _ tunnel: ManagedTunnelSpecification, over socket: consuming TunnelSocket
    ) throws(L2TPError) -> ManagedTunnel {
        if let problem = tunnel.problem(over: socket) {
            throw L2TPError(.create, .tunnel(tunnel.id), .invalid, problem)
        }
        guard !socket.hasCarriedTunnel else {
            throw L2TPError(
                .create, .tunnel(tunnel.id), .socketBusy, "the socket carries or has carried a tunnel",
                remedy: "open another socket")
        }
        try createTunnel(tunnel, over: socket.fileDescriptor, socket.encapsulation)
        return ManagedTunnel(tunnel, over: socket)
    }
}

extension ManagedTunnelSpecification {
    /// Why the kernel would make a tunnel that cannot work; nil if the socket suits.
    func problem(over socket: borrowing TunnelSocket) -> String? {
        guard let peer = socket.peerAddress else {
            return "the socket is not connected, so that the kernel could send nothing"
        }
        guard case .ip(let peer) = peer else { return nil }
        let expected: [(String, expected: UInt32, found: UInt32?)] = [
            ("bound", id.rawValue, (try? socket.localAddress())?.connectionID),
            ("connected", peerID.rawValue, peer.connectionID.rawValue),
        ]
        for (verb, expected, found) in expected {
            if let found, found != expected {
                return "the socket is \(verb) to connection \(found), not \(expected)"
            }
        }
        return nil
    }
}

extension TunnelSocketAddress {
    /// The connection identifier of IP protocol 115.
    fileprivate var connectionID: UInt32? {
        if case .ip(let address) = self { address.connectionID.rawValue } else { nil }
    }
}
