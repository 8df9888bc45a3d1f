import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// PPP channels joined with each other, as an access concentrator does.
    @Suite(.sitePair)
    struct PPPBridgeTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            for side in Side.allCases { try pair[side].deleteAllTunnels() }
        }

        @Test(arguments: TunnelKind.overIPv4)
        func refusalsHaveAMeaning(_ kind: TunnelKind) throws {
            let tunnel = try kind.tunnel(.left, 1, in: pair)
            let socket = try kind.pppSocket(.left, 7, in: 1, of: pair)
            let other = try kind.pppSocket(.left, 8, in: 1, of: pair)
            let third = try kind.pppSocket(.left, 9, in: 1, of: pair)
            // The socket itself is not asked, but /dev/ppp.
            let bridge: UInt = 0x4004_7435  // PPPIOCBRIDGECHAN
            #expect(try SystemCalls.control(socket.fileDescriptor, bridge, 1) == .inappropriateIOCTLForDevice)
            let (index, otherIndex, thirdIndex) = (
                try socket.channelIndex(), try other.channelIndex(), try third.channelIndex()
            )
            let namespace = pair.left.networkNamespace
            func refusal(_ index: PPPChannelIndex, _ body: (borrowing PPPChannel) throws -> Void) -> SocketError? {
                #expect(throws: SocketError.self) { try body(try PPPChannel(index, in: namespace)) }
            }
            let unknown = refusal(index) { try $0.bridge(to: PPPChannelIndex(rawValue: 9999)) }
            #expect(unknown?.reason == .notFound && unknown?.errno == .noSuchAddressOrDevice)
            let alone = refusal(index) { try $0.unbridge() }
            #expect(alone?.reason == .invalid && alone?.errno == .invalidArgument)
            let channel = try PPPChannel(index, in: namespace)
            try channel.bridge(to: otherIndex)
            for first in [index, otherIndex] {
                let again = refusal(first) { try $0.bridge(to: thirdIndex) }
                #expect(again?.reason == .exists && again?.errno == .alreadyInProcess)
            }
            try channel.unbridge()
            try channel.bridge(to: thirdIndex)
            let missing = #expect(throws: SocketError.self) {
                _ = try PPPChannel(PPPChannelIndex(rawValue: 9999), in: namespace)
            }
            #expect(missing?.reason == .notFound && missing?.errno == .noSuchAddressOrDevice)
            // A channel is known in its own namespace only.
            let foreign = #expect(throws: SocketError.self) {
                _ = try PPPChannel(index, in: pair.right.networkNamespace)
            }
            #expect(foreign?.reason == .notFound)
            tunnel.close()
            #expect(try pair.left.losesAllTunnels())
        }

        /// Joining and parting at once, from both sides.
        @Test func joiningRacesParting() throws {
            let kind = TunnelKind.v2UDP
            let tunnel = try kind.tunnel(.left, 1, in: pair)
            let sockets = (0..<2).map { 7 + UInt32($0) }
            let first = try kind.pppSocket(.left, sockets[0], in: 1, of: pair)
            let second = try kind.pppSocket(.left, sockets[1], in: 1, of: pair)
            let (index, otherIndex) = (try first.channelIndex(), try second.channelIndex())
            let namespace = pair.left.networkNamespace
            let count = 50
            try SystemCalls.during {
                guard let channel = try? PPPChannel(otherIndex, in: namespace) else { return }
                for _ in 0..<count {
                    try? channel.bridge(to: index)
                    try? channel.unbridge()
                }
            } _: {
                let channel = try PPPChannel(index, in: namespace)
                for _ in 0..<count {
                    try? channel.bridge(to: otherIndex)
                    try? channel.unbridge()
                }
            }
            let channel = try PPPChannel(index, in: namespace)
            try? channel.unbridge()
            try channel.bridge(to: otherIndex)
            tunnel.close()
            #expect(try pair.left.losesAllTunnels())
        }

        /// Frames written to a channel come out of the peer's, as the negotiation needs.
        @Test(arguments: TunnelKind.all)
        func framesPass(_ kind: TunnelKind) throws {
            let leftTunnel = try kind.tunnel(.left, 1, in: pair)
            let rightTunnel = try kind.tunnel(.right, 1, in: pair)
            let left = try kind.pppSocket(.left, 7, in: 1, of: pair)
            let right = try kind.pppSocket(.right, 7, in: 1, of: pair)
            let sender = try left.channel()
            let receiver = try right.channel()
            // LCP Echo-Request.
            let frame: [UInt8] = [0xc0, 0x21, 9, 1, 0, 8, 0, 0, 0, 0]
            try sender.send(frame.span)
            #expect(try receiver.receive(atMost: .seconds(5)) == frame)
            #expect(try receiver.receive(atMost: .zero) == nil)
            leftTunnel.close()
            rightTunnel.close()
            #expect(try pair.left.losesAllTunnels())
            // A channel without its socket has ended, and says so instead of giving empty frames.
            _ = consume right
            do throws(SocketError) {
                _ = try receiver.receive(atMost: .seconds(5))
                Issue.record("nothing was said")
            } catch {
                #expect(error.reason == .notConnected)
            }
        }

        /// An access concentrator: what a PPPoE subscriber sends comes out of the tunnel, and back.
        @Test(arguments: TunnelKind.all)
        func joinsPPPoEWithATunnel(_ kind: TunnelKind) throws {
            try TestNamespace.with(1) { namespaces in
                let subscriber = namespaces[0]
                try Shell.ip([
                    "link add sub0 netns \(pair.left.name) type veth peer name sub0 netns \(subscriber.name)"
                ])
                try Shell.ip(["link set sub0 address 02:00:00:00:00:01 up"], in: pair.left)
                try Shell.ip(["link set sub0 address 02:00:00:00:00:02 up"], in: subscriber)
                let leftTunnel = try kind.tunnel(.left, 1, in: pair)
                let rightTunnel = try kind.tunnel(.right, 1, in: pair)
                let lac = try kind.pppSocket(.left, 7, in: 1, of: pair)
                let lns = try kind.pppSocket(.right, 7, in: 1, of: pair)
                let ethernet = try PPPoESocket(session: 5, peer: [2, 0, 0, 0, 0, 2], over: "sub0", in: pair.left)
                let concentrator = try PPPChannel(try ethernet.channelIndex(), in: pair.left.networkNamespace)
                try concentrator.bridge(to: try lac.channelIndex())
                let server = try lns.channel()
                let cable = try PacketSocket("sub0", in: subscriber)
                // Ethernet, PPPoE session 5, IPv4 over PPP: 512 bytes that nobody looks into.
                let packet = [0x00, 0x21] + (0..<510).map { UInt8(truncatingIfNeeded: $0) }
                let header: [UInt8] = [0x11, 0, 0, 5, 2, 0]
                try cable.send([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0x64] + header + packet)
                #expect(try server.receive(atMost: .seconds(5)) == packet)
                let answer: [UInt8] = [0x00, 0x21, 0x45, 1, 2, 3]
                try server.send(answer.span)
                #expect(try eventually { try lac.statistics().counters.receivePackets == 1 })
                let (sent, received) = (try lac.statistics().counters, try lns.statistics().counters)
                #expect(sent.transmitBytes > 512)
                #expect(sent.transmitBytes == received.receiveBytes)
                #expect(received.transmitBytes == sent.receiveBytes)
                leftTunnel.close()
                rightTunnel.close()
                #expect(try pair.left.losesAllTunnels())
                // With its namespace it would go some time later, and the next case needs the name.
                try Shell.ip(["link delete sub0"], in: pair.left)
            }
        }
    }
}

/// A PPPoE session without discovery.
final class PPPoESocket {
    private let socket: FileDescriptor

    init(session: UInt16, peer: [UInt8], over interface: String, in namespace: TestNamespace) throws {
        // struct sockaddr_pppox: family, protocol 0, session in network order, the peer's MAC, the interface's name.
        let name = Array(interface.utf8) + [UInt8](repeating: 0, count: 16 - interface.utf8.count)
        let address = [24, 0, 0, 0, 0, 0, UInt8(session >> 8), UInt8(session & 0xff)] + peer + name
        socket = try SystemCalls.inNamespace(namespace.path) {
            let socket = try SystemCalls.openSocket(24, 1, 0)
            if let errno = SystemCalls.connect(socket, to: address) {
                try? socket.close()
                throw errno
            }
            return socket
        }
    }

    deinit {
        try? socket.close()
    }

    /// The number of its PPP channel.
    func channelIndex() throws -> PPPChannelIndex {
        PPPChannelIndex(rawValue: try SystemCalls.pppChannel(of: socket))
    }
}
