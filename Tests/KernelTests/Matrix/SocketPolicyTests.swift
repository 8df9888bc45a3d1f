import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import SystemPackage
import Testing

extension KernelTests {
    /// What the kernel means by IPsec in use (`L2TP_ATTR_USING_IPSEC`): that the tunnel's socket has a policy of
    /// its own, as key daemons give it. Policies of the system do not count (see ``KernelSelftestTests``).
    @Suite(.sitePair)
    struct SocketPolicyTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        @Test(arguments: IPVersion.allCases)
        func isReportedAsIPsec(_ version: IPVersion) throws {
            // Makes the kernel load what understands policies; the socket option alone does not.
            try Shell.require(["ip", "xfrm", "policy"], in: pair.left)
            let (local, peer) = (SitePair.address(.left, version), SitePair.address(.right, version))
            let socket = try SystemCalls.inNamespace(pair.left.path) {
                try SystemCalls.socket(from: .udp(local, port: 10001), to: .udp(peer, port: 10000))
            }
            var isOpen = true
            defer { if isOpen { try? socket.close() } }
            var kernel = try RawL2TP(in: pair.left)
            try kernel.createTunnel(TunnelID(1), over: socket)
            var client = try pair.left.client()
            try client.createSession(.named("pw", 31, in: 1))
            #expect(try client.session(SessionID(31), in: TunnelID(1))?.usesIPsec == false)

            try SystemCalls.allowEverythingByIPsecPolicy(socket, version)
            #expect(try client.session(SessionID(31), in: TunnelID(1))?.usesIPsec == true)
            #expect(try client.sessions().map(\.usesIPsec) == [true])

            // The policy lets everything pass as it is.
            try Shell.ip(["link set pw up"], in: pair.left)
            let cable = try PacketSocket(SitePair.interface, in: pair.right)
            try PacketSocket("pw", in: pair.left).send(TestFrame.bytes(number: 0))
            let packet = try cable.next { $0.source == local ? $0 : nil }
            #expect(packet?.payload.suffix(TestFrame.byteCount) == TestFrame.bytes(number: 0).suffix(60))

            try socket.close()
            isOpen = false
            let isGone = try eventually { try client.tunnels() == [] && pair.left.link("pw") == nil }
            #expect(isGone)
        }
    }
}
