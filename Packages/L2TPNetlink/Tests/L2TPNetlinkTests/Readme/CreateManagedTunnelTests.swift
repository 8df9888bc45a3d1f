import L2TPModel
import L2TPSockets
import L2TPWire
import NetlinkTestSupport
import Testing

@Suite struct CreateManagedTunnelTests {
    @Test func createsTheTunnelAndGreets() throws {
        let kernel = FakeKernel()
        let local = address("127.0.0.1")
        var peer = try TunnelSocket(.udp, .v4)
        try peer.bind(to: .udp(local, port: 0))
        var socket = try TunnelSocket(.udp, .v4)
        try socket.bind(to: .udp(local, port: 0))
        try socket.connect(to: try peer.localAddress())
        kernel.register(socket.fileDescriptor, as: OpenSocket(.udp, local: local, peer: local))

        let tunnel = try createManagedTunnel(over: socket, kernel.connector)
        #expect(tunnel.id == TunnelID(1))
        #expect(kernel.tunnels.map(\.protocolVersion) == [.v2])
        #expect(try peer.receive(atMost: .seconds(10))?.bytes.count == 12)
    }
}
