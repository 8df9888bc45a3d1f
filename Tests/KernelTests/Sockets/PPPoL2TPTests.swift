import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import SystemPackage
import Testing

extension KernelTests {
    /// The sockets of PPP sessions: connecting, options, counters.
    @Suite(.sitePair)
    struct PPPoL2TPTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            for side in Side.allCases { try pair[side].deleteAllTunnels() }
        }

        /// Connecting creates the session, or takes one that netlink has created; it goes with the socket.
        @Test(arguments: TunnelKind.all, [false, true])
        func connects(_ kind: TunnelKind, _ existsBefore: Bool) throws {
            let tunnel = try kind.tunnel(.left, 1, in: pair)
            var client = try pair.left.client()
            if existsBefore {
                var raw = try RawL2TP(in: pair.left)
                try raw.createSession(RawL2TP.SessionKey(tunnelID: TunnelID(1), id: SessionID(7)), .ppp)
            }
            do {
                let socket = try kind.pppSocket(.left, 7, in: 1, of: pair)
                let session = try #require(try client.session(SessionID(7), in: TunnelID(1)))
                #expect(session.pseudowireType == .ppp)
                #expect(session.interfaceName == nil)
                #expect(session.peerID == SessionID(7))
                var expected = kind.session(7, in: 1)
                let found = try socket.address()
                expected.peer = found.peer
                expected.tunnelDescriptor = found.tunnelDescriptor
                expected.processID = found.processID
                #expect(found == expected)
                #expect(found.peer?.address == SitePair.address(.right, kind.version))
                if kind.encapsulation == .udp { #expect(found.peer?.port == 10001) }
                #expect(try socket.channelIndex().rawValue >= 0)
            }
            #expect(try eventually { try client.sessions().isEmpty })
            tunnel.close()
            #expect(try pair.left.losesAllTunnels())
        }

        @Test func refusalsHaveAMeaning() throws {
            let kind = TunnelKind.v3UDP
            let tunnel = try kind.tunnel(.left, 1, in: pair)
            func refusal(_ address: PPPoL2TPAddress) -> SocketError? {
                #expect(throws: SocketError.self) {
                    let socket = try PPPoL2TPSocket(in: pair.left.networkNamespace)
                    try socket.connect(to: address)
                }
            }
            let unknown = refusal(kind.session(7, in: 2))
            #expect(unknown?.reason == .notFound && unknown?.errno == .noSuchFileOrDirectory)
            let noTunnel = refusal(kind.session(7, in: 0))
            #expect(noTunnel?.reason == .invalid && noTunnel?.errno == nil)
            let management = refusal(kind.session(0, in: 1))
            #expect(management?.reason == .invalid && management?.errno == nil)
            var client = try pair.left.client()
            try client.createSession(.unnamed(9, in: 1))
            let ethernet = refusal(kind.session(9, in: 1))
            #expect(ethernet?.reason == .wrongType && ethernet?.errno == .protocolWrongTypeForSocket)
            let socket = try kind.pppSocket(.left, 7, in: 1, of: pair)
            let taken = refusal(kind.session(7, in: 1))
            #expect(taken?.reason == .exists && taken?.errno == .fileExists)
            let descriptor = socket.fileDescriptor
            #expect(SystemCalls.connect(descriptor, to: kind.session(8, in: 1).bytes) == .resourceBusy)
            // What the library does not ask.
            let fresh = try PPPoL2TPSocket(in: pair.left.networkNamespace)
            let address = kind.session(7, in: 1).bytes
            #expect(SystemCalls.connect(fresh.fileDescriptor, to: kind.session(7, in: 0).bytes) == .invalidArgument)
            for bytes in [Array(address.dropLast()), address + [0], Array(address.prefix(37))] {
                #expect(SystemCalls.connect(fresh.fileDescriptor, to: bytes) == .invalidArgument, "\(bytes.count)")
            }
            var otherProtocol = address
            otherProtocol[2] = 0
            #expect(SystemCalls.connect(fresh.fileDescriptor, to: otherProtocol) == .invalidArgument)
            var noDescriptor = kind.session(0, in: 3)
            noDescriptor.peerTunnelID = TunnelID(3)
            #expect(SystemCalls.connect(fresh.fileDescriptor, to: noDescriptor.bytes) == .badFileDescriptor)
            tunnel.close()
        }

        @Test(arguments: TunnelKind.overIPv4)
        func options(_ kind: TunnelKind) throws {
            let tunnel = try kind.tunnel(.left, 1, in: pair)
            let socket = try kind.pppSocket(.left, 7, in: 1, of: pair)
            for option in [PPPoL2TPOption.receiveSequence, .sendSequence, .lnsMode] {
                #expect(try socket.option(option) == 0)
                try socket.setOption(option, to: 1)
                #expect(try socket.option(option) == 1)
                let error = #expect(throws: SocketError.self) {
                    try PPPoL2TPTests.setOption(option, to: 2, of: socket.fileDescriptor)
                }
                #expect(error?.errno == .invalidArgument)
            }
            #expect(try socket.option(.reorderTimeout) == 0)
            try socket.setOption(.reorderTimeout, to: 100)
            #expect(try socket.option(.reorderTimeout) == 100)
            try socket.setOption(.debug, to: 5)
            #expect(try socket.option(.debug) == 0)
            var client = try pair.left.client()
            let session = try #require(try client.session(SessionID(7), in: TunnelID(1)))
            #expect(session.requiresSequenceNumbers && session.sendsSequenceNumbers && session.lnsMode)
            #expect(session.reorderTimeout == .milliseconds(100))
            let unknown = PPPoL2TPOption(rawValue: 6)
            #expect(Self.errno(unknown, level: 273, of: socket.fileDescriptor) == .protocolNotAvailable)
            #expect(Self.errno(.debug, level: 1000, of: socket.fileDescriptor) == .invalidArgument)
            let fresh = try PPPoL2TPSocket(in: pair.left.networkNamespace)
            #expect(Self.errno(.lnsMode, level: 273, of: fresh.fileDescriptor) == .socketNotConnected)
            tunnel.close()
        }

        /// Sets an option on a descriptor, so that a closure can be given it.
        private static func setOption(_ option: PPPoL2TPOption, to value: Int32, of socket: FileDescriptor) throws {
            if let errno = SystemCalls.setOption(option.rawValue, level: 273, to: value, of: socket) {
                throw SocketError(.configure, "", .invalid, errno: errno, "")
            }
        }

        private static func errno(_ option: PPPoL2TPOption, level: Int32, of socket: FileDescriptor) -> Errno? {
            SystemCalls.setOption(option.rawValue, level: level, to: 1, of: socket)
        }

        /// The socket of a whole tunnel, which it creates over a UDP socket.
        @Test(arguments: TunnelKind.all.filter { $0.encapsulation == .udp })
        func managementSocket(_ kind: TunnelKind) throws {
            var client = try pair.left.client()
            do {
                let udp = try kind.socket(.left, 1, in: pair)
                let management = try PPPoL2TPManagementSocket(in: pair.left.networkNamespace)
                try management.connect(to: kind.specification(1), over: udp)
                let made = try #require(try client.tunnel(TunnelID(1)))
                #expect(made.protocolVersion == kind.protocolVersion)
                let session = try kind.pppSocket(.left, 7, in: 1, of: pair)
                #expect(try management.statistics().tunnelID == 1)
                #expect(try management.statistics().sessionID == 0)
                #expect(try management.statistics(of: SessionID(7)).sessionID == 7)
                #expect(try session.statistics().sessionID == 7)
                try management.setOption(.debug, to: 1)
                let descriptor = management.fileDescriptor
                #expect(
                    Self.errno(.lnsMode, level: 273, of: descriptor) == .invalidArgument
                        || Self.errno(.lnsMode, level: 273, of: descriptor) == .protocolNotAvailable)
                do throws(SocketError) {
                    _ = try management.statistics(of: SessionID(8))
                    Issue.record("there is no session 8")
                } catch {
                    #expect(error.errno == Errno(rawValue: 53), "EBADR, not \(error)")
                    #expect(error.reason == .notFound)
                }
                // A tunnel has one such socket.
                let second = #expect(throws: SocketError.self) { try managementOfTunnel1(kind) }
                #expect(second?.reason == .exists)
            }
            #expect(try pair.left.losesAllTunnels())
            #expect(try eventually { try client.sessions().isEmpty })
        }

        /// A second management socket of the tunnel.
        private func managementOfTunnel1(_ kind: TunnelKind) throws {
            let management = try PPPoL2TPManagementSocket(in: pair.left.networkNamespace)
            var udp = try TunnelSocket(.udp, kind.version, in: pair.left.networkNamespace)
            try udp.connect(to: kind.address(.right, 2))
            try management.connect(to: kind.specification(1), over: udp)
        }

        /// A tunnel over IP cannot be made like this.
        @Test func managementSocketKnowsUDPOnly() throws {
            let kind = TunnelKind.v3IP
            let socket = try kind.socket(.left, 1, in: pair)
            let management = try PPPoL2TPManagementSocket(in: pair.left.networkNamespace)
            var address = kind.session(0, in: 1)
            address.tunnelDescriptor = socket.fileDescriptor.rawValue
            let errno = SystemCalls.connect(management.fileDescriptor, to: address.bytes)
            #expect(errno == .protocolNotSupported, "\(String(describing: errno))")
            #expect(try pair.left.tunnelCount() == 0)
        }

        /// Closing the UDP socket, or the management socket, or deleting by netlink ends such a tunnel.
        @Test(arguments: TunnelKind.all.filter { $0.encapsulation == .udp }, ManagedTunnelTests.Ending.allCases)
        func tunnelsOfManagementSocketsEnd(_ kind: TunnelKind, _ ending: ManagedTunnelTests.Ending) throws {
            let udp = try kind.socket(.left, 1, in: pair)
            let management = try PPPoL2TPManagementSocket(in: pair.left.networkNamespace)
            try management.connect(to: kind.specification(1), over: udp)
            #expect(try pair.left.tunnelCount() == 1)
            switch ending {
            case .netlink:
                var client = try pair.left.client()
                try client.deleteTunnel(TunnelID(1))
                #expect(try udp.localAddress() == kind.address(.left, 1))
            case .closing:
                _ = consume management
                _ = consume udp
            }
            #expect(try pair.left.losesAllTunnels())
        }

        /// IP over a PPP session; what one end counts as sent the other counts as received.
        @Test(arguments: TunnelKind.all)
        func carriesPackets(_ kind: TunnelKind) throws {
            let tunnels = Side.allCases
            let left = try kind.tunnel(tunnels[0], 1, in: pair)
            let right = try kind.tunnel(tunnels[1], 1, in: pair)
            let ends = try Side.allCases.map { try PPPEnd(kind, $0, 7, in: 1, of: pair) }
            // Their sockets hold the sessions, which are read once more in the end.
            defer { withExtendedLifetime(ends) {} }
            for size in [56, 1600] {
                try Shell.require(
                    ["ping", "-n", "-q", "-c", "1", "-W", "5", "-s", "\(size)", PPPEnd.address(.right)], in: pair.left)
            }
            let counters = try ends.map { try $0.socket.statistics().counters }
            #expect(counters[0].transmitPackets >= 3)
            #expect(counters[0].transmitPackets == counters[1].receivePackets)
            #expect(counters[0].transmitBytes == counters[1].receiveBytes)
            #expect(counters[1].transmitPackets == counters[0].receivePackets)
            #expect(counters[1].transmitBytes == counters[0].receiveBytes)
            #expect(counters.allSatisfy { $0.transmitErrors == 0 && $0.receiveErrors == 0 })
            // Netlink tells the same.
            var client = try pair.left.client()
            let reported = try #require(try client.session(SessionID(7), in: TunnelID(1))).statistics
            #expect(reported.transmitBytes == counters[0].transmitBytes)
            #expect(reported.receiveBytes == counters[0].receiveBytes)
            left.close()
            right.close()
            #expect(try pair.left.losesAllTunnels())
            #expect(try pair.right.losesAllTunnels())
        }
    }
}
