import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import Netlink

/// Makes a tunnel of a socket that is bound and connected, and greets the peer. The tunnel lives as long as
/// the result.
func createManagedTunnel<Transport: NetlinkTransport & ~Copyable>(
    over socket: consuming TunnelSocket, _ connector: NetlinkConnector<Transport>
) throws -> ManagedTunnel {
    var client = try L2TPClient(connector)
    let specification = ManagedTunnelSpecification(id: TunnelID(1), peerID: TunnelID(2), protocolVersion: .v2)
    let tunnel = try client.createTunnel(specification, over: socket)
    // A zero-length body acknowledges (RFC 2661 §5.8): T, L and S bits, version 2, length 12, ids, Ns, Nr.
    let message: [UInt8] = [0xc8, 0x02, 0, 12, 0, 2, 0, 0, 0, 1, 0, 1]
    try tunnel.send(message.span)
    return tunnel
}
