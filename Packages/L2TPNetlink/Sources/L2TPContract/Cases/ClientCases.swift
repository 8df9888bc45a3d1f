internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    private static func udp(_ id: UInt32 = 3000, _ version: IPVersion = .v4) -> TunnelSpecification {
        TunnelSpecification(
            id: TunnelID(id), peerID: TunnelID(4000), local: Contract.address(1, version),
            peer: Contract.address(2, version),
            encapsulation: .udp(UDPParameters(sourcePort: UInt16(2000 + id), destinationPort: 6000)))
    }

    /// What the client makes of the kernel.
    static let clientCases: [ContractCase] = [
        ContractCase("the client reads back what it created, over every encapsulation and family") { kernel in
            for version in IPVersion.allCases {
                for encapsulation in Encapsulation.allCases {
                    var tunnel = udp(3000, version)
                    if encapsulation == .ip { tunnel.encapsulation = .ip }
                    try kernel.client.createTunnel(tunnel)
                    var session = SessionSpecification.example
                    session.cookie = Cookie(0x0102_0304 as UInt32)
                    session.peerCookie = Cookie(0x0807_0605_0403_0201 as UInt64)
                    session.lnsMode = true
                    session.sendsSequenceNumbers = true
                    session.reorderTimeout = .milliseconds(40)
                    try kernel.client.createSession(session)
                    let read = try kernel.client.tunnel(tunnel.id)
                    kernel.expect(read?.encapsulation, tunnel.encapsulation, "encapsulation")
                    kernel.expect([read?.local, read?.peer], [tunnel.local, tunnel.peer], "addresses")
                    let expected = Session(
                        tunnelID: tunnel.id, peerTunnelID: tunnel.peerID, id: session.id, peerID: session.peerID,
                        interfaceName: "l2tpeth0", cookie: session.cookie, peerCookie: session.peerCookie,
                        sendsSequenceNumbers: true, lnsMode: true, reorderTimeout: .milliseconds(40),
                        statistics: Statistics(receiveCookieDiscards: 0, receiveInvalidPackets: 0))
                    kernel.expect(try kernel.client.sessions(), [expected], "sessions")
                    kernel.expect(try kernel.client.session(interface: "l2tpeth0"), expected, "by interface")
                    try kernel.client.deleteTunnel(tunnel.id)
                }
            }
        },
        ContractCase("the client explains why a tunnel cannot be created") { kernel in
            try kernel.client.createTunnel(udp())
            kernel.expect(.exists, .fileExists, "identifier") { (client) throws(L2TPError) in
                try client.createTunnel(udp())
            }
            var tunnel = udp(3001)
            tunnel.local = Contract.address(99)
            kernel.expect(.addressNotLocal, .addressNotAvailable, "local address") { (client) throws(L2TPError) in
                try client.createTunnel(tunnel)
            }
            tunnel = udp(3001)
            tunnel.encapsulation = udp().encapsulation
            kernel.expect(.portTaken, .addressInUse, "port") { (client) throws(L2TPError) in
                try client.createTunnel(tunnel)
            }
            tunnel = udp(3001)
            tunnel.peer = Contract.unreachablePeers[0]
            kernel.expect(.noRoute, .networkUnreachable, "route") { (client) throws(L2TPError) in
                try client.createTunnel(tunnel)
            }
            tunnel = udp(3001)
            tunnel.protocolVersion = .v2
            kernel.expect(.invalid, nil, "version") { (client) throws(L2TPError) in try client.createTunnel(tunnel) }
            kernel.expect(try kernel.client.tunnels().map(\.id.rawValue), [3000], "tunnels")
        },
        ContractCase("the client explains why a session cannot be created") { kernel in
            try kernel.client.createTunnel(udp())
            try kernel.client.createSession(.example)
            kernel.expect(.exists, .fileExists, "identifier") { (client) throws(L2TPError) in
                try client.createSession(.example)
            }
            var session = SessionSpecification.example
            session.id = SessionID(1001)
            session.interfaceName = try InterfaceName("l2tpeth0")
            kernel.expect(.exists, .fileExists, "interface name") { [session] (client) throws(L2TPError) in
                try client.createSession(session)
            }
            session.interfaceName = nil
            session.pseudowireType = .ip
            kernel.expect(.invalid, nil, "pseudowire type") { [session] (client) throws(L2TPError) in
                try client.createSession(session)
            }
            kernel.expect(try kernel.client.sessions().map(\.id.rawValue), [1000], "sessions")
        },
        ContractCase("the client creates PPP sessions in tunnels of both versions") { kernel in
            for (id, version) in [(1, 2), (2, 3)] as [(UInt32, UInt8)] {
                try kernel.createTunnel(id, port: UInt16(5000 + id), version: version)
                var session = SessionSpecification.example
                session.tunnelID = TunnelID(id)
                session.pseudowireType = .ppp
                session.sendsSequenceNumbers = true
                try kernel.client.createSession(session)
                let read = try kernel.client.session(session.id, in: session.tunnelID)
                kernel.expect(read?.pseudowireType, .ppp, "type in a tunnel of version \(version)")
                kernel.expect(read?.sendsSequenceNumbers, true, "sequence numbers")
            }
        },
        ContractCase("the client refuses what a tunnel of version 2 cannot carry") { kernel in
            try kernel.createTunnel(version: 2)
            kernel.expect(.notSupported, .protocolNotSupported, "Ethernet") { (client) throws(L2TPError) in
                try client.createSession(.example)
            }
            var session = SessionSpecification.example
            session.pseudowireType = .ppp
            for spoil in [
                { $0.id = SessionID(65536) }, { $0.peerID = SessionID(65536) }, { $0.cookie = Cookie(1 as UInt32) },
                { $0.peerCookie = Cookie(1 as UInt64) },
            ] as [(inout SessionSpecification) -> Void] {
                var spoiled = session
                spoil(&spoiled)
                kernel.expect(.invalid, nil, "\(spoiled)") { [spoiled] (client) throws(L2TPError) in
                    try client.createSession(spoiled)
                }
            }
            kernel.expect(try kernel.client.sessions().count, 0, "sessions")
        },
        ContractCase("the client finds nothing where nothing is") { kernel in
            kernel.expect(try kernel.client.tunnel(TunnelID(3000)), nil, "tunnel")
            kernel.expect(try kernel.client.session(SessionID(1000), in: TunnelID(3000)), nil, "session")
            kernel.expect(try kernel.client.session(interface: "eth0"), nil, "interface")
            kernel.expect(try kernel.client.sessions(in: TunnelID(3000)), [], "sessions of a tunnel")
            kernel.expect(.notFound, .operationNotSupportedByDevice, "deleting a tunnel") {
                (client) throws(L2TPError) in
                try client.deleteTunnel(TunnelID(3000))
            }
            kernel.expect(.notFound, .operationNotSupportedByDevice, "deleting a session") {
                (client) throws(L2TPError) in
                try client.deleteSession(SessionID(1000), in: TunnelID(3000))
            }
            for name in ["eth0", "nothing", "", "a name of more than 15 bytes"] {
                kernel.expect(.notFound, .operationNotSupportedByDevice, "deleting \"\(name)\"") {
                    (client) throws(L2TPError) in
                    try client.deleteSession(interface: name)
                }
            }
        },
    ]
}
