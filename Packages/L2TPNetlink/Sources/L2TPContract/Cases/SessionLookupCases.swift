internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    private static let selecting: [L2TPCommand] = [.sessionGet, .sessionModify, .sessionDelete]

    /// Which session GET, MODIFY and DELETE find.
    static let sessionLookupCases: [ContractCase] = [
        ContractCase("without a usable selector a session is not found: ENODEV") { kernel in
            try kernel.createTunnel()
            kernel.expect(try kernel.send(.sessionCreate, .session), isRefusedWith: nil, "creating")
            for command in selecting {
                for attributes in [
                    [], [RawAttribute(.tunnelID, number: 3000 as UInt32)],
                    [RawAttribute(.sessionID, number: 1000 as UInt32)], .session(1001, in: 3000),
                    .session(1000, in: 3001), .interface("nothing"), .interface("eth0"), .interface(""),
                ] as [[RawAttribute]] {
                    kernel.expect(
                        try kernel.send(command, attributes), isRefusedWith: .operationNotSupportedByDevice,
                        "command \(command.rawValue), \(attributes)")
                }
            }
        },
        ContractCase("an interface name wins over identifiers") { kernel in
            try kernel.createTunnel()
            for id: UInt32 in 1...2 {
                let attributes = [RawAttribute].session.replacing(.sessionID, number: id) + .interface("pw\(id)")
                kernel.expect(try kernel.send(.sessionCreate, attributes), isRefusedWith: nil, "creating")
            }
            for identifiers in [[RawAttribute].session(1, in: 3000), .session(99, in: 98)] {
                let reply = try kernel.send(.sessionGet, identifiers + .interface("pw2"))
                kernel.expect(
                    reply.replies.first?.attributes.value(of: .sessionID), [2, 0, 0, 0], "\(identifiers)")
            }
            kernel.expect(
                try kernel.send(.sessionGet, .session(1, in: 3000) + .interface("nothing")),
                isRefusedWith: .operationNotSupportedByDevice, "a name that nobody has")
        },
        ContractCase("through another tunnel a session is not found until Linux 6.10, and found since") { kernel in
            try kernel.createTunnel(1, port: 5001)
            try kernel.createTunnel(2, port: 5002)
            let attributes = [RawAttribute].session.replacing(.tunnelID, number: 1 as UInt32)
            kernel.expect(try kernel.send(.sessionCreate, attributes), isRefusedWith: nil, "creating")
            let errno = kernel.hasNamespaceWideSessions ? nil : Errno.operationNotSupportedByDevice
            kernel.expect(try kernel.session(1000, in: 2), isRefusedWith: errno, "GET")
            kernel.expect(try kernel.session(1000, in: 3), isRefusedWith: .operationNotSupportedByDevice, "no tunnel")
            // The client is not deceived.
            kernel.expect(try kernel.client.session(SessionID(1000), in: TunnelID(2)), nil, "client")
            kernel.expect(.notFound, .operationNotSupportedByDevice, "client's deletion") {
                (client) throws(L2TPError) in
                try client.deleteSession(SessionID(1000), in: TunnelID(2))
            }
            kernel.expect(try kernel.client.sessions().count, 1, "sessions")
            kernel.expect(
                try kernel.send(.sessionModify, .session(1000, in: 2) + [RawAttribute(.lnsMode, [1])]),
                isRefusedWith: errno, "MODIFY")
            kernel.expect(
                try kernel.client.session(SessionID(1000), in: TunnelID(1))?.lnsMode, kernel.hasNamespaceWideSessions,
                "LNS mode of the other tunnel's session")
            kernel.expect(try kernel.send(.sessionDelete, .session(1000, in: 2)), isRefusedWith: errno, "DELETE")
            if kernel.hasNamespaceWideSessions {
                try kernel.expectEventually("the other tunnel's session goes") { kernel in
                    try kernel.client.sessions().isEmpty
                }
            }
        },
        ContractCase("sessions of one identifier in two UDP tunnels are each found through its tunnel") { kernel in
            for id: UInt32 in 1...2 {
                try kernel.createTunnel(id, port: UInt16(5000 + id))
                let attributes = [RawAttribute].session.replacing(.tunnelID, number: id) + .interface("pw\(id)")
                kernel.expect(try kernel.send(.sessionCreate, attributes), isRefusedWith: nil, "creating")
            }
            for id: UInt32 in 1...2 {
                let reply = try kernel.session(1000, in: id).replies.first?.attributes ?? []
                kernel.expect(reply.value(of: .interfaceName), Array("pw\(id)".utf8) + [0], "through tunnel \(id)")
            }
            try kernel.client.deleteSession(SessionID(1000), in: TunnelID(1))
            kernel.expect(
                try kernel.session(1000, in: 1), isRefusedWith: .operationNotSupportedByDevice, "the one that is gone")
            kernel.expect(try kernel.session(1000, in: 2), isRefusedWith: nil, "the survivor")
        },
        ContractCase("after a renaming a session reports, and is found by, its first name") { kernel in
            try kernel.createTunnel()
            kernel.expect(
                try kernel.send(.sessionCreate, .session + .interface("before")), isRefusedWith: nil, "creating")
            try kernel.host.renameLink("before", to: "after")
            let reply = try kernel.session(1000, in: 3000).replies.first?.attributes ?? []
            kernel.expect(reply.value(of: .interfaceName), Array("before".utf8) + [0], "name")
            kernel.expect(try kernel.send(.sessionGet, .interface("before")), isRefusedWith: nil, "the first name")
            kernel.expect(
                try kernel.send(.sessionGet, .interface("after")), isRefusedWith: .operationNotSupportedByDevice,
                "the present name")
        },
        ContractCase("two sessions that report one name are left alone by the client") { kernel in
            try kernel.createTunnel()
            kernel.expect(try kernel.send(.sessionCreate, .session + .interface("pw")), isRefusedWith: nil, "first")
            try kernel.host.renameLink("pw", to: "moved")
            let second = [RawAttribute].session.replacing(.sessionID, number: 1001 as UInt32) + .interface("pw")
            kernel.expect(try kernel.send(.sessionCreate, second), isRefusedWith: nil, "second")
            kernel.expect(.ambiguous, nil, "deleting by name") { (client) throws(L2TPError) in
                try client.deleteSession(interface: "pw")
            }
            kernel.expect(try kernel.client.sessions().map(\.id.rawValue), [1000, 1001], "sessions")
            try kernel.client.deleteSession(SessionID(1001), in: TunnelID(3000))
            try kernel.client.deleteSession(interface: "pw")
            kernel.expect(try kernel.client.sessions().count, 0, "sessions afterwards")
            kernel.expect(try kernel.host.hasLink(named: "moved"), false, "link")
        },
        ContractCase("a dump lists the sessions of all tunnels") { kernel in
            for id: UInt32 in [2, 1] {
                try kernel.createTunnel(id, port: UInt16(5000 + id))
                for session: UInt32 in [30, 10, 20] {
                    let attributes = [RawAttribute].session.replacing(.tunnelID, number: id)
                        .replacing(.sessionID, number: session + id)
                    kernel.expect(try kernel.send(.sessionCreate, attributes), isRefusedWith: nil, "creating")
                }
            }
            let dump = try kernel.send(.sessionGet, dump: true)
            kernel.expect(Set(dump.replies.map(\.flags.rawValue)), [2], "flags")
            let pairs = dump.replies.compactMap { reply in
                [reply.attributes.value(of: .tunnelID)?[0] ?? 0, reply.attributes.value(of: .sessionID)?[0] ?? 0]
            }
            let sorted: [[UInt8]] = [[1, 11], [1, 21], [1, 31], [2, 12], [2, 22], [2, 32]]
            if kernel.hasNamespaceWideSessions {
                kernel.expect(pairs, sorted, "order")
            } else {
                kernel.expect(Set(pairs), Set(sorted), "sessions")
            }
            kernel.expect(
                try kernel.client.sessions().map { [UInt8($0.tunnelID.rawValue), UInt8($0.id.rawValue)] }, sorted,
                "client")
        },
    ]
}
