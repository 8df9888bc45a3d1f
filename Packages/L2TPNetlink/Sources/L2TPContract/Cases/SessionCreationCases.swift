internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    /// SESSION_CREATE: what is needed, and what is refused.
    static let sessionCreationCases: [ContractCase] = [
        ContractCase("a session needs its identifiers and pseudowire type") { kernel in
            try kernel.createTunnel()
            for type in [NetlinkAttributeType.tunnelID, .sessionID, .peerSessionID, .pseudowireType] {
                let outcome = try kernel.send(.sessionCreate, [RawAttribute].session.replacing(type, nil))
                kernel.expect(outcome, isRefusedWith: .invalidArgument, "without attribute \(type.rawValue)")
            }
        },
        ContractCase("a session in an unknown tunnel is refused with ENODEV") { kernel in
            kernel.expect(
                try kernel.send(.sessionCreate, .session), isRefusedWith: .operationNotSupportedByDevice, "creating")
            kernel.expect(.notFound, .operationNotSupportedByDevice, "client") { (client) throws(L2TPError) in
                try client.createSession(.example)
            }
        },
        ContractCase("pseudowire types without a driver: EPROTONOSUPPORT, and EINVAL from 12 on") { kernel in
            try kernel.createTunnel()
            for type: UInt16 in [0, 1, 2, 3, 4, 6, 8, 9, 10, 11, 12, 13, 255, 65535] {
                let outcome = try kernel.send(
                    .sessionCreate, [RawAttribute].session.replacing(.pseudowireType, number: type))
                kernel.expect(
                    outcome, isRefusedWith: type < 12 ? .protocolNotSupported : .invalidArgument, "type \(type)")
            }
            kernel.expect(try kernel.client.sessions().count, 0, "sessions")
        },
        ContractCase("a sublayer other than none and default is refused with EINVAL") { kernel in
            try kernel.createTunnel()
            for (number, errno) in [(0, nil), (1, nil), (2, Errno.invalidArgument), (255, .invalidArgument)]
                as [(UInt8, Errno?)]
            {
                let attributes = [RawAttribute].session.replacing(.sessionID, number: UInt32(number) + 1)
                let outcome = try kernel.send(
                    .sessionCreate, attributes + [RawAttribute(.l2SpecificSublayerType, [number])])
                kernel.expect(outcome, isRefusedWith: errno, "sublayer \(number)")
            }
        },
        ContractCase("cookies of 0 to 8 bytes are taken as they are, 9 refused with ERANGE") { kernel in
            try kernel.createTunnel()
            for count in 0...9 {
                let bytes = (0..<count).map { UInt8($0 + 1) }
                let attributes = [RawAttribute].session.replacing(.sessionID, number: UInt32(count) + 1)
                let outcome = try kernel.send(
                    .sessionCreate,
                    attributes + [RawAttribute(.cookie, bytes), RawAttribute(.peerCookie, bytes.reversed())])
                kernel.expect(outcome, isRefusedWith: count > 8 ? .outOfRange : nil, "\(count) bytes")
                guard count <= 8 else { continue }
                let reply = try kernel.session(UInt32(count) + 1, in: 3000).replies.first?.attributes ?? []
                kernel.expect(reply.value(of: .cookie), count == 0 ? nil : bytes, "cookie of \(count) bytes")
                kernel.expect(
                    reply.value(of: .peerCookie), count == 0 ? nil : bytes.reversed(), "peer cookie of \(count) bytes")
            }
        },
        ContractCase("session identifiers of 0 are accepted") { kernel in
            try kernel.createTunnel()
            let attributes = [RawAttribute].session.replacing(.sessionID, number: 0 as UInt32)
                .replacing(.peerSessionID, number: 0 as UInt32)
            kernel.expect(try kernel.send(.sessionCreate, attributes), isRefusedWith: nil, "creating")
            kernel.expect(try kernel.session(0, in: 3000), isRefusedWith: nil, "reading")
        },
        ContractCase("the kernel names interfaces l2tpeth0, l2tpeth1, and fills in patterns") { kernel in
            try kernel.createTunnel()
            for (id, name, expected) in [
                (1, nil, "l2tpeth0"), (2, nil, "l2tpeth1"), (3, "pw%d", "pw0"), (4, "pw%d", "pw1"), (5, "a%db", "a0b"),
                (6, "l2tpeth%d", "l2tpeth2"), (7, "fifteen-bytes-x", "fifteen-bytes-x"),
            ] as [(UInt32, String?, String)] {
                let attributes = [RawAttribute].session.replacing(.sessionID, number: id)
                let interface = name.map { [RawAttribute(.interfaceName, text: $0)] } ?? []
                kernel.expect(try kernel.send(.sessionCreate, attributes + interface), isRefusedWith: nil, expected)
                let reply = try kernel.session(id, in: 3000).replies.first?.attributes ?? []
                kernel.expect(reply.value(of: .interfaceName), Array(expected.utf8) + [0], "name of \(id)")
                kernel.expect(try kernel.host.hasLink(named: expected), true, "link \(expected)")
            }
        },
        ContractCase("names that no interface can have are refused with EINVAL") { kernel in
            try kernel.createTunnel()
            for name in ["", "a/b", "a b", "a:b", ".", "..", "16-bytes-is-more", "a%s", "%d%d"] {
                let outcome = try kernel.send(.sessionCreate, .session + [RawAttribute(.interfaceName, text: name)])
                kernel.expect(outcome, isRefusedWith: .invalidArgument, "\"\(name)\"")
                // What was begun is taken back in the background.
                try kernel.expectEventually("nothing is left of \"\(name)\"") { kernel in
                    try kernel.client.sessions().isEmpty
                }
            }
        },
        ContractCase("an interface name in use is refused with EEXIST, and another works") { kernel in
            try kernel.createTunnel()
            try kernel.host.addLink(named: "taken")
            for name in ["taken", "eth0", "lo"] {
                let outcome = try kernel.send(.sessionCreate, .session + [RawAttribute(.interfaceName, text: name)])
                kernel.expect(outcome, isRefusedWith: .fileExists, name)
                try kernel.expectEventually("nothing is left") { kernel in try kernel.client.sessions().isEmpty }
            }
            kernel.expect(
                try kernel.send(.sessionCreate, .session + [RawAttribute(.interfaceName, text: "free")]),
                isRefusedWith: nil, "another name")
            try kernel.host.removeLink("taken")
        },
        ContractCase("an identifier twice in one UDP tunnel: EEXIST until Linux 6.10, then two sessions") { kernel in
            try kernel.createTunnel()
            kernel.expect(
                try kernel.send(.sessionCreate, .session + [RawAttribute(.interfaceName, text: "old")]),
                isRefusedWith: nil, "first")
            let second = try kernel.send(.sessionCreate, .session + [RawAttribute(.interfaceName, text: "new")])
            kernel.expect(second, isRefusedWith: kernel.hasNamespaceWideSessions ? nil : .fileExists, "second")
            guard kernel.hasNamespaceWideSessions else { return }
            // Only the newer one shows, until it goes.
            kernel.expect(try kernel.client.sessions().map(\.interfaceName), ["new"], "sessions")
            try kernel.client.deleteSession(SessionID(1000), in: TunnelID(3000))
            kernel.expect(try kernel.client.sessions().map(\.interfaceName), ["old"], "sessions afterwards")
        },
        ContractCase("an identifier in two UDP tunnels is accepted, EEXIST where one of them is over IP") { kernel in
            try kernel.createTunnel(1, port: 5001)
            try kernel.createTunnel(2, port: 5002)
            try kernel.createIPTunnel(3)
            try kernel.createIPTunnel(4)
            for (tunnelID, id, errno) in [
                (1, 50, nil), (2, 50, nil), (3, 50, Errno.fileExists), (3, 60, nil), (4, 60, .fileExists),
                (1, 60, .fileExists),
            ] as [(UInt32, UInt32, Errno?)] {
                let attributes = [RawAttribute].session.replacing(.tunnelID, number: tunnelID)
                    .replacing(.sessionID, number: id)
                let outcome = try kernel.send(.sessionCreate, attributes)
                kernel.expect(outcome, isRefusedWith: errno, "session \(id) in tunnel \(tunnelID)")
            }
            kernel.expect(
                try kernel.client.sessions().map { [$0.tunnelID.rawValue, $0.id.rawValue] },
                [[1, 50], [2, 50], [3, 60]],
                "sessions")
        },
        ContractCase("a tunnel of version 2 carries PPP only, its identifiers are its own, and cookies are ignored") {
            kernel in
            try kernel.createTunnel(1, port: 5001, version: 2)
            try kernel.createTunnel(2, port: 5002, version: 2)
            try kernel.createTunnel(3, port: 5003)
            let ethernet = [RawAttribute].session.replacing(.tunnelID, number: 1 as UInt32)
            kernel.expect(try kernel.send(.sessionCreate, ethernet), isRefusedWith: .protocolNotSupported, "Ethernet")
            let ppp = ethernet.replacing(.pseudowireType, number: 7 as UInt16)
            let ignored = [
                RawAttribute(.cookie, [1, 2, 3, 4]), RawAttribute(.peerCookie, [1, 2, 3, 4]),
                RawAttribute(.l2SpecificSublayerType, [9]), RawAttribute(.interfaceName, text: "pw"),
            ]
            kernel.expect(try kernel.send(.sessionCreate, ppp + ignored), isRefusedWith: nil, "PPP")
            let reply = try kernel.session(1000, in: 1).replies.first?.attributes ?? []
            kernel.expect(reply.value(of: .cookie), nil, "cookie")
            kernel.expect(reply.value(of: .peerCookie), nil, "peer cookie")
            kernel.expect(reply.value(of: .interfaceName), nil, "interface")
            kernel.expect(reply.value(of: .pseudowireType), [7, 0], "pseudowire type")
            kernel.expect(try kernel.host.hasLink(named: "pw"), false, "link")
            // The same identifier in the same tunnel, in another one, and in one of version 3.
            kernel.expect(try kernel.send(.sessionCreate, ppp), isRefusedWith: .fileExists, "again")
            for id: UInt32 in [2, 3] {
                let outcome = try kernel.send(.sessionCreate, ppp.replacing(.tunnelID, number: id))
                kernel.expect(outcome, isRefusedWith: nil, "in tunnel \(id)")
            }
            kernel.expect(
                try kernel.client.sessions().map(\.tunnelID.rawValue), [1, 2, 3], "tunnels of the sessions")
        },
        ContractCase("an identifier of more than 16 bits is accepted in a tunnel of version 2") { kernel in
            try kernel.createTunnel(version: 2)
            let ppp = [RawAttribute].session.replacing(.pseudowireType, number: 7 as UInt16)
                .replacing(.sessionID, number: 65537 as UInt32)
            kernel.expect(try kernel.send(.sessionCreate, ppp), isRefusedWith: nil, "creating")
        },
        ContractCase("a PPP session in a tunnel of version 3 has cookies and no interface") { kernel in
            try kernel.createTunnel()
            let ppp = [RawAttribute].session.replacing(.pseudowireType, number: 7 as UInt16)
            kernel.expect(
                try kernel.send(.sessionCreate, ppp + [RawAttribute(.cookie, [1, 2, 3, 4])]), isRefusedWith: nil, "PPP")
            let session = try kernel.client.session(SessionID(1000), in: TunnelID(3000))
            kernel.expect(session?.pseudowireType, .ppp, "type")
            kernel.expect(session?.cookie, Cookie(0x0102_0304 as UInt32), "cookie")
            kernel.expect(session?.interfaceName, nil, "interface")
        },
    ]
}

extension SessionSpecification {
    /// Session 1000 in tunnel 3000, carrying Ethernet.
    static let example = Self(tunnelID: TunnelID(3000), id: SessionID(1000), peerID: SessionID(2000))
}
