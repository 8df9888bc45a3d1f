import Glibc
import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import LinkControl
import SystemPackage
import Testing

extension KernelTests {
    /// Binding, connecting and messages of the sockets that can carry a tunnel.
    @Suite(.sitePair)
    struct TunnelSocketTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        @Test(arguments: TunnelKind.all)
        func tellsItsAddress(_ kind: TunnelKind) throws {
            let socket = try kind.socket(.left, 1, in: pair)
            #expect(try socket.localAddress() == kind.address(.left, 1))
            #expect(socket.peerAddress == kind.address(.right, 1))
            // The kernel itself does not tell the peer of a socket of protocol 115.
            let expected: Errno? = kind.encapsulation == .ip && kind.version == .v4 ? .socketNotConnected : nil
            let found = SystemCalls.peerNameError(socket.fileDescriptor)
            #expect(
                kind.version == .v6 && kind.encapsulation == .ip || found == expected, "\(String(describing: found))")
        }

        /// What the kernel says where the library does not ask it.
        @Test(arguments: [IPVersion.v4, .v6])
        func kernelRefusesOfProtocol115(_ version: IPVersion) throws {
            let kind = TunnelKind(protocolVersion: .v3, encapsulation: .ip, version: version)
            let local = kind.address(.left, 1).bytes
            let namespace = pair.left.networkNamespace
            let fresh = try TunnelSocket(.ip, version, in: namespace)
            #expect(SystemCalls.connect(fresh.fileDescriptor, to: kind.address(.right, 1).bytes) == .invalidArgument)
            #expect(SystemCalls.bind(fresh.fileDescriptor, to: Array(local.dropLast())) == .invalidArgument)
            let other = TunnelKind(protocolVersion: .v3, encapsulation: .ip, version: version == .v4 ? .v6 : .v4)
            let wrongFamily = SystemCalls.bind(fresh.fileDescriptor, to: other.address(.left, 1).bytes)
            #expect(wrongFamily == .invalidArgument || wrongFamily == .addressFamilyNotSupported)
            #expect(SystemCalls.bind(fresh.fileDescriptor, to: kind.address(.right, 1).bytes) == .addressNotAvailable)
            #expect(SystemCalls.bind(fresh.fileDescriptor, to: local) == nil)
            #expect(SystemCalls.bind(fresh.fileDescriptor, to: local) == .invalidArgument)
            let multicast = try #require(IPAddress(version == .v4 ? "224.0.0.5" : "ff02::5"))
            let group = TunnelSocketAddress.ip(multicast, connectionID: TunnelID(1))
            #expect(SystemCalls.connect(fresh.fileDescriptor, to: group.bytes) == .invalidArgument)
            let second = try TunnelSocket(.ip, version, in: namespace)
            #expect(SystemCalls.bind(second.fileDescriptor, to: local) == .addressInUse)
            let any = TunnelSocketAddress.ip(.any(version), connectionID: TunnelID(1))
            #expect(SystemCalls.bind(second.fileDescriptor, to: any.bytes) == .addressInUse)
            #expect(SystemCalls.bind(second.fileDescriptor, to: kind.address(.left, 2).bytes) == nil)
        }

        @Test func kernelRefusesIPv6Addresses() throws {
            let mapped = try #require(IPAddress("::ffff:192.0.2.1"))
            let multicast = try #require(IPAddress("ff02::5"))
            let linkLocal = try #require(IPAddress("fe80::1"))
            for (address, expected) in [
                (mapped, Errno.addressNotAvailable), (multicast, .addressNotAvailable), (linkLocal, .invalidArgument),
            ] {
                let socket = try TunnelSocket(.ip, .v6, in: pair.left.networkNamespace)
                let bytes = L2TPIPAddress(address, connectionID: TunnelID(1)).bytes
                #expect(SystemCalls.bind(socket.fileDescriptor, to: bytes) == expected, "\(address)")
            }
        }

        @Test(arguments: [TunnelKind.v3UDP, .v3IP])
        func refusalsHaveAMeaning(_ kind: TunnelKind) throws {
            let namespace = pair.left.networkNamespace
            let taken = try kind.socket(.left, 1, in: pair)
            let clash = #expect(throws: SocketError.self) {
                var socket = try TunnelSocket(kind.encapsulation, kind.version, in: namespace)
                try socket.bind(to: kind.address(.left, 1))
            }
            #expect(clash?.reason == .exists)
            #expect(clash?.errno == .addressInUse)
            let foreign = #expect(throws: SocketError.self) {
                var socket = try TunnelSocket(kind.encapsulation, kind.version, in: namespace)
                try socket.bind(to: kind.address(.right, 1))
            }
            #expect(foreign?.reason == .addressNotLocal)
            let lost = #expect(throws: SocketError.self) {
                var socket = try TunnelSocket(kind.encapsulation, kind.version, in: namespace)
                try socket.bind(to: kind.address(.left, 2))
                let far = try #require(IPAddress("198.51.100.1"))
                try socket.connect(
                    to: kind.encapsulation == .udp ? .udp(far, port: 1) : .ip(far, connectionID: TunnelID(1)))
            }
            #expect(lost?.reason == .noRoute)
            #expect(lost?.errno == .networkUnreachable)
            _ = try taken.localAddress()
        }

        /// Link-local addresses work when their interface is said, which netlink cannot.
        @Test(arguments: [Encapsulation.udp, .ip])
        func linkLocalAddresses(_ encapsulation: Encapsulation) throws {
            let link = try #require(try pair.left.link(SitePair.interface))
            let address = "fe80::aa"
            try Shell.ip(["address add \(address)/64 dev \(SitePair.interface) nodad"], in: pair.left)
            let local = try #require(IPAddress(address))
            let peer = try #require(IPAddress("fe80::bb"))
            var socket = try TunnelSocket(encapsulation, .v6, in: pair.left.networkNamespace)
            switch encapsulation {
            case .udp:
                try socket.bind(to: .udp(local, port: 1701, scopeID: link.index))
                try socket.connect(to: .udp(peer, port: 1701, scopeID: link.index))
            case .ip:
                try socket.bind(to: .ip(local, connectionID: TunnelID(9), scopeID: link.index))
                try socket.connect(to: .ip(peer, connectionID: TunnelID(9), scopeID: link.index))
            }
            #expect(try socket.localAddress().address == local)
            var client = try pair.left.client()
            let specification = ManagedTunnelSpecification(id: TunnelID(9), peerID: TunnelID(9))
            let tunnel = try client.createTunnel(specification, over: socket)
            #expect(try client.tunnel(TunnelID(9))?.local == local)
            tunnel.close()
            #expect(try pair.left.losesAllTunnels())
            try Shell.ip(["address delete \(address)/64 dev \(SitePair.interface)"], in: pair.left)
        }

        // MARK: Messages

        /// A control message of L2TPv3, or of L2TPv2, to a control connection.
        static func controlMessage(to id: UInt32, _ kind: TunnelKind) -> [UInt8] {
            let bytes = (0..<4).map { UInt8(truncatingIfNeeded: id >> (24 - 8 * $0)) }
            return kind.protocolVersion == .v2
                ? [0xc8, 0x02, 0, 12] + bytes.suffix(2) + [0, 0, 0, 0, 0, 0]
                : [0xc8, 0x03, 0, 12] + bytes + [0, 0, 0, 0]
        }

        @Test(arguments: TunnelKind.all)
        func carriesControlMessages(_ kind: TunnelKind) throws {
            let left = try kind.tunnel(.left, 1, in: pair)
            let right = try kind.tunnel(.right, 1, in: pair)
            let message = Self.controlMessage(to: 1, kind)
            try left.send(message.span)
            let received = try #require(try right.receive(atMost: .seconds(5)))
            #expect(received.bytes == message)
            #expect(received.source?.address == SitePair.address(.left, kind.version))
            if kind.encapsulation == .udp { #expect(received.source == kind.address(.left, 1)) }
            try right.send(message.span)
            while try left.socket.pendingByteCount() == 0 {}
            #expect(try left.socket.pendingByteCount() == message.count)
            #expect(try left.receive(atMost: .seconds(5))?.bytes == message)
            #expect(try left.receive(atMost: .zero) == nil)
            left.close()
            right.close()
            #expect(try pair.left.losesAllTunnels())
            #expect(try pair.right.losesAllTunnels())
        }

        /// What sets up a connection goes to identifier 0, that of a listening socket.
        @Test(arguments: [IPVersion.v4, .v6])
        func listensOnConnectionZero(_ version: IPVersion) throws {
            let kind = TunnelKind(protocolVersion: .v3, encapsulation: .ip, version: version)
            var listening = try TunnelSocket(.ip, version, in: pair.right.networkNamespace)
            try listening.bind(to: .ip(.any(version), connectionID: TunnelID(0)))
            let established = try kind.socket(.right, 5, in: pair)
            let sender = try kind.socket(.left, 5, in: pair)
            let setup = Self.controlMessage(to: 0, kind)
            try sender.send(setup.span)
            let received = try #require(try listening.receive(atMost: .seconds(5)))
            #expect(received.bytes == setup)
            #expect(received.source?.address == SitePair.address(.left, version))
            let other = Self.controlMessage(to: 5, kind)
            try sender.send(other.span)
            #expect(try established.receive(atMost: .seconds(5))?.bytes == other)
            #expect(try listening.receive(atMost: .zero) == nil)
            // An answer to an address.
            let source = try #require(received.source)
            try listening.send(other.span, to: source)
            #expect(try sender.receive(atMost: .seconds(5))?.bytes == other)
        }

        @Test func checksumsAreTheSocketsOwn() throws {
            let capture = try PacketSocket(SitePair.interface, in: pair.left)
            for isOn in [true, false] {
                let socket = try TunnelKind.v3UDP.socket(.left, 1, in: pair)
                try socket.setChecksums(isOn)
                let message = Self.controlMessage(to: 1, .v3UDP)
                try socket.send(message.span)
                let packet = try #require(
                    try capture.next { $0.payload == message && $0.udp?.source == 10001 ? $0 : nil })
                #expect((packet.udp?.checksum != 0) == isOn)
            }
        }
    }
}
