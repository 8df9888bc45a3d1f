import L2TPModel
import L2TPNetlink
import L2TPWire
import NetlinkTestSupport
import Testing

extension FakeKernel {
    /// Creates a tunnel from 192.0.2.1 to 192.0.2.2 over UDP.
    func addTunnel(_ id: UInt32, port: UInt16 = 5000) throws {
        var client = try L2TPClient(connector)
        try client.createTunnel(
            TunnelSpecification(
                id: TunnelID(id), peerID: TunnelID(id + 1000), local: try #require(IPAddress("192.0.2.1")),
                peer: try #require(IPAddress("192.0.2.2")),
                encapsulation: .udp(UDPParameters(sourcePort: port, destinationPort: 6000))))
    }

    /// Creates a session.
    func addSession(_ id: UInt32, in tunnelID: UInt32, interface: String? = nil, peerID: UInt32? = nil) throws {
        var client = try L2TPClient(connector)
        var session = SessionSpecification(
            tunnelID: TunnelID(tunnelID), id: SessionID(id), peerID: SessionID(peerID ?? id + 1000))
        session.cookie = try Cookie(hexadecimal: "0123456789abcdef")
        session.peerCookie = try Cookie(hexadecimal: "fedcba9876543210")
        session.interfaceName = try interface.map { try InterfaceName($0) }
        try client.createSession(session)
    }

    /// Deletes a session.
    func removeSession(_ id: UInt32, in tunnelID: UInt32) throws {
        var client = try L2TPClient(connector)
        try client.deleteSession(SessionID(id), in: TunnelID(tunnelID))
    }

    /// How often it was asked for a list since ``forgetRequests()``.
    func count(_ step: Step) -> Int { requests.count { $0.step == step } }
}
