internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    /// TUNNEL_CREATE with a socket of a process (`L2TP_ATTR_FD`).
    static let tunnelSocketCases: [ContractCase] = [
        ContractCase("a UDP socket becomes a tunnel's, which reports the socket's addresses, ports and checksum") {
            kernel in
            let descriptor = try kernel.host.openFile(.udp(.v4, port: 5000))
            // Addresses in the request mean nothing then.
            let attributes =
                [RawAttribute].managedTunnel(descriptor) + [
                    RawAttribute(.ipv4Source, [192, 0, 2, 99]), RawAttribute(.ipv4Destination, [192, 0, 2, 98]),
                ]
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
            kernel.expect(
                try kernel.tunnel(3000).replies.first?.attributes.filter { $0.type != .debug },
                [
                    RawAttribute(.protocolVersion, [3]), RawAttribute(.tunnelID, number: 3000 as UInt32),
                    RawAttribute(.peerTunnelID, number: 4000 as UInt32), RawAttribute(.encapsulationType, [0, 0]),
                    .zeroStatistics, RawAttribute(.udpChecksum, [1]),
                    RawAttribute(.udpSourcePort, number: 5000 as UInt16),
                    RawAttribute(.udpDestinationPort, number: 6000 as UInt16),
                    RawAttribute(.ipv4Source, [192, 0, 2, 1]), RawAttribute(.ipv4Destination, [192, 0, 2, 2]),
                ], "reply")
            try kernel.host.closeFile(descriptor)
            try kernel.expectEventually("the tunnel goes with its socket") { kernel in
                try kernel.client.tunnel(TunnelID(3000)) == nil
            }
        },
        ContractCase("an L2TPv2 tunnel is made of a UDP socket") { kernel in
            let descriptor = try kernel.host.openFile(.udp(.v6, port: 5000))
            let attributes = [RawAttribute].managedTunnel(descriptor).replacing(.protocolVersion, [2])
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
            let tunnel = try kernel.client.tunnel(TunnelID(3000))
            kernel.expect(tunnel?.protocolVersion, .v2, "version")
            kernel.expect(tunnel?.local, Contract.address(1, .v6), "local address")
            kernel.expect(tunnel?.encapsulation.udp?.sourcePort, 5000, "port")
            try kernel.host.closeFile(descriptor)
        },
        ContractCase("an unconnected UDP socket is taken and reports no peer") { kernel in
            let descriptor = try kernel.host.openFile(.unconnectedUDP(port: 5000))
            kernel.expect(try kernel.send(.tunnelCreate, .managedTunnel(descriptor)), isRefusedWith: nil, "creating")
            let reply = try kernel.tunnel(3000).replies.first?.attributes ?? []
            kernel.expect(reply.value(of: .ipv4Destination), [0, 0, 0, 0], "peer")
            kernel.expect(reply.value(of: .udpDestinationPort), [0, 0], "port")
            try kernel.host.closeFile(descriptor)
        },
        ContractCase("an L2TPIP socket is taken, whatever its connection identifier") { kernel in
            let descriptor = try kernel.host.openFile(.l2tpIP(connectionID: 77))
            let attributes = [RawAttribute].managedTunnel(descriptor, encapsulation: 1)
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
            let tunnel = try kernel.client.tunnel(TunnelID(3000))
            kernel.expect(tunnel?.encapsulation, .ip, "encapsulation")
            kernel.expect(tunnel?.peer, Contract.address(2), "peer")
            try kernel.host.closeFile(descriptor)
        },
        ContractCase("descriptors that cannot carry a tunnel are refused by their kind") { kernel in
            let cases: [(ContractFile, UInt16, Errno)] = [
                (.noSocket, 0, .notSocket), (.tcp, 0, .protocolNotSupported), (.tcp, 1, .protocolNotSupported),
                (.udp(.v4, port: 5000), 1, .protocolNotSupported),
                (.l2tpIP(connectionID: 77), 0, .protocolNotSupported), (.foreignUDP, 0, .invalidArgument),
            ]
            for (file, encapsulation, errno) in cases {
                let descriptor = try kernel.host.openFile(file)
                let outcome = try kernel.send(
                    .tunnelCreate, .managedTunnel(descriptor, encapsulation: encapsulation))
                kernel.expect(outcome, isRefusedWith: errno, "\(file), encapsulation \(encapsulation)")
                try kernel.host.closeFile(descriptor)
            }
            for descriptor: UInt32 in [9999, 0x7fff_ffff] {
                let outcome = try kernel.send(.tunnelCreate, .managedTunnel(descriptor))
                kernel.expect(outcome, isRefusedWith: .badFileDescriptor, "descriptor \(descriptor)")
            }
            kernel.expect(try kernel.client.tunnels().count, 0, "tunnels")
        },
        ContractCase("a socket that is a tunnel's already is refused with EBUSY") { kernel in
            let descriptor = try kernel.host.openFile(.udp(.v4, port: 5000))
            kernel.expect(try kernel.send(.tunnelCreate, .managedTunnel(descriptor)), isRefusedWith: nil, "creating")
            let second = [RawAttribute].managedTunnel(descriptor).replacing(.tunnelID, number: 3001 as UInt32)
            kernel.expect(try kernel.send(.tunnelCreate, second), isRefusedWith: .resourceBusy, "again")
            try kernel.host.closeFile(descriptor)
        },
        ContractCase("a socket outlives its tunnel; until Linux 6.10 it can be no other's (EBUSY)") { kernel in
            let descriptor = try kernel.host.openFile(.udp(.v4, port: 5000))
            kernel.expect(try kernel.send(.tunnelCreate, .managedTunnel(descriptor)), isRefusedWith: nil, "creating")
            try kernel.client.deleteTunnel(TunnelID(3000))
            let again = try kernel.send(.tunnelCreate, .managedTunnel(descriptor))
            kernel.expect(again, isRefusedWith: kernel.hasNamespaceWideSessions ? nil : .resourceBusy, "again")
            if again.errno != nil {
                // Not for the moment only: what the kernel does in the background is done when another has gone, too.
                try kernel.createTunnel(3001, port: 5001)
                try kernel.client.deleteTunnel(TunnelID(3001))
                let later = try kernel.send(.tunnelCreate, .managedTunnel(descriptor))
                kernel.expect(later, isRefusedWith: .resourceBusy, "later")
            }
            try kernel.host.closeFile(descriptor)
        },
        ContractCase("a negative descriptor makes a socket of the kernel's own without addresses") { kernel in
            let attributes =
                [RawAttribute].managedTunnel(.max)
                + [RawAttribute(.udpSourcePort, number: 5000 as UInt16)]
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
            let reply = try kernel.tunnel(3000).replies.first?.attributes ?? []
            kernel.expect(reply.value(of: .ipv4Source), [0, 0, 0, 0], "local address")
            kernel.expect(reply.value(of: .ipv4Destination), [0, 0, 0, 0], "peer")
        },
    ]
}
