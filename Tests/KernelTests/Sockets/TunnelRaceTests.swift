import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// Requests about tunnels whose sockets are closed at the same time.
    @Suite(.sitePair)
    struct TunnelRaceTests {
        static let rounds = 5
        static let tunnelCount: UInt32 = 150

        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        static let kinds = TunnelKind.all.filter { $0.protocolVersion == .v3 }

        @Test(arguments: kinds)
        func deletionAndClosing(_ kind: TunnelKind) throws {
            var raw = try RawL2TP(in: pair.left)
            try race(kind) { id in
                // What is gone already, or going, is no concern.
                do throws(NetlinkError) {
                    try raw.deleteTunnel(id)
                } catch {
                    #expect(error.errno == .operationNotSupportedByDevice)
                }
            }
        }

        @Test(arguments: kinds)
        func readingAndClosing(_ kind: TunnelKind) throws {
            var client = try pair.left.client()
            try race(kind) { id in
                let tunnel = try client.tunnel(id)
                #expect(tunnel == nil || tunnel?.id == id)
            }
        }

        private func race(_ kind: TunnelKind, _ request: (TunnelID) throws -> Void) throws {
            var client = try pair.left.client()
            for _ in 0..<Self.rounds {
                let sockets = try tunnels(kind)
                #expect(try client.tunnels().count == Int(Self.tunnelCount))
                try SystemCalls.during {
                    for socket in sockets { try? socket.close() }
                } _: {
                    for id in 1...Self.tunnelCount { try request(TunnelID(id)) }
                }
                #expect(try eventually { try client.tunnels().isEmpty })
            }
        }

        /// The sockets of new tunnels. A thread that is in the namespace opens them faster.
        private func tunnels(_ kind: TunnelKind) throws -> [FileDescriptor] {
            try SystemCalls.inNamespace(pair.left.path) {
                var client = try L2TPClient(.kernel())
                return try (1...Self.tunnelCount).map { id in
                    let socket = try kind.socket(.left, id, in: .current)
                    try client.createTunnel(kind.specification(id), over: socket.fileDescriptor, kind.encapsulation)
                    return try socket.fileDescriptor.duplicate()
                }
            }
        }
    }

    /// Sockets and namespaces that go while frames flow.
    @Suite struct ShutdownTests {
        @Test(arguments: TunnelKind.all)
        func underLoad(_ kind: TunnelKind) throws {
            let pair = try SitePair.make()
            // Removing it is what is tested, see below.
            let name = "load0"
            let left = try kind.tunnel(.left, 1, in: pair)
            let right = try kind.tunnel(.right, 1, in: pair)
            var units: [PPPEnd] = []
            if kind.protocolVersion == .v3 {
                for side in Side.allCases {
                    var client = try pair[side].client()
                    try client.createSession(try .named(name, 7, in: 1))
                    try Shell.ip(["link set \(name) up"], in: pair[side])
                }
            } else {
                units = try Side.allCases.map { try PPPEnd(kind, $0, 7, in: 1, of: pair) }
            }
            let flood = kind.protocolVersion == .v3 ? try PacketSocket(name, in: pair.left) : nil
            let frame = [UInt8](repeating: 0xff, count: 12) + [0x88, 0xb5] + [UInt8](repeating: 0, count: 500)
            // When the tunnel has gone nothing can be sent any more.
            func send() {
                try? flood?.send(frame)
                try? units.first?.channel.send(([0x00, 0x21] + frame).span)
            }
            var client = try pair.left.client()
            for _ in 0..<50 { send() }
            #expect(try client.session(SessionID(7), in: TunnelID(1))?.statistics.transmitPackets ?? 0 > 0)
            // The tunnels live with duplicates, which can be closed elsewhere.
            let sockets = [
                try left.socket.fileDescriptor.duplicate(), try right.socket.fileDescriptor.duplicate(),
            ]
            left.close()
            right.close()
            SystemCalls.during {
                SystemCalls.sleep(milliseconds: 20)
                for socket in sockets { try? socket.close() }
            } _: {
                for _ in 0..<3000 { send() }
            }
            units = []
            #expect(try pair.left.losesAllTunnels())
            #expect(try pair.right.losesAllTunnels())
            pair.remove()
            // A namespace that something still holds says so in the kernel's log.
            let log = try Shell.run(["dmesg"])
            #expect(!log.output.contains("unregister_netdevice: waiting"))
        }
    }
}
