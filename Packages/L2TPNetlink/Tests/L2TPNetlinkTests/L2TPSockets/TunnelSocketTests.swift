import L2TPModel
import L2TPSockets
import L2TPWire
import Netlink
import SystemPackage
import Testing

/// Sockets of the running kernel, over its loopback interface; it need not have L2TP.
@Suite struct TunnelSocketTests {
    static let loopbacks = [address("127.0.0.1"), address("::1")]

    private func failure(_ body: () throws(SocketError) -> Void) -> SocketError? {
        do throws(SocketError) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: loopbacks)
    func messagesPass(_ local: IPAddress) throws {
        var first = try TunnelSocket(.udp, local.version)
        try first.bind(to: .udp(local, port: 0))
        var second = try TunnelSocket(.udp, local.version)
        try second.bind(to: .udp(local, port: 0))
        let (there, here) = (try first.localAddress(), try second.localAddress())
        #expect(there.address == local)
        #expect(second.peerAddress == nil)
        try second.connect(to: there)
        #expect(second.peerAddress == there)
        let message: [UInt8] = [1, 2, 3]
        try second.send(message.span)
        try first.send([UInt8]().span, to: here)
        let received = try #require(try first.receive(atMost: .seconds(10)))
        #expect(received == ReceivedMessage(bytes: message, source: here))
        #expect(try second.receive(atMost: .seconds(10))?.bytes == [])
        #expect(try first.receive(atMost: .zero) == nil)
        #expect(try first.pendingByteCount() == 0)
    }

    @Test(arguments: loopbacks)
    func errorsOfTheNetworkCome(_ local: IPAddress) throws {
        var socket = try TunnelSocket(.udp, local.version)
        var closed: TunnelSocketAddress?
        do {
            var other = try TunnelSocket(.udp, local.version)
            try other.bind(to: .udp(local, port: 0))
            closed = try other.localAddress()
        }
        let peer = try #require(closed)
        try socket.connect(to: peer)
        try socket.keepErrors()
        let message: [UInt8] = [7]
        try socket.send(message.span)
        let error = try #require(try socket.nextError())
        #expect(error.errno == .connectionRefused)
        #expect(error.message == message)
        #expect(error.destination == peer)
        #expect(error.offender == local)
        #expect(try socket.nextError() == nil)
        try socket.keepErrors(false)
        #expect(try socket.pendingError() == nil)
        try socket.send(message.span)
        let refused = failure { () throws(SocketError) in _ = try socket.receive(atMost: .seconds(10)) }
        #expect(refused?.reason == .refused)
        #expect(refused?.description == "cannot receive from UDP socket: nobody listens at the peer (ECONNREFUSED)")
    }

    @Test func checksumsCanBeSet() throws {
        for version in IPVersion.allCases {
            let socket = try TunnelSocket(.udp, version)
            try socket.setChecksums(false)
            try socket.setChecksums(true)
        }
    }

    @Test func whatCannotWorkIsNotAsked() throws {
        let local = Self.loopbacks[0]
        func refusal(_ body: (inout TunnelSocket) throws(SocketError) -> Void) -> String? {
            let error = failure { () throws(SocketError) in
                var socket = try TunnelSocket(.udp, .v4)
                try body(&socket)
            }
            #expect(error?.reason == .invalid)
            #expect(error?.errno == nil)
            return error?.explanation
        }
        #expect(
            refusal { (socket) throws(SocketError) in try socket.bind(to: .ip(local, connectionID: TunnelID(1))) }
                == "127.0.0.1 connection 1 is an address of encapsulation ip")
        #expect(
            refusal { (socket) throws(SocketError) in try socket.bind(to: .udp(.any(.v6), port: 1)) }
                == ":: is IPv6, the socket IPv4")
        #expect(
            refusal { (socket) throws(SocketError) in try socket.bind(to: .udp(address("224.0.0.1"), port: 1)) }
                == "224.0.0.1 is a multicast group, not an address of this host")
        #expect(
            refusal { (socket) throws(SocketError) in
                try socket.bind(to: .udp(local, port: 0))
                try socket.bind(to: .udp(local, port: 0))
            } == "it is bound already")
        #expect(
            refusal { (socket) throws(SocketError) in try socket.connect(to: .udp(local, port: 0)) }
                == "0 is not a port (1…65535)")
        #expect(
            refusal { (socket) throws(SocketError) in
                try socket.send([0].span, to: .ip(local, connectionID: TunnelID(1)))
            } == "127.0.0.1 connection 1 is an address of another kind of socket")
        let scoped = failure { () throws(SocketError) in
            var socket = try TunnelSocket(.udp, .v6)
            try socket.bind(to: .udp(address("fe80::1"), port: 1))
        }
        #expect(scoped?.explanation == "fe80::1 is a link-local address")
        #expect(scoped?.remedy == "say its interface by scopeID")
        let mapped = failure { () throws(SocketError) in
            var socket = try TunnelSocket(.udp, .v6)
            try socket.connect(to: .udp(address("::ffff:192.0.2.1"), port: 1))
        }
        #expect(mapped?.remedy == "use an IPv4 socket")
    }

    @Test func refusalsHaveAMeaning() throws {
        let local = Self.loopbacks[0]
        var holder = try TunnelSocket(.udp, .v4)
        try holder.bind(to: .udp(local, port: 0))
        let place = try holder.localAddress()
        let taken = failure { () throws(SocketError) in
            var socket = try TunnelSocket(.udp, .v4)
            try socket.bind(to: place)
        }
        #expect(taken?.reason == .exists)
        #expect(taken?.description == "cannot bind UDP socket: \(place) is taken by another socket (EADDRINUSE)")
        let foreign = failure { () throws(SocketError) in
            var socket = try TunnelSocket(.udp, .v4)
            try socket.bind(to: .udp(address("192.0.2.99"), port: 0))
        }
        #expect(foreign?.reason == .addressNotLocal)
        let unconnected = failure { () throws(SocketError) in
            let socket = try TunnelSocket(.udp, .v4)
            try socket.send([1].span)
        }
        #expect(unconnected?.reason == .notConnected)
        let nowhere = failure { () throws(SocketError) in
            _ = try TunnelSocket(.udp, .v4, in: .named("there-is-none"))
        }
        #expect(nowhere?.reason == .namespace)
        #expect(nowhere?.errno == .noSuchFileOrDirectory)
    }

    /// Where the kernel lacks a module the error says which; where it does not, the socket opens.
    @Test func missingModulesAreNamed() {
        let cases: [(String, () throws(SocketError) -> Void)] = [
            ("l2tp_ip", { () throws(SocketError) in _ = try TunnelSocket(.ip, .v4) }),
            ("l2tp_ip6", { () throws(SocketError) in _ = try TunnelSocket(.ip, .v6) }),
            ("l2tp_ppp", { () throws(SocketError) in _ = try PPPoL2TPSocket() }),
            ("l2tp_ppp", { () throws(SocketError) in _ = try PPPoL2TPManagementSocket() }),
        ]
        for (module, open) in cases {
            guard let error = failure(open) else { continue }
            #expect(error.reason == .notSupported)
            #expect(error.explanation.contains("module \(module) "), "\(error)")
            #expect(error.remedy?.isEmpty == false)
        }
    }
}
