import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import SystemPackage
import Testing

extension KernelTests {
    /// What a sender learns when nobody listens at the peer.
    @Suite(.sitePair)
    struct ICMPErrorTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
            // The peer tells every time, not once a second.
            try Kernel.write("0", to: "/proc/sys/net/ipv4/route/error_cost")
            try SystemCalls.inNamespace(pair.right.path) {
                try Kernel.write("0", to: "/proc/sys/net/ipv4/icmp_ratelimit")
                try Kernel.write("0", to: "/proc/sys/net/ipv6/icmp/ratelimit")
            }
        }

        /// A plain UDP socket gets the error from its next call.
        @Test(arguments: [IPVersion.v4, .v6])
        func plainSocket(_ version: IPVersion) throws {
            let kind = TunnelKind(protocolVersion: .v3, encapsulation: .udp, version: version)
            let socket = try kind.socket(.left, 1, in: pair)
            try socket.send(TunnelSocketTests.controlMessage(to: 1, kind).span)
            let error = #expect(throws: SocketError.self) {
                let again = try kind.socket(.left, 2, in: pair)
                try again.send(TunnelSocketTests.controlMessage(to: 2, kind).span)
                _ = try again.receive(atMost: .seconds(5))
            }
            #expect(error?.reason == .refused)
            #expect(error?.errno == .connectionRefused)
            #expect(try eventually { try socket.pendingError() == .connectionRefused })
            #expect(try socket.pendingError() == nil)
        }

        /// The queue of errors tells more: who says what of which message.
        @Test(arguments: [IPVersion.v4, .v6])
        func plainSocketQueue(_ version: IPVersion) throws {
            let kind = TunnelKind(protocolVersion: .v3, encapsulation: .udp, version: version)
            let socket = try kind.socket(.left, 1, in: pair)
            try socket.keepErrors()
            #expect(try socket.nextError() == nil)
            let message = TunnelSocketTests.controlMessage(to: 1, kind)
            try socket.send(message.span)
            let error = try #require(try nextError(of: socket))
            #expect(error.errno == .connectionRefused)
            #expect(error.origin == (version == .v4 ? .icmp : .icmpv6))
            #expect((error.type, error.code) == (version == .v4 ? (3, 3) : (1, 4)))
            #expect(error.offender == SitePair.address(.right, version))
            #expect(error.destination == kind.address(.right, 1))
            #expect(error.message == message)
            #expect(try socket.nextError() == nil)
        }

        /// Linux 6.1 tells a tunnel's socket nothing, 6.12 (since 6.10) what a plain socket is told.
        @Test(arguments: TunnelKind.all.filter { $0.encapsulation == .udp }, [false, true])
        func tunnelOverUDP(_ kind: TunnelKind, _ keepsErrors: Bool) throws {
            let tunnel = try kind.tunnel(.left, 1, in: pair)
            if keepsErrors { try tunnel.socket.keepErrors() }
            try tunnel.send(TunnelSocketTests.controlMessage(to: 1, kind).span)
            if Kernel.isAtLeast(6, 10) {
                if keepsErrors {
                    #expect(try nextError(of: tunnel.socket)?.errno == .connectionRefused)
                } else {
                    #expect(try eventually { try tunnel.socket.pendingError() == .connectionRefused })
                }
            } else {
                try roundTrip(kind.version)
                #expect(try tunnel.socket.nextError() == nil)
                #expect(try tunnel.socket.pendingError() == nil)
            }
            tunnel.close()
            #expect(try pair.left.losesAllTunnels())
        }

        /// A socket of protocol 115 is told nothing, not even by a router, on any kernel.
        @Test(arguments: [IPVersion.v4, .v6], [false, true])
        func tunnelOverIP(_ version: IPVersion, _ keepsErrors: Bool) throws {
            let far = try #require(IPAddress(version == .v4 ? "198.51.100.1" : "2001:db8:1::1"))
            let prefix = version == .v4 ? "32" : "128"
            try Shell.ip(
                ["route add \(far)/\(prefix) via \(SitePair.address(.right, version))"], in: pair.left)
            try Shell.ip(["route add unreachable \(far)/\(prefix)"], in: pair.right)
            try SystemCalls.inNamespace(pair.right.path) {
                try Kernel.write("1", to: "/proc/sys/net/ipv4/conf/all/forwarding")
                try Kernel.write("1", to: "/proc/sys/net/ipv6/conf/all/forwarding")
            }
            let capture = try PacketSocket(SitePair.interface, in: pair.left)
            var socket = try TunnelSocket(.ip, version, in: pair.left.networkNamespace)
            try socket.bind(to: .ip(SitePair.address(.left, version), connectionID: TunnelID(1)))
            try socket.connect(to: .ip(far, connectionID: TunnelID(1)))
            if keepsErrors { try socket.keepErrors() }
            var client = try pair.left.client()
            let specification = ManagedTunnelSpecification(id: TunnelID(1), peerID: TunnelID(1))
            let tunnel = try client.createTunnel(specification, over: socket)
            let kind = TunnelKind(protocolVersion: .v3, encapsulation: .ip, version: version)
            try tunnel.send(TunnelSocketTests.controlMessage(to: 1, kind).span)
            #expect(try capture.next { $0.destination == far ? $0 : nil } != nil)
            // Another socket is told by then.
            var probe = try TunnelSocket(.udp, version, in: pair.left.networkNamespace)
            try probe.connect(to: .udp(far, port: 9))
            try probe.keepErrors()
            try probe.send([0].span)
            let told = try nextError(of: probe)?.errno
            #expect(told == (version == .v4 ? .noRouteToHost : .networkUnreachable), "\(String(describing: told))")
            #expect(try tunnel.socket.nextError() == nil)
            #expect(try tunnel.socket.pendingError() == nil)
            try Shell.ip(["route delete \(far)/\(prefix)"], in: pair.left)
            try Shell.ip(["route delete unreachable \(far)/\(prefix)"], in: pair.right)
            tunnel.close()
            #expect(try pair.left.losesAllTunnels())
        }

        /// The next error in the queue, waited for.
        private func nextError(of socket: borrowing TunnelSocket) throws -> QueuedError? {
            for _ in 0..<500 {
                if let error = try socket.nextError() { return error }
                SystemCalls.sleep(milliseconds: 10)
            }
            return nil
        }

        /// Waits until an error that was sent later has come.
        private func roundTrip(_ version: IPVersion) throws {
            let kind = TunnelKind(protocolVersion: .v3, encapsulation: .udp, version: version)
            let probe = try kind.socket(.left, 99, in: pair)
            try probe.send([0].span)
            #expect(try eventually { try probe.pendingError() == .connectionRefused })
        }
    }
}
