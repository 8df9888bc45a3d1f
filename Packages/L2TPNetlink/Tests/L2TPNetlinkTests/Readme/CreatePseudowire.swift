import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink

/// Joins this host with another by a pseudowire and returns the name of its interface.
func createPseudowire<Transport: NetlinkTransport & ~Copyable>(
    from local: IPAddress, to peer: IPAddress, over connector: NetlinkConnector<Transport>
) throws -> String? {
    var client = try L2TPClient(connector)
    for tunnel in try client.tunnels() {
        print("tunnel \(tunnel.id) to \(tunnel.peer?.description ?? "nowhere"), peer tunnel \(tunnel.peerID)")
    }

    let tunnel = TunnelSpecification(
        id: TunnelID(3000), peerID: TunnelID(4000), local: local, peer: peer,
        encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000)))
    try client.createTunnel(tunnel)

    var session = SessionSpecification(tunnelID: tunnel.id, id: SessionID(1000), peerID: SessionID(2000))
    session.cookie = try Cookie(hexadecimal: "0123456789abcdef")  // what we send
    session.peerCookie = try Cookie(hexadecimal: "fedcba9876543210")  // what we expect
    session.interfaceName = try InterfaceName("l2tp-lan")
    do {
        try client.createSession(session)
    } catch {
        try? client.deleteTunnel(tunnel.id)
        throw error
    }
    return try client.session(session.id, in: tunnel.id)?.interfaceName
}
