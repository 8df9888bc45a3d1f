internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    /// TUNNEL_CREATE with a socket of the kernel's own.
    static let tunnelCreationCases: [ContractCase] = [
        ContractCase("a tunnel needs its identifiers, version, encapsulation and a pair of addresses") { kernel in
            for type in [
                NetlinkAttributeType.tunnelID, .peerTunnelID, .protocolVersion, .encapsulationType, .ipv4Source,
                .ipv4Destination,
            ] {
                let outcome = try kernel.send(.tunnelCreate, [RawAttribute].udpTunnel.replacing(type, nil))
                kernel.expect(outcome, isRefusedWith: .invalidArgument, "without attribute \(type.rawValue)")
            }
            let mixed =
                [RawAttribute].udpTunnel.replacing(.ipv4Destination, nil)
                + [RawAttribute(.ipv6Destination, RawAttributes.ipv6(2))]
            kernel.expect(try kernel.send(.tunnelCreate, mixed), isRefusedWith: .invalidArgument, "mixed addresses")
            kernel.expect(try kernel.client.tunnels().count, 0, "tunnels")
        },
        ContractCase("an encapsulation other than UDP and IP is refused with EINVAL") { kernel in
            for number: UInt16 in [2, 3, 255, 65535] {
                let outcome = try kernel.send(
                    .tunnelCreate, [RawAttribute].udpTunnel.replacing(.encapsulationType, number: number))
                kernel.expect(outcome, isRefusedWith: .invalidArgument, "encapsulation \(number)")
            }
        },
        ContractCase("identifiers of 0 are accepted") { kernel in
            let attributes = [RawAttribute].udpTunnel.replacing(.tunnelID, number: 0 as UInt32)
                .replacing(.peerTunnelID, number: 0 as UInt32)
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
            let reply = try kernel.tunnel(0)
            kernel.expect(reply.replies.first?.attributes.value(of: .peerTunnelID), [0, 0, 0, 0], "peer identifier")
            kernel.expect(
                try kernel.send(.tunnelDelete, [RawAttribute(.tunnelID, number: 0 as UInt32)]), isRefusedWith: nil,
                "deleting")
        },
        ContractCase("every protocol version is accepted and reported") { kernel in
            for version: UInt8 in [0, 1, 2, 4, 255] {
                try kernel.createTunnel(UInt32(version) + 10, port: 5000 + UInt16(version), version: version)
                let reply = try kernel.tunnel(UInt32(version) + 10)
                kernel.expect(
                    reply.replies.first?.attributes.value(of: .protocolVersion), [version], "version \(version)")
            }
        },
        ContractCase("encapsulation IP with version 2 is accepted") { kernel in
            let attributes = [RawAttribute].ipTunnel.replacing(.protocolVersion, number: 2 as UInt8)
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
            let reply = try kernel.tunnel(3000)
            kernel.expect(reply.replies.first?.attributes.value(of: .encapsulationType), [1, 0], "encapsulation")
        },
        ContractCase("an identifier in use is refused with EEXIST, whatever the version, encapsulation and family") {
            kernel in
            try kernel.createTunnel()
            let others: [[RawAttribute]] = [
                .udpTunnel, .ipTunnel, .udpTunnel6, .ipTunnel6,
                [RawAttribute].udpTunnel.replacing(.protocolVersion, number: 2 as UInt8),
                [RawAttribute].udpTunnel.replacing(.ipv4Source, [192, 0, 2, 99]),
            ]
            for attributes in others {
                kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: .fileExists, "\(attributes)")
            }
            let tunnel = try kernel.client.tunnel(TunnelID(3000))
            kernel.expect(tunnel?.local, Contract.address(1), "the tunnel that was there")
        },
        ContractCase("a local address that is not here is refused with EADDRNOTAVAIL") { kernel in
            for attributes in [
                [RawAttribute].udpTunnel.replacing(.ipv4Source, [192, 0, 2, 99]),
                [RawAttribute].ipTunnel.replacing(.ipv4Source, [192, 0, 2, 99]),
                [RawAttribute].udpTunnel6.replacing(.ipv6Source, RawAttributes.ipv6(99)),
                [RawAttribute].ipTunnel6.replacing(.ipv6Source, RawAttributes.ipv6(99)),
            ] {
                let outcome = try kernel.send(.tunnelCreate, attributes)
                kernel.expect(outcome, isRefusedWith: .addressNotAvailable, "\(attributes)")
            }
            kernel.expect(try kernel.client.tunnels().count, 0, "tunnels")
        },
        ContractCase("a tentative address is refused with EADDRNOTAVAIL") { kernel in
            let address = Contract.address(77, .v6)
            try kernel.host.addTentativeAddress(address)
            let attributes = [RawAttribute].udpTunnel6.replacing(.ipv6Source, RawAttributes.ipv6(77))
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: .addressNotAvailable, "UDP")
            try kernel.host.removeAddress(address)
        },
        ContractCase("an IPv4-mapped address is refused with EADDRNOTAVAIL over IP") { kernel in
            let mapped = [UInt8](repeating: 0, count: 10) + [255, 255, 192, 0, 2]
            let attributes = [RawAttribute].ipTunnel6.replacing(.ipv6Source, mapped + [1])
                .replacing(.ipv6Destination, mapped + [2])
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: .addressNotAvailable, "IP")
        },
        ContractCase("a UDP port in use is refused with EADDRINUSE, to another peer too") { kernel in
            try kernel.createTunnel()
            let second = [RawAttribute].udpTunnel.replacing(.tunnelID, number: 3001 as UInt32)
            for attributes in [second, second.replacing(.ipv4Destination, [192, 0, 2, 3])] {
                kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: .addressInUse, "\(attributes)")
            }
            kernel.expect(try kernel.client.tunnels().count, 1, "tunnels")
        },
        ContractCase("without a source port the kernel chooses one") { kernel in
            for (id, port) in [(3000, nil), (3001, [0, 0])] as [(UInt32, [UInt8]?)] {
                let attributes = [RawAttribute].udpTunnel.replacing(.tunnelID, number: id)
                    .replacing(.udpSourcePort, port)
                kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
                let chosen = try kernel.tunnel(id).replies.first?.attributes.value(of: .udpSourcePort) ?? [0, 0]
                kernel.expect(chosen == [0, 0], false, "no port was chosen")
            }
        },
        ContractCase("without a destination port the socket is not connected and reports no peer") { kernel in
            for (id, port) in [(3000, nil), (3001, [0, 0])] as [(UInt32, [UInt8]?)] {
                let attributes = [RawAttribute].udpTunnel.replacing(.tunnelID, number: id)
                    .replacing(.udpSourcePort, number: UInt16(2000 + id)).replacing(.udpDestinationPort, port)
                kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
                let reply = try kernel.tunnel(id).replies.first?.attributes ?? []
                kernel.expect(reply.value(of: .udpDestinationPort), [0, 0], "port")
                kernel.expect(reply.value(of: .ipv4Destination), [0, 0, 0, 0], "peer")
            }
        },
        ContractCase("the wildcard as local address becomes the one that routing chooses") { kernel in
            for (id, attributes) in [
                (3000, [RawAttribute].udpTunnel.replacing(.ipv4Source, [0, 0, 0, 0])),
                (3001, [RawAttribute].ipTunnel.replacing(.ipv4Source, [0, 0, 0, 0])),
            ] as [(UInt32, [RawAttribute])] {
                let attributes = attributes.replacing(.tunnelID, number: id)
                kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
                let reply = try kernel.tunnel(id).replies.first?.attributes ?? []
                kernel.expect(reply.value(of: .ipv4Source), [192, 0, 2, 1], "local address of \(id)")
            }
        },
        ContractCase("the wildcard as peer becomes our own address") { kernel in
            let attributes = [RawAttribute].udpTunnel.replacing(.ipv4Destination, [0, 0, 0, 0])
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
            let reply = try kernel.tunnel(3000).replies.first?.attributes ?? []
            kernel.expect(reply.value(of: .ipv4Destination), [192, 0, 2, 1], "peer")
        },
        ContractCase("without a route to the peer: ENETUNREACH, and for routes that refuse their own number") {
            kernel in
            let peers: [(IPAddress, [[RawAttribute]])] = [
                (
                    Contract.unreachablePeers[0],
                    [[RawAttribute].udpTunnel, .ipTunnel].map { $0.replacing(.ipv4Destination, [198, 51, 100, 7]) }
                ),
                (
                    Contract.unreachablePeers[1],
                    [[RawAttribute].udpTunnel6, .ipTunnel6].map {
                        $0.replacing(
                            .ipv6Destination, [0x20, 1, 0xd, 0xb8, 255, 255] + [UInt8](repeating: 0, count: 9) + [7])
                    }
                ),
            ]
            for (peer, requests) in peers {
                for attributes in requests {
                    let outcome = try kernel.send(.tunnelCreate, attributes)
                    kernel.expect(outcome, isRefusedWith: .networkUnreachable, "no route to \(peer)")
                }
                for (kind, errno) in [
                    (RefusingRoute.unreachable, Errno.noRouteToHost), (.prohibit, .permissionDenied),
                    (.blackhole, .invalidArgument),
                ] {
                    try kernel.host.refuseRoute(to: peer, kind)
                    for attributes in requests {
                        let outcome = try kernel.send(.tunnelCreate, attributes)
                        kernel.expect(outcome, isRefusedWith: errno, "\(kind) route to \(peer)")
                    }
                    try kernel.host.restoreRoute(to: peer, kind)
                }
            }
            kernel.expect(try kernel.client.tunnels().count, 0, "tunnels")
        },
        ContractCase("a multicast peer is refused with EINVAL over IP") { kernel in
            let group: [UInt8] = [239, 1, 1, 1]
            kernel.expect(
                try kernel.send(.tunnelCreate, [RawAttribute].ipTunnel.replacing(.ipv4Destination, group)),
                isRefusedWith: .invalidArgument, "IP")
        },
        ContractCase("link-local IPv6 addresses are refused with EINVAL") { kernel in
            let linkLocal: [UInt8] = [0xfe, 0x80] + [UInt8](repeating: 0, count: 13) + [2]
            for attributes in [[RawAttribute].udpTunnel6, .ipTunnel6] {
                for type in [NetlinkAttributeType.ipv6Source, .ipv6Destination] {
                    let outcome = try kernel.send(.tunnelCreate, attributes.replacing(type, linkLocal))
                    kernel.expect(outcome, isRefusedWith: .invalidArgument, "attribute \(type.rawValue)")
                }
            }
        },
        ContractCase("with both pairs of addresses the IPv6 pair counts") { kernel in
            let both =
                [RawAttribute].udpTunnel6 + [
                    RawAttribute(.ipv4Source, [192, 0, 2, 99]), RawAttribute(.ipv4Destination, [192, 0, 2, 2]),
                ]
            kernel.expect(try kernel.send(.tunnelCreate, both), isRefusedWith: nil, "creating")
            kernel.expect(try kernel.client.tunnel(TunnelID(3000))?.local, Contract.address(1, .v6), "local address")
        },
    ]
}

/// Shorter to write where the type cannot be inferred.
typealias RawAttributes = [RawAttribute]
