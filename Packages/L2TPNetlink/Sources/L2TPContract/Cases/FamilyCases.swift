internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    /// The family as a whole: commands, privilege, form of requests.
    static let familyCases: [ContractCase] = [
        ContractCase("NOOP is answered by an empty NOOP") { kernel in
            kernel.expect(
                try kernel.send(.noOperation),
                RawOutcome(replies: [RawOutcome.Reply(command: 0, flags: [], attributes: [])]), "NOOP")
        },
        ContractCase("the client's probe finds the family") { kernel in
            try kernel.client.probe()
        },
        ContractCase("commands that do not exist are refused with EOPNOTSUPP") { kernel in
            for number: UInt8 in [9, 10, 63, 255] {
                for dump in [false, true] {
                    let outcome = try kernel.send(L2TPCommand(rawValue: number), dump: dump)
                    kernel.expect(outcome, isRefusedWith: .notSupportedOnSocket, "command \(number), dump \(dump)")
                }
            }
        },
        ContractCase("only GET can be dumped") { kernel in
            for number: UInt8 in [0, 1, 2, 3, 5, 6, 7] {
                let outcome = try kernel.send(L2TPCommand(rawValue: number), dump: true, .udpTunnel)
                kernel.expect(outcome, isRefusedWith: .notSupportedOnSocket, "dump of command \(number)")
            }
        },
        ContractCase("without CAP_NET_ADMIN every command but NOOP is refused with EPERM, and nothing changes") {
            kernel in
            try kernel.createTunnel()
            kernel.expect(try kernel.send(.sessionCreate, .session), isRefusedWith: nil, "creating")
            let findings = Findings()
            let host = kernel.host
            try host.withoutPrivilege { connector in
                var kernel = try Contract(host, connector: connector)
                kernel.expect(try kernel.send(.noOperation), isRefusedWith: nil, "NOOP")
                for number: UInt8 in 1...8 {
                    for attributes in [[], .udpTunnel, .session, .session(1000, in: 3000)] as [[RawAttribute]] {
                        let outcome = try kernel.send(L2TPCommand(rawValue: number), attributes)
                        kernel.expect(outcome, isRefusedWith: .notPermitted, "command \(number)")
                    }
                }
                for command in [L2TPCommand.tunnelGet, .sessionGet] {
                    let outcome = try kernel.send(command, dump: true)
                    kernel.expect(outcome, isRefusedWith: .notPermitted, "dump of command \(command.rawValue)")
                }
                try kernel.client.probe()
                kernel.expect(.notPermitted, .notPermitted, "tunnels()") { (client) throws(L2TPError) in
                    _ = try client.tunnels()
                }
                var listener = try connector.open(.generic)
                let group = kernel.client.family.multicastGroups[GenericFamily.l2tpMulticastGroupName]
                try listener.join(group ?? 0)
                findings.list = kernel.findings
            }
            kernel.expect(findings.list, [], "without privilege")
            kernel.expect(try kernel.client.sessions().map(\.id.rawValue), [1000], "sessions afterwards")
        },
        ContractCase("attributes that nobody knows are ignored") { kernel in
            let unknown = [36, 200, 0x3fff].map { RawAttribute(NetlinkAttributeType($0), [1, 2, 3]) }
            kernel.expect(
                try kernel.send(.tunnelCreate, unknown + .udpTunnel + unknown), isRefusedWith: nil, "creating")
            kernel.expect(try kernel.send(.sessionCreate, unknown + .session), isRefusedWith: nil, "creating")
            kernel.expect(
                try kernel.send(.tunnelGet, unknown + [RawAttribute(.tunnelID, number: 3000 as UInt32)]).replies.count,
                1, "replies")
        },
        ContractCase("the last of repeated attributes counts") { kernel in
            let twice = [RawAttribute].udpTunnel + [RawAttribute(.tunnelID, number: 3001 as UInt32)]
            kernel.expect(try kernel.send(.tunnelCreate, twice), isRefusedWith: nil, "creating")
            kernel.expect(try kernel.client.tunnels().map(\.id.rawValue), [3001], "tunnels")
        },
        ContractCase("bytes behind the last attribute are ignored") { kernel in
            for tail: [UInt8] in [[1, 0, 0, 0], [255, 255, 9, 0], [3, 0, 9, 0, 1, 0, 0, 0]] {
                let outcome = try kernel.send(
                    .tunnelGet, [RawAttribute(.tunnelID, number: 7 as UInt32)], tail: tail)
                kernel.expect(outcome, isRefusedWith: .operationNotSupportedByDevice, "\(tail)")
            }
        },
        ContractCase("numbers that are too short are refused with ERANGE, longer ones taken by their first bytes") {
            kernel in
            for (type, byteCount) in numbers {
                let short = [RawAttribute].udpTunnel.replacing(type, [UInt8](repeating: 1, count: byteCount - 1))
                kernel.expect(
                    try kernel.send(.tunnelCreate, short), isRefusedWith: .outOfRange,
                    "attribute \(type.rawValue) of \(byteCount - 1) bytes")
                kernel.expect(
                    try kernel.send(.tunnelGet, short), isRefusedWith: .outOfRange,
                    "attribute \(type.rawValue) of \(byteCount - 1) bytes in a GET")
            }
            var long = [RawAttribute].udpTunnel
            for index in long.indices where long[index].value.count < 8 {
                long[index].value += [0xff, 0xff, 0xff, 0xff]
            }
            kernel.expect(try kernel.send(.tunnelCreate, long), isRefusedWith: nil, "longer numbers")
            kernel.expect(try kernel.client.tunnels().map(\.id.rawValue), [3000], "tunnels")
        },
        ContractCase("bytes that are too long are refused with ERANGE, flags with a value are taken") { kernel in
            for type in [NetlinkAttributeType.cookie, .peerCookie] {
                let long = [RawAttribute].udpTunnel.replacing(type, [UInt8](repeating: 1, count: 9))
                kernel.expect(try kernel.send(.tunnelCreate, long), isRefusedWith: .outOfRange, "cookie of 9 bytes")
            }
            for type in [NetlinkAttributeType.ipv6Source, .ipv6Destination] {
                let long = [RawAttribute].udpTunnel6.replacing(type, [UInt8](repeating: 1, count: 17))
                kernel.expect(try kernel.send(.tunnelCreate, long), isRefusedWith: .outOfRange, "address of 17 bytes")
            }
            let flags = [RawAttribute(.udpZeroChecksum6Transmit, [0]), RawAttribute(.udpZeroChecksum6Receive, [1, 2])]
            kernel.expect(try kernel.send(.tunnelCreate, .udpTunnel6 + flags), isRefusedWith: nil, "flags with values")
            let udp = try kernel.client.tunnel(TunnelID(3000))?.encapsulation.udp
            kernel.expect([udp?.ipv6TransmitChecksum, udp?.ipv6ReceiveChecksum], [false, false], "checksums")
        },
        ContractCase("interface names are refused with EINVAL unless they end within 16 bytes") { kernel in
            let cases: [([UInt8], Errno)] = [
                ([], .invalidArgument), (Array("pw".utf8), .invalidArgument),
                ([UInt8](repeating: 97, count: 16) + [0], .invalidArgument),
                (Array("pw".utf8) + [UInt8](repeating: 0, count: 20), .outOfRange),
                ([UInt8](repeating: 97, count: 15) + [0], .operationNotSupportedByDevice),
                ([0], .operationNotSupportedByDevice),
            ]
            for (name, errno) in cases {
                for command in [L2TPCommand.sessionGet, .sessionDelete, .sessionModify] {
                    let outcome = try kernel.send(command, [RawAttribute(.interfaceName, name)])
                    kernel.expect(outcome, isRefusedWith: errno, "command \(command.rawValue), name \(name)")
                }
            }
        },
        ContractCase("attributes of a dump are not even checked") { kernel in
            try kernel.createTunnel()
            for attributes in [
                [RawAttribute(.tunnelID, [1])], [RawAttribute(.tunnelID, number: 9 as UInt32)], .interface("nothing"),
            ] {
                kernel.expect(try kernel.send(.tunnelGet, dump: true, attributes).replies.count, 1, "tunnels")
                kernel.expect(try kernel.send(.sessionGet, dump: true, attributes).replies.count, 0, "sessions")
            }
        },
    ]

    /// The attributes that are numbers, with their lengths in the kernel's policy.
    private static let numbers: [(NetlinkAttributeType, Int)] = [
        (.pseudowireType, 2), (.encapsulationType, 2), (.offset, 2), (.dataSequencing, 1),
        (.l2SpecificSublayerType, 1), (.l2SpecificSublayerByteCount, 1), (.protocolVersion, 1), (.tunnelID, 4),
        (.peerTunnelID, 4), (.sessionID, 4), (.peerSessionID, 4), (.udpChecksum, 1), (.vlanID, 2), (.debug, 4),
        (.receiveSequence, 1), (.sendSequence, 1), (.lnsMode, 1), (.usingIPsec, 1), (.receiveTimeout, 8),
        (.fileDescriptor, 4), (.ipv4Source, 4), (.ipv4Destination, 4), (.udpSourcePort, 2),
        (.udpDestinationPort, 2), (.mtu, 2), (.mru, 2),
    ]
}

/// What another thread has found.
private final class Findings {
    var list: [String] = ["nothing was run"]
}
