import Glibc
import L2TPModel
import L2TPNetlink
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
                try SystemCalls.udpSocket(from: local, port: 10001, to: peer, port: 10000)
            }
            var isOpen = true
            defer { if isOpen { try? socket.close() } }
            var kernel = try RawCommands(in: pair.left)
            try kernel.send(
                .tunnelCreate,
                [
                    RawAttribute(9, UInt32(1)), RawAttribute(10, UInt32(1)), RawAttribute(7, UInt8(3)),
                    RawAttribute(2, UInt16(0)), RawAttribute(23, UInt32(socket.rawValue)),
                ])
            var client = try pair.left.client()
            try client.createSession(.named("pw", 31, in: 1))
            #expect(try client.session(SessionID(31), in: TunnelID(1))?.usesIPsec == false)

            try setPolicy(of: socket, version)
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
            let isGone = try inTheEnd { try client.tunnels() == [] && pair.left.link("pw") == nil }
            #expect(isGone)
        }

        /// Gives the socket a policy for sending that asks for nothing: `struct xfrm_userpolicy_info` with the
        /// selector's family, the direction «out» and the action «allow»; everything else is zero.
        private func setPolicy(of socket: FileDescriptor, _ version: IPVersion) throws {
            var policy = [UInt8](repeating: 0, count: 168)
            let family = UInt16(version == .v4 ? AF_INET : AF_INET6)
            policy.replaceSubrange(40..<42, with: RawAttribute(0, family).value)
            let out: UInt8 = 1  // XFRM_POLICY_OUT
            policy[160] = out
            let (ipPolicy, ipv6Policy): (CInt, CInt) = (17, 35)  // IP_XFRM_POLICY, IPV6_XFRM_POLICY
            let level = CInt(version == .v4 ? IPPROTO_IP : IPPROTO_IPV6)
            try SystemCalls.setOption(
                version == .v4 ? ipPolicy : ipv6Policy, level: level, of: socket, to: policy)
        }
    }
}
