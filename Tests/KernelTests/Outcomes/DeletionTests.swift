import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import Testing

extension KernelTests {
    /// What a call has deleted is gone when it returns, although the kernel deletes in the background.
    @Suite(.sitePair)
    struct DeletionTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        @Test(arguments: [(TunnelSpecification.udp(1), 3), (.ip(1), 1)])
        func tunnelOfAHundredSessions(_ tunnel: TunnelSpecification, _ rounds: Int) throws {
            var client = try pair.left.client()
            var reports: [DeletionProgress] = []
            for round in 1...rounds {
                try client.createTunnel(tunnel)
                for number: UInt32 in 1...100 {
                    try client.createSession(.named("pw\(number)", number, in: 1))
                }
                #expect(try client.sessions(in: tunnel.id).count == 100, "round \(round)")
                try client.deleteTunnel(tunnel.id) { reports.append($0) }
                #expect(try client.tunnels() == [])
                #expect(try client.sessions() == [])
                #expect(try pair.left.links().keys.sorted() == ["lo", SitePair.interface])
            }
            // Linux 6.1 takes some 30 ms for each session. Linux 6.11 and later may be done at the first look, and have
            // nothing to report.
            if !Kernel.hasNamespaceWideSessions { #expect(!reports.isEmpty) }
            for report in reports {
                #expect(report.object == .tunnel(tunnel.id))
                #expect(report.elapsed < report.limit)
                #expect(report.limit == .seconds(30))
                #expect((0...100).contains(report.remainingInterfaces))
            }
        }

        @Test(arguments: [TunnelSpecification.udp(1), .ip(1), .udp(1, .v6), .ip(1, .v6)])
        func tunnelAgainAtOnce(_ tunnel: TunnelSpecification) throws {
            var client = try pair.left.client()
            for _ in 1...10 {
                try client.createTunnel(tunnel)
                try client.createSession(.named("pw", 31, in: 1))
                try client.deleteTunnel(tunnel.id)
            }
        }

        @Test(arguments: [TunnelSpecification.udp(1), .ip(1)])
        func sessionAgainAtOnce(_ tunnel: TunnelSpecification) throws {
            var client = try pair.left.client()
            try client.createTunnel(tunnel)
            try client.createSession(.named("other", 32, in: 1))
            for _ in 1...20 {
                try client.createSession(.named("pw", 31, in: 1))
                try client.deleteSession(SessionID(31), in: TunnelID(1))
                #expect(try client.sessions().map(\.interfaceName) == ["other"])
            }
        }

        /// Since Linux 6.11 sessions outlive their tunnel, and only their interfaces show it, if they can be found.
        @Test(
            "A tunnel of sessions with renamed interfaces, again at once",
            arguments: [(TunnelSpecification.udp(1), 20), (.ip(1), 20), (.ip(1), 200)])
        func renamed(_ tunnel: TunnelSpecification, _ count: Int) throws {
            var client = try pair.left.client()
            var linkClient = try pair.left.linkClient()
            let sessions = try (1...count).map { try SessionSpecification.named("pw\($0)", UInt32($0), in: 1) }
            for round in 1...(count > 100 ? 2 : 5) {
                try client.createTunnel(tunnel)
                #expect(client.createSessions(sessions) == sessions.map { _ in nil }, "round \(round)")
                let links = try linkClient.links(named: (1...count).map { "pw\($0)" }).map { try #require($0) }
                let changes = try links.map { link in
                    (link: link, changes: LinkChanges(isUp: true, name: try InterfaceName("lan\(link.index)")))
                }
                #expect(linkClient.change(changes) == links.map { _ in nil })
                if round % 2 == 0 {
                    #expect(client.deleteTunnels([tunnel.id]) == [nil])
                } else {
                    try client.deleteTunnel(tunnel.id)
                }
                #expect(try client.tunnels() == [] && client.sessions() == [])
            }
        }

        @Test(
            "A session or a tunnel whose interface has moved, again at once",
            arguments: [TunnelSpecification.udp(1), .ip(1)])
        func moved(_ tunnel: TunnelSpecification) throws {
            var client = try pair.left.client()
            var linkClient = try pair.left.linkClient()
            try client.createTunnel(tunnel)
            for round in 1...10 {
                try client.createSession(.named("pw", 31, in: 1))
                let link = try #require(try linkClient.links(named: ["pw"])[0])
                try linkClient.change(link, LinkChanges(name: try InterfaceName("pw-\(round)")))
                try linkClient.move(try pair.left.requireLink("pw-\(round)"), to: pair.right.networkNamespace)
                if round % 2 == 0 {
                    try client.deleteSession(SessionID(31), in: TunnelID(1))
                } else {
                    try client.deleteTunnel(tunnel.id)
                    try client.createTunnel(tunnel)
                }
                #expect(try client.sessions() == [])
            }
            try client.deleteTunnel(tunnel.id)
        }

        /// A wait that is too short is an error that says so; the deletion goes on all the same.
        @Test func waitHasALimit() throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            for number: UInt32 in 1...20 { try client.createSession(.unnamed(number, in: 1)) }
            do throws(L2TPError) {
                try client.deleteTunnel(TunnelID(1), waitingAtMost: .milliseconds(1))
                // Linux 6.11 and later may have done it already.
                #expect(Kernel.hasNamespaceWideSessions)
            } catch {
                #expect(error.reason == .timedOut)
                #expect(error.errno == nil)
            }
            try awaitEnd(&client)
        }

        /// Without a wait the call returns when the kernel has agreed.
        @Test func needNotBeWaitedFor() throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            for number: UInt32 in 1...20 { try client.createSession(.unnamed(number, in: 1)) }
            try client.deleteTunnel(TunnelID(1), waitingAtMost: .zero)
            try awaitEnd(&client)
        }

        /// Waits until what was deleted is gone, interfaces and all, and its numbers are free again: Linux 6.12 lists a
        /// session no more as soon as its tunnel has gone.
        private func awaitEnd(_ client: inout L2TPClient<NetlinkSocket>) throws {
            let isGone = try eventually {
                try client.tunnels() == [] && client.sessions() == []
                    && pair.left.links().keys.sorted() == ["lo", SitePair.interface]
            }
            #expect(isGone)
        }

        /// Other tunnels with their sessions stay.
        @Test func nothingElse() throws {
            var client = try pair.left.client()
            // Other numbers than above: what is deleted without a wait keeps its own for a while after it is listed no more.
            for number: UInt32 in 101...103 {
                try client.createTunnel(.udp(number))
                try client.createSession(.named("pw\(number)", number, in: number))
            }
            let before = try (client.tunnels(), client.sessions())
            try client.deleteTunnel(TunnelID(102))
            #expect(try client.tunnels() == [before.0[0], before.0[2]])
            #expect(try client.sessions() == [before.1[0], before.1[2]])
            #expect(try pair.left.links().keys.sorted() == ["lo", "pw101", "pw103", SitePair.interface])
        }
    }
}
