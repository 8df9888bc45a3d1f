internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    /// TUNNEL_DELETE and SESSION_DELETE, which only begin.
    static let deletionCases: [ContractCase] = [
        ContractCase("a deleted session goes with its interface, by identifiers and by interface") { kernel in
            try kernel.createTunnel()
            for selector in [[RawAttribute].session(1000, in: 3000), .interface("pw")] {
                kernel.expect(
                    try kernel.send(.sessionCreate, .session + .interface("pw")), isRefusedWith: nil, "creating")
                kernel.expect(try kernel.send(.sessionDelete, selector), RawOutcome(), "deleting by \(selector)")
                try kernel.expectEventually("the session is gone") { kernel in
                    try kernel.session(1000, in: 3000).errno == .operationNotSupportedByDevice
                }
                try kernel.expectEventually("its interface is gone") { kernel in
                    try !kernel.host.hasLink(named: "pw")
                }
            }
            kernel.expect(try kernel.client.tunnels().count, 1, "tunnels")
        },
        ContractCase("a deleted tunnel goes with its sessions") { kernel in
            try kernel.createTunnel()
            for id: UInt32 in 1...3 {
                let attributes = [RawAttribute].session.replacing(.sessionID, number: id) + .interface("pw\(id)")
                kernel.expect(try kernel.send(.sessionCreate, attributes), isRefusedWith: nil, "creating")
            }
            kernel.expect(
                try kernel.send(.tunnelDelete, [RawAttribute(.tunnelID, number: 3000 as UInt32)]), RawOutcome(),
                "deleting")
            try kernel.expectEventually("everything is gone") { kernel in
                guard try kernel.tunnel(3000).errno == .operationNotSupportedByDevice else { return false }
                guard try kernel.send(.sessionGet, dump: true).replies.isEmpty else { return false }
                return try !(1...3).contains { try kernel.host.hasLink(named: "pw\($0)") }
            }
        },
        ContractCase("a second deletion is answered with success or ENODEV") { kernel in
            try kernel.createTunnel()
            let selector = [RawAttribute(.tunnelID, number: 3000 as UInt32)]
            kernel.expect(try kernel.send(.tunnelDelete, selector), isRefusedWith: nil, "first")
            let second = try kernel.send(.tunnelDelete, selector)
            kernel.expect([nil, .operationNotSupportedByDevice].contains(second.errno), true, "\(second)")
            try kernel.expectEventually("it is gone") { kernel in
                try kernel.tunnel(3000).errno == .operationNotSupportedByDevice
            }
        },
        ContractCase("after the client's deletion everything can be created again at once") { kernel in
            for _ in 1...5 {
                try kernel.createTunnel()
                kernel.expect(
                    try kernel.send(.sessionCreate, .session + .interface("pw")), isRefusedWith: nil, "creating")
                try kernel.client.deleteSession(SessionID(1000), in: TunnelID(3000))
                kernel.expect(
                    try kernel.send(.sessionCreate, .session + .interface("pw")), isRefusedWith: nil, "creating again")
                try kernel.client.deleteSession(interface: "pw")
                kernel.expect(
                    try kernel.send(.sessionCreate, .session + .interface("pw")), isRefusedWith: nil, "and again")
                try kernel.client.deleteTunnel(TunnelID(3000))
            }
        },
        ContractCase("a PPP session can be deleted, from tunnels of both versions") { kernel in
            for version: UInt8 in [2, 3] {
                try kernel.createTunnel(version: version)
                let ppp = [RawAttribute].session.replacing(.pseudowireType, number: 7 as UInt16)
                kernel.expect(try kernel.send(.sessionCreate, ppp), isRefusedWith: nil, "creating")
                try kernel.client.deleteSession(SessionID(1000), in: TunnelID(3000))
                kernel.expect(try kernel.client.sessions().count, 0, "sessions")
                try kernel.client.deleteTunnel(TunnelID(3000))
            }
        },
        ContractCase("taking away the local address leaves the tunnel") { kernel in
            let address = Contract.address(77, .v6)
            try kernel.host.addTentativeAddress(address)
            let attributes = [RawAttribute].udpTunnel6.replacing(.ipv6Source, RawAttributes.ipv6(77))
            try kernel.host.settleAddress(address)
            kernel.expect(try kernel.send(.tunnelCreate, attributes), isRefusedWith: nil, "creating")
            try kernel.host.removeAddress(address)
            kernel.expect(try kernel.client.tunnels().map(\.local), [address], "local address")
        },
    ]
}
