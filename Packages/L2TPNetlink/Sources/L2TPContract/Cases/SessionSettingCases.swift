internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    /// What a session reports, and SESSION_MODIFY.
    static let sessionSettingCases: [ContractCase] = [
        ContractCase("a session is reported attribute by attribute") { kernel in
            try kernel.createTunnel()
            kernel.expect(try kernel.send(.sessionCreate, .session), isRefusedWith: nil, "creating")
            kernel.expect(
                try kernel.session(1000, in: 3000),
                single(head + [RawAttribute(.interfaceName, text: "l2tpeth0")] + bits(0, 0, 0) + [.zeroStatistics]),
                "GET")
        },
        ContractCase("a session with everything is reported in the kernel's order") { kernel in
            try kernel.createTunnel()
            let settings = [
                RawAttribute(.interfaceName, text: "pw"), RawAttribute(.cookie, [1, 2, 3, 4]),
                RawAttribute(.peerCookie, [8, 7, 6, 5, 4, 3, 2, 1]), RawAttribute(.receiveSequence, [1]),
                RawAttribute(.sendSequence, [1]), RawAttribute(.lnsMode, [1]),
                RawAttribute(.receiveTimeout, number: 100 as UInt64),
            ]
            kernel.expect(try kernel.send(.sessionCreate, .session + settings), isRefusedWith: nil, "creating")
            let expected = single(head + settings + [.zeroStatistics])
            kernel.expect(try kernel.session(1000, in: 3000), expected, "GET by identifiers")
            kernel.expect(try kernel.send(.sessionGet, .interface("pw")), expected, "GET by interface")
            var dumped = expected
            dumped.replies[0].flags = .multipart
            kernel.expect(try kernel.send(.sessionGet, dump: true), dumped, "dump")
        },
        ContractCase("only the lowest bit of a setting counts") { kernel in
            try kernel.createTunnel()
            for (id, value) in [(1, 0), (2, 1), (3, 2), (4, 3), (5, 255)] as [(UInt32, UInt8)] {
                let settings = [NetlinkAttributeType.receiveSequence, .sendSequence, .lnsMode].map {
                    RawAttribute($0, [value])
                }
                let attributes = [RawAttribute].session.replacing(.sessionID, number: id)
                kernel.expect(try kernel.send(.sessionCreate, attributes + settings), isRefusedWith: nil, "creating")
                let reply = try kernel.session(id, in: 3000).replies.first?.attributes ?? []
                for setting in settings {
                    kernel.expect(reply.value(of: setting.type), [value & 1], "attribute \(setting.type.rawValue)")
                }
            }
        },
        ContractCase("the reorder timeout is rounded up to clock ticks, and not reported where it is 0") { kernel in
            try kernel.createTunnel()
            for (id, milliseconds, expected) in [
                (1, 0, nil), (2, 1, 4), (3, 4, 4), (4, 7, 8), (5, 250, 252), (6, 1000, 1000),
            ] as [(UInt32, UInt64, UInt64?)] {
                let attributes =
                    [RawAttribute].session.replacing(.sessionID, number: id)
                    + [RawAttribute(.receiveTimeout, number: milliseconds)]
                kernel.expect(try kernel.send(.sessionCreate, attributes), isRefusedWith: nil, "creating")
                let reply = try kernel.session(id, in: 3000).replies.first?.attributes ?? []
                kernel.expect(
                    reply.value(of: .receiveTimeout),
                    expected.map { RawAttribute(.receiveTimeout, number: $0).value }, "\(milliseconds) ms")
                let session = try kernel.client.session(SessionID(id), in: TunnelID(3000))
                kernel.expect(
                    session?.reorderTimeout, .milliseconds(Int64(expected ?? 0)), "client, \(milliseconds) ms")
            }
        },
        ContractCase("a reorder timeout is cut to 32 bits") { kernel in
            try kernel.createTunnel()
            let attributes =
                [RawAttribute].session
                + [RawAttribute(.receiveTimeout, number: 0x1_0000_0064 as UInt64)]
            kernel.expect(try kernel.send(.sessionCreate, attributes), isRefusedWith: nil, "creating")
            let session = try kernel.client.session(SessionID(1000), in: TunnelID(3000))
            kernel.expect(session?.reorderTimeout, .milliseconds(100), "timeout")
        },
        ContractCase("SESSION_MODIFY changes sequence numbers, LNS mode and timeout, and nothing else") { kernel in
            try kernel.createTunnel()
            kernel.expect(
                try kernel.send(.sessionCreate, .session + [RawAttribute(.cookie, [1, 2, 3, 4])]), isRefusedWith: nil,
                "creating")
            let before = try kernel.session(1000, in: 3000)
            let others = [
                RawAttribute(.cookie, [9, 9, 9, 9]), RawAttribute(.peerCookie, [9, 9, 9, 9]),
                RawAttribute(.peerSessionID, number: 9 as UInt32), RawAttribute(.pseudowireType, number: 7 as UInt16),
                RawAttribute(.l2SpecificSublayerType, [0]), RawAttribute(.debug, number: 15 as UInt32),
                RawAttribute(.mtu, number: 900 as UInt16),
            ]
            kernel.expect(
                try kernel.send(.sessionModify, .session(1000, in: 3000) + others), RawOutcome(), "other attributes")
            kernel.expect(try kernel.session(1000, in: 3000), before, "afterwards")
            let settings = bits(1, 1, 1) + [RawAttribute(.receiveTimeout, number: 8 as UInt64)]
            kernel.expect(
                try kernel.send(.sessionModify, .session(1000, in: 3000) + settings), RawOutcome(), "settings")
            let reply = try kernel.session(1000, in: 3000).replies.first?.attributes ?? []
            kernel.expect(Array(reply.suffix(5).dropLast()), settings, "settings afterwards")
            // By interface, and back.
            kernel.expect(
                try kernel.send(
                    .sessionModify,
                    .interface("l2tpeth0") + bits(0, 0, 0) + [RawAttribute(.receiveTimeout, number: 0 as UInt64)]),
                RawOutcome(), "by interface")
            kernel.expect(try kernel.session(1000, in: 3000), before, "back again")
        },
        ContractCase("USING_IPSEC is reported where the tunnel's socket has an IPsec policy of its own") { kernel in
            let descriptor = try kernel.host.openFile(.udpWithIPsecPolicy(port: 5000))
            kernel.expect(try kernel.send(.tunnelCreate, .managedTunnel(descriptor)), isRefusedWith: nil, "tunnel")
            kernel.expect(try kernel.send(.sessionCreate, .session), isRefusedWith: nil, "session")
            let reply = try kernel.session(1000, in: 3000).replies.first?.attributes ?? []
            kernel.expect(
                Array(reply.suffix(3)),
                [RawAttribute(.lnsMode, [0]), RawAttribute(.usingIPsec, [1]), .zeroStatistics], "reply")
            kernel.expect(
                try kernel.client.session(SessionID(1000), in: TunnelID(3000))?.usesIPsec, true, "client")
            try kernel.host.closeFile(descriptor)
        },
        ContractCase("the peer's tunnel identifier in a request for a session is ignored") { kernel in
            try kernel.createTunnel()
            let attributes = [RawAttribute].session + [RawAttribute(.peerTunnelID, number: 9 as UInt32)]
            kernel.expect(try kernel.send(.sessionCreate, attributes), isRefusedWith: nil, "creating")
            let session = try kernel.client.session(SessionID(1000), in: TunnelID(3000))
            kernel.expect(session?.peerTunnelID, TunnelID(4000), "peer tunnel")
        },
    ]

    private static func single(_ attributes: [RawAttribute]) -> RawOutcome {
        RawOutcome(replies: [RawOutcome.Reply(command: 8, flags: [], attributes: attributes)])
    }

    private static let head = [
        RawAttribute(.tunnelID, number: 3000 as UInt32), RawAttribute(.sessionID, number: 1000 as UInt32),
        RawAttribute(.peerTunnelID, number: 4000 as UInt32), RawAttribute(.peerSessionID, number: 2000 as UInt32),
        RawAttribute(.debug, [0, 0, 0, 0]), RawAttribute(.pseudowireType, [5, 0]),
    ]

    private static func bits(_ receive: UInt8, _ send: UInt8, _ lns: UInt8) -> [RawAttribute] {
        [
            RawAttribute(.receiveSequence, [receive]), RawAttribute(.sendSequence, [send]),
            RawAttribute(.lnsMode, [lns]),
        ]
    }
}
