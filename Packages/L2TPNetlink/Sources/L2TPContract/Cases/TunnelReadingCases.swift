internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    /// TUNNEL_GET and TUNNEL_MODIFY.
    static let tunnelReadingCases: [ContractCase] = [
        ContractCase("a tunnel over UDP and IPv4 is reported attribute by attribute") { kernel in
            try kernel.createTunnel()
            kernel.expect(
                try kernel.tunnel(3000), single(head(0) + [RawAttribute(.udpChecksum, [0])] + ports + ipv4), "GET")
        },
        ContractCase("a tunnel over UDP and IPv6 is reported attribute by attribute") { kernel in
            kernel.expect(try kernel.send(.tunnelCreate, .udpTunnel6), isRefusedWith: nil, "creating")
            kernel.expect(try kernel.tunnel(3000), single(head(0) + ports + ipv6), "GET")
        },
        ContractCase("the IPv6 checksums that are off are reported as flags, in their order") { kernel in
            let flags = [RawAttribute(.udpZeroChecksum6Transmit, []), RawAttribute(.udpZeroChecksum6Receive, [])]
            for (index, present) in [[flags[0]], [flags[1]], flags].enumerated() {
                let id = UInt32(3000 + index)
                let attributes = [RawAttribute].udpTunnel6.replacing(.tunnelID, number: id)
                    .replacing(.udpSourcePort, number: UInt16(5000 + index))
                kernel.expect(try kernel.send(.tunnelCreate, attributes + present), isRefusedWith: nil, "creating")
                let reply = try kernel.tunnel(id).replies.first?.attributes ?? []
                kernel.expect(
                    Array(reply.dropFirst(6).prefix(present.count + 1).map(\.type)),
                    present.map(\.type) + [.udpSourcePort], "flags")
                kernel.expect(reply.contains { $0.type == .udpChecksum }, false, "UDP_CSUM over IPv6")
            }
        },
        ContractCase("tunnels over IP are reported attribute by attribute") { kernel in
            kernel.expect(try kernel.send(.tunnelCreate, .ipTunnel), isRefusedWith: nil, "creating")
            kernel.expect(try kernel.tunnel(3000), single(head(1) + ipv4), "IPv4")
            let second = [RawAttribute].ipTunnel6.replacing(.tunnelID, number: 3001 as UInt32)
            kernel.expect(try kernel.send(.tunnelCreate, second), isRefusedWith: nil, "creating")
            let attributes = (head(1) + ipv6).map {
                $0.type == .tunnelID ? RawAttribute(.tunnelID, number: 3001 as UInt32) : $0
            }
            kernel.expect(try kernel.tunnel(3001), single(attributes), "IPv6")
        },
        ContractCase("UDP_CSUM switches checksums on by its presence, even with the value 0") { kernel in
            for (index, value) in ([nil, [0], [1], [2]] as [[UInt8]?]).enumerated() {
                let id = UInt32(3000 + index)
                let attributes = [RawAttribute].udpTunnel.replacing(.tunnelID, number: id)
                    .replacing(.udpSourcePort, number: UInt16(5000 + index)).replacing(.udpChecksum, value)
                kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
                let reply = try kernel.tunnel(id).replies.first?.attributes ?? []
                kernel.expect(reply.value(of: .udpChecksum), [value == nil ? 0 : 1], "\(value ?? [])")
            }
        },
        ContractCase("GET, DELETE and MODIFY of a tunnel want CONN_ID, and answer ENODEV for an unknown one") {
            kernel in
            for command in [L2TPCommand.tunnelGet, .tunnelDelete, .tunnelModify] {
                kernel.expect(try kernel.send(command), isRefusedWith: .invalidArgument, "\(command)")
                let outcome = try kernel.send(command, [RawAttribute(.tunnelID, number: 9 as UInt32)])
                kernel.expect(outcome, isRefusedWith: .operationNotSupportedByDevice, "\(command)")
            }
        },
        ContractCase("TUNNEL_MODIFY succeeds and changes nothing") { kernel in
            try kernel.createTunnel()
            let before = try kernel.tunnel(3000)
            var changed = [RawAttribute].udpTunnel.replacing(.peerTunnelID, number: 9 as UInt32)
                .replacing(.udpDestinationPort, number: 9 as UInt16).replacing(.ipv4Destination, [192, 0, 2, 9])
            changed += [RawAttribute(.udpChecksum, [1]), RawAttribute(.debug, number: 15 as UInt32)]
            kernel.expect(try kernel.send(.tunnelModify, changed), RawOutcome(), "MODIFY")
            kernel.expect(try kernel.tunnel(3000), before, "GET afterwards")
        },
        ContractCase("a dump lists all tunnels, each as GET does but for the flags") { kernel in
            for id: UInt32 in [3002, 3000, 3001] { try kernel.createTunnel(id, port: UInt16(2000 + id)) }
            let dump = try kernel.send(.tunnelGet, dump: true)
            kernel.expect(dump.replies.map(\.flags), [.multipart, .multipart, .multipart], "flags")
            let ids = dump.replies.compactMap { $0.attributes.value(of: .tunnelID) }
            let numbers = ids.map { UInt32($0[0]) | UInt32($0[1]) << 8 }
            kernel.expect(numbers, [3000, 3001, 3002], "order")
            for (number, reply) in zip(numbers, dump.replies) {
                kernel.expect(try kernel.tunnel(number).replies.first?.attributes, reply.attributes, "tunnel \(number)")
            }
            kernel.expect(try kernel.client.tunnels().map(\.id.rawValue), [3000, 3001, 3002], "client")
        },
        ContractCase("a dump of nothing is empty") { kernel in
            kernel.expect(try kernel.send(.tunnelGet, dump: true), RawOutcome(), "tunnels")
            kernel.expect(try kernel.send(.sessionGet, dump: true), RawOutcome(), "sessions")
        },
    ]

    private static func single(_ attributes: [RawAttribute]) -> RawOutcome {
        RawOutcome(replies: [RawOutcome.Reply(command: 4, flags: .acknowledge, attributes: attributes)])
    }

    private static func head(_ encapsulation: UInt8) -> [RawAttribute] {
        [
            RawAttribute(.protocolVersion, [3]), RawAttribute(.tunnelID, number: 3000 as UInt32),
            RawAttribute(.peerTunnelID, number: 4000 as UInt32), RawAttribute(.debug, [0, 0, 0, 0]),
            RawAttribute(.encapsulationType, [encapsulation, 0]), .zeroStatistics,
        ]
    }

    private static let ports = [
        RawAttribute(.udpSourcePort, number: 5000 as UInt16), RawAttribute(.udpDestinationPort, number: 6000 as UInt16),
    ]
    private static let ipv4 = [
        RawAttribute(.ipv4Source, [192, 0, 2, 1]), RawAttribute(.ipv4Destination, [192, 0, 2, 2]),
    ]
    private static let ipv6 = [
        RawAttribute(.ipv6Source, RawAttributes.ipv6(1)), RawAttribute(.ipv6Destination, RawAttributes.ipv6(2)),
    ]
}
