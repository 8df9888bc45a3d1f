import CLibmnl
import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// What the fake creates, against what Linux was measured to create where the client would not ask for it.
@Suite struct FakeKernelCreationTests {
    @Test func requiredAttributesOfATunnel() throws {
        for type in [9, 10, 7, 2, 24, 25] {
            let attributes = RawKernel.replacing(type, nil, in: Attributes.tunnel)
            #expect(
                try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, attributes, FakeKernel()) == .invalidArgument, "\(type)")
        }
        for type in [26, 27] {
            let attributes = RawKernel.replacing(type, nil, in: Attributes.tunnel)
            #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, attributes, FakeKernel()) == nil, "\(type)")
        }
        let encapsulation = RawKernel.replacing(L2TP_ATTR_ENCAP_TYPE, [2, 0], in: Attributes.tunnel)
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, encapsulation, FakeKernel()) == .invalidArgument)
    }

    @Test func lengthsOfAttributes() throws {
        let cases: [(Int, [UInt8], Errno?)] = [
            (L2TP_ATTR_CONN_ID, [1], .outOfRange), (L2TP_ATTR_CONN_ID, [1, 0, 0, 0, 9, 9, 9, 9], nil),
            (L2TP_ATTR_PROTO_VERSION, [], .outOfRange), (L2TP_ATTR_PROTO_VERSION, [3, 0], nil),
            (L2TP_ATTR_UDP_SPORT, [1], .outOfRange), (L2TP_ATTR_IP_SADDR, [192, 0, 2], .outOfRange),
            (L2TP_ATTR_IP6_SADDR, [UInt8](repeating: 0, count: 17), .outOfRange),
            (L2TP_ATTR_UDP_ZERO_CSUM6_TX, [1], nil), (L2TP_ATTR_IFNAME, Array("lan".utf8), .invalidArgument),
            (200, [1, 2, 3], nil),
        ]
        for (type, value, expected) in cases {
            let attributes = RawKernel.replacing(type, value, in: Attributes.tunnel)
            #expect(
                try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, attributes, FakeKernel()) == expected, "\(type) \(value)")
        }
    }

    @Test func whatTheKernelTakesWithoutComplaint() throws {
        let kernel = FakeKernel()
        let odd = RawKernel.replacing(L2TP_ATTR_CONN_ID, hostBytes(0 as UInt32), in: Attributes.tunnel)
        #expect(
            try RawKernel.errno(
                L2TP_CMD_TUNNEL_CREATE, RawKernel.replacing(L2TP_ATTR_PROTO_VERSION, [4], in: odd), kernel) == nil)
        #expect(kernel.tunnels.first?.protocolVersion.rawValue == 4)
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, odd, kernel) == .fileExists)
        var open = RawKernel.replacing(
            L2TP_ATTR_UDP_DPORT, nil, in: RawKernel.replacing(L2TP_ATTR_UDP_SPORT, nil, in: Attributes.tunnel))
        open.append((L2TP_ATTR_UDP_CSUM, [0]))
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, open, kernel) == nil)
        let tunnel = try #require(kernel.tunnels.last)
        // An ephemeral port, no peer, and checksums on.
        #expect(tunnel.encapsulation.udp?.sourcePort ?? 0 >= 32768)
        #expect(tunnel.peer == .any(.v4))
        #expect(tunnel.encapsulation.udp?.ipv4Checksum == true)
        let self0 = RawKernel.replacing(
            L2TP_ATTR_IP_DADDR, [0, 0, 0, 0],
            in: RawKernel.replacing(L2TP_ATTR_UDP_SPORT, [1, 0], in: Attributes.tunnel))
        #expect(
            try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, RawKernel.replacing(9, [7, 0, 0, 0], in: self0), kernel) == nil)
        #expect(kernel.tunnels.first { $0.id == TunnelID(7) }?.peer == address("192.0.2.1"))
        let any = RawKernel.replacing(
            L2TP_ATTR_IP_SADDR, [0, 0, 0, 0], in: RawKernel.replacing(L2TP_ATTR_UDP_SPORT, [2, 0], in: self0))
        #expect(
            try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, RawKernel.replacing(9, [8, 0, 0, 0], in: any), kernel) == nil)
        #expect(kernel.tunnels.first { $0.id == TunnelID(8) }?.peer == address("127.0.0.1"))
    }

    @Test func encapsulationIPIsStricter() throws {
        let ip = RawKernel.replacing(L2TP_ATTR_ENCAP_TYPE, [1, 0], in: Attributes.tunnel)
        let multicast = RawKernel.replacing(L2TP_ATTR_IP_DADDR, [224, 0, 0, 5], in: ip)
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, multicast, FakeKernel()) == .invalidArgument)
        let mapped: [UInt8] = [UInt8](repeating: 0, count: 10) + [255, 255, 192, 0, 2, 1]
        let disguised = ip + [(L2TP_ATTR_IP6_SADDR, mapped), (L2TP_ATTR_IP6_DADDR, mapped)]
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, disguised, FakeKernel()) == .addressNotAvailable)
        // A pair of which one half is missing does not count; the kernel pads what is short.
        let half = ip + [(L2TP_ATTR_IP6_SADDR, [])]
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, half, FakeKernel()) == nil)
        let wildcard = ip + [(L2TP_ATTR_IP6_SADDR, []), (L2TP_ATTR_IP6_DADDR, [])]
        let kernel = FakeKernel()
        #expect(try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, wildcard, kernel) == nil)
        #expect(kernel.tunnels.first?.peer == address("::1"))
    }

    @Test func managedTunnels() throws {
        let kernel = FakeKernel()
        let udp = kernel.openSocket(
            OpenSocket(.udp, local: address("192.0.2.1"), peer: address("192.0.2.7"), localPort: 9, peerPort: 10))
        let raw = kernel.openSocket(OpenSocket(nil, local: .any(.v4), peer: .any(.v4)))
        let ip = kernel.openSocket(OpenSocket(.ip, local: address("192.0.2.1"), peer: address("192.0.2.7")))
        func create(_ id: UInt32, _ descriptor: UInt32, encapsulation: UInt8 = 0) throws -> Errno? {
            let attributes: Attributes = [
                (L2TP_ATTR_CONN_ID, hostBytes(id)), (L2TP_ATTR_PEER_CONN_ID, hostBytes(id)),
                (L2TP_ATTR_PROTO_VERSION, [3]), (L2TP_ATTR_ENCAP_TYPE, [encapsulation, 0]),
                (L2TP_ATTR_FD, hostBytes(descriptor)),
            ]
            return try RawKernel.errno(L2TP_CMD_TUNNEL_CREATE, attributes, kernel)
        }
        #expect(try create(1, 99) == .badFileDescriptor)
        #expect(try create(1, raw) == .protocolNotSupported)
        #expect(try create(1, ip) == .protocolNotSupported)
        #expect(try create(1, udp) == nil)
        #expect(try create(2, udp) == .resourceBusy)
        #expect(try create(3, ip, encapsulation: 1) == nil)
        // -1 is taken for a socket of the kernel's own without addresses.
        #expect(try create(4, .max) == nil)
        let tunnels = kernel.tunnels
        #expect(tunnels.map(\.peer) == [address("192.0.2.7"), address("192.0.2.7"), .any(.v4)])
        #expect(tunnels[0].encapsulation.udp?.sourcePort == 9)
        #expect(tunnels[1].encapsulation == .ip)
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet(1, in: 1))
        kernel.closeSocket(udp)
        #expect(kernel.tunnels.map(\.id.rawValue) == [3, 4])
        #expect(kernel.sessions.isEmpty && kernel.links.count == 2)
    }

    @Test(arguments: FakeKernel.Release.allCases)
    func requiredAttributesOfASession(release: FakeKernel.Release) throws {
        let kernel = try RawKernel.withTunnel(release)
        for type in [9, 11, 12, 1] {
            let attributes = RawKernel.replacing(type, nil, in: Attributes.session)
            #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, attributes, kernel) == .invalidArgument, "\(type)")
        }
        let elsewhere = RawKernel.replacing(L2TP_ATTR_CONN_ID, hostBytes(1 as UInt32), in: Attributes.session)
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, elsewhere, kernel) == .operationNotSupportedByDevice)
    }

    @Test func valuesOfASession() throws {
        let cases: [(Int, [UInt8], Errno?)] = [
            (L2TP_ATTR_PW_TYPE, [12, 0], .invalidArgument), (L2TP_ATTR_PW_TYPE, [4, 0], .protocolNotSupported),
            (L2TP_ATTR_PW_TYPE, [0, 0], .protocolNotSupported), (L2TP_ATTR_PW_TYPE, [11, 0], .protocolNotSupported),
            (L2TP_ATTR_PW_TYPE, [7, 0], nil),
            (L2TP_ATTR_L2SPEC_TYPE, [2], .invalidArgument), (L2TP_ATTR_L2SPEC_TYPE, [0], nil),
            (L2TP_ATTR_COOKIE, [UInt8](repeating: 1, count: 9), .outOfRange), (L2TP_ATTR_COOKIE, [1, 2, 3], nil),
            (L2TP_ATTR_PEER_COOKIE, [], nil), (L2TP_ATTR_IFNAME, Array("a/b\0".utf8), .invalidArgument),
            (L2TP_ATTR_IFNAME, [0], .invalidArgument), (L2TP_ATTR_IFNAME, Array("eth0\0".utf8), .fileExists),
            (L2TP_ATTR_IFNAME, Array("1234567890123456\0".utf8), .invalidArgument),
            (L2TP_ATTR_RECV_TIMEOUT, [1, 2, 3, 4], .outOfRange),
        ]
        for (type, value, expected) in cases {
            let kernel = try RawKernel.withTunnel()
            let attributes = RawKernel.replacing(type, value, in: Attributes.session)
            #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, attributes, kernel) == expected, "\(type) \(value)")
            #expect(kernel.sessions.count == (expected == nil ? 1 : 0))
        }
    }

    @Test func settingsAreBits() throws {
        let kernel = try RawKernel.withTunnel()
        let settings: Attributes = [(L2TP_ATTR_RECV_SEQ, [2]), (L2TP_ATTR_SEND_SEQ, [3]), (L2TP_ATTR_LNS_MODE, [1])]
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, Attributes.session + settings, kernel) == nil)
        let session = try #require(kernel.sessions.first)
        #expect(!session.requiresSequenceNumbers && session.sendsSequenceNumbers && session.lnsMode)
    }

    @Test(arguments: FakeKernel.Release.allCases)
    func theSameIdentifierTwice(release: FakeKernel.Release) throws {
        let kernel = try RawKernel.withTunnel(release)
        #expect(try RawKernel.errno(L2TP_CMD_SESSION_CREATE, Attributes.session, kernel) == nil)
        let again = try RawKernel.errno(L2TP_CMD_SESSION_CREATE, Attributes.session, kernel)
        #expect(again == (release == .linux6_12 ? nil : .fileExists))
    }

    @Test func tunnelsOfVersion2KeepTheirIdentifiersApart() throws {
        let kernel = FakeKernel()
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.createRawTunnel(1, version: 2)
        try exchange.createRawTunnel(2, version: 2, port: 5001)
        try exchange.createRawSession(7, in: 1, type: 7)
        try exchange.createRawSession(7, in: 2, type: 7)
        #expect(
            failure { () throws(NetlinkError) in try exchange.createRawSession(7, in: 1, type: 7) }?.errno
                == .fileExists)
        #expect(
            failure { () throws(NetlinkError) in try exchange.createRawSession(8, in: 1) }?.errno
                == .protocolNotSupported)
        #expect(kernel.sessions.map(\.interfaceName) == [nil, nil])
        kernel.behavior.missingModules = ["l2tp_ppp"]
        #expect(
            failure { () throws(NetlinkError) in try exchange.createRawSession(9, in: 1, type: 7) }?.errno
                == .protocolNotSupported)
    }

    /// The table of MTUs measured over a path of 1500 bytes.
    @Test(
        arguments: [
            (.udp(), [1446, 1442, 1438, 1450, 1446, 1442]), (.ip(), [1458, 1454, 1450, 1462, 1458, 1454]),
            (.udp(local: "2001:db8::1", peer: "2001:db8::2"), [1426, 1422, 1418, 1430, 1426, 1422]),
            (.ip(local: "2001:db8::1", peer: "2001:db8::2"), [1438, 1434, 1430, 1442, 1438, 1434]),
        ] as [(TunnelSpecification, [UInt32])])
    func mtus(tunnel: TunnelSpecification, mtus: [UInt32]) throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(tunnel)
        var id: UInt32 = 0
        for sublayer in [L2SpecificSublayer.default, .none] {
            for cookie in [nil, Cookie(1 as UInt32), Cookie(1 as UInt64)] {
                id += 1
                var session = SessionSpecification.ethernet(id)
                session.l2SpecificSublayer = sublayer
                session.cookie = cookie
                try client.createSession(session)
            }
        }
        #expect(kernel.links.dropFirst(2).map(\.mtu) == mtus)
        #expect(kernel.links.dropFirst(2).allSatisfy { !$0.isUp })
    }
}
