import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

/// Tunnels over a process's sockets, with a fake kernel.
@Suite struct ManagedTunnelTests {
    static let specification = ManagedTunnelSpecification(
        id: TunnelID(1), peerID: TunnelID(2), protocolVersion: .v2)
    static let udp = OpenSocket(
        .udp, local: address("192.0.2.1"), peer: address("192.0.2.2"), localPort: 1701, peerPort: 1702)

    private func failure(
        _ kernel: FakeKernel, _ descriptor: Int32, _ encapsulation: Encapsulation = .udp,
        _ specification: ManagedTunnelSpecification = specification
    ) throws -> L2TPError? {
        var client = try L2TPClient(kernel.connector)
        do throws(L2TPError) {
            try client.createTunnel(specification, over: FileDescriptor(rawValue: descriptor), encapsulation)
            return nil
        } catch {
            return error
        }
    }

    @Test func createsOverADescriptor() throws {
        let kernel = FakeKernel()
        let descriptor = kernel.openSocket(Self.udp)
        #expect(try failure(kernel, Int32(descriptor)) == nil)
        let tunnel = try #require(kernel.tunnels.first)
        #expect(tunnel.protocolVersion == .v2)
        #expect(tunnel.local == Self.udp.local && tunnel.peer == Self.udp.peer)
        #expect(tunnel.encapsulation.udp?.sourcePort == 1701)
        kernel.closeSocket(descriptor)
        #expect(kernel.tunnels.isEmpty)
    }

    @Test func refusalsHaveAMeaning() throws {
        let kernel = FakeKernel()
        let descriptor = Int32(kernel.openSocket(Self.udp))
        let closed = try failure(kernel, 9999)
        #expect(closed?.reason == .invalid)
        #expect(closed?.description == "cannot create tunnel 1: descriptor 9999 is not open in this process (EBADF)")
        let mixed = try failure(
            kernel, descriptor, .ip, ManagedTunnelSpecification(id: TunnelID(1), peerID: TunnelID(2)))
        #expect(mixed?.explanation == "descriptor \(descriptor) is not a socket of encapsulation ip")
        for (errno, reason, text) in [
            (Errno.notSocket, L2TPError.Reason.invalid, "descriptor \(descriptor) is not a socket"),
            (
                .invalidArgument, .namespace,
                "descriptor \(descriptor) belongs to another network namespace than the client"
            ),
            (.resourceBusy, .socketBusy, "descriptor \(descriptor) carries a tunnel already"),
            (.fileExists, .exists, "the tunnel id is taken"),
        ] {
            kernel.fail(.tunnelCreate, with: errno)
            let error = try failure(kernel, descriptor)
            #expect(error?.reason == reason && error?.errno == errno && error?.explanation == text)
        }
        kernel.fail(.tunnelCreate, with: .notPermitted)
        #expect(try failure(kernel, descriptor)?.reason == .notPermitted)
        #expect(try failure(kernel, descriptor) == nil)
        let taken = try failure(kernel, descriptor)
        #expect(taken?.reason == .exists)
        #expect(taken?.explanation.contains("192.0.2.1 to 192.0.2.2") == true)
    }

    @Test func whatCannotWorkIsNotAsked() throws {
        let kernel = FakeKernel()
        let descriptor = Int32(kernel.openSocket(Self.udp))
        kernel.forgetRequests()
        var wrong = Self.specification
        wrong.peerID = TunnelID(65536)
        #expect(try failure(kernel, descriptor, .udp, wrong)?.explanation.hasPrefix("peer_tunnel_id: 65536 ") == true)
        wrong = ManagedTunnelSpecification(id: TunnelID(0), peerID: TunnelID(1), protocolVersion: .v3)
        #expect(try failure(kernel, descriptor, .udp, wrong)?.explanation.hasPrefix("tunnel_id: 0 ") == true)
        wrong = ManagedTunnelSpecification(
            id: TunnelID(1), peerID: TunnelID(1), protocolVersion: ProtocolVersion(rawValue: 4))
        #expect(try failure(kernel, descriptor, .udp, wrong)?.explanation.hasPrefix("version: L2TPv4") == true)
        #expect(
            try failure(kernel, descriptor, .ip)?.explanation == "encap: L2TPv2 is carried by UDP only")
        #expect(try failure(kernel, -1)?.explanation == "-1 is not a descriptor")
        #expect(kernel.changeRequests.isEmpty)
        #expect(ManagedTunnelSpecification(id: TunnelID(.max), peerID: TunnelID(1)).violations(over: .ip).isEmpty)
    }

    // MARK: Tunnels that own their socket

    private func connectedSocket() throws -> TunnelSocket {
        let local = address("127.0.0.1")
        var socket = try TunnelSocket(.udp, .v4)
        try socket.bind(to: .udp(local, port: 0))
        // To itself: what is sent is received.
        try socket.connect(to: try socket.localAddress())
        return socket
    }

    @Test func tunnelSendsAndReceives() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        let socket = try connectedSocket()
        kernel.register(socket.fileDescriptor, as: Self.udp)
        let tunnel = try client.createTunnel(Self.specification, over: socket)
        #expect(kernel.tunnels.map(\.id) == [tunnel.id])
        let message: [UInt8] = [0xc8, 2, 0, 4]
        try tunnel.send(message.span)
        #expect(try tunnel.receive(atMost: .seconds(10))?.bytes == message)
        #expect(try tunnel.receive(atMost: .zero) == nil)
        // The socket outlives a deletion.
        try client.deleteTunnel(tunnel.id)
        let released = tunnel.takeSocket()
        try released.send(message.span)
        #expect(try released.receive(atMost: .seconds(10))?.bytes == message)
        // But it cannot carry another.
        do throws(L2TPError) {
            _ = try client.createTunnel(Self.specification, over: released)
            Issue.record("it was created")
        } catch {
            #expect(error.reason == .socketBusy)
            #expect(error.remedy == "open another socket")
        }
        #expect(kernel.tunnels.isEmpty)
    }

    @Test func closingClosesTheSocket() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        let socket = try connectedSocket()
        let place = try socket.localAddress()
        kernel.register(socket.fileDescriptor, as: Self.udp)
        let tunnel = try client.createTunnel(Self.specification, over: socket)
        tunnel.close()
        var next = try TunnelSocket(.udp, .v4)
        try next.bind(to: place)
        #expect(try next.localAddress() == place)
    }

    @Test func unconnectedSocketsAreRefused() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        do throws(L2TPError) {
            guard let socket = try? TunnelSocket(.udp, .v4) else { return }
            _ = try client.createTunnel(Self.specification, over: socket)
            Issue.record("it was created")
        } catch {
            #expect(error.reason == .invalid)
            #expect(error.explanation == "the socket is not connected, so that the kernel could send nothing")
        }
        #expect(kernel.changeRequests.isEmpty)
    }
}
