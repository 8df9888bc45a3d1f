import L2TPModel
import L2TPNetlink
import L2TPWire
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
            // nothing to report: see LargeTeardownTests.
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
            let isGone = try eventually { try client.tunnels() == [] && client.sessions() == [] }
            #expect(isGone)
        }

        /// Without a wait the call returns when the kernel has agreed.
        @Test func needNotBeWaitedFor() throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            for number: UInt32 in 1...20 { try client.createSession(.unnamed(number, in: 1)) }
            try client.deleteTunnel(TunnelID(1), waitingAtMost: .zero)
            let isGone = try eventually { try client.tunnels() == [] && client.sessions() == [] }
            #expect(isGone)
        }

        /// Other tunnels with their sessions stay.
        @Test func nothingElse() throws {
            var client = try pair.left.client()
            for number: UInt32 in 1...3 {
                try client.createTunnel(.udp(number))
                try client.createSession(.named("pw\(number)", number, in: number))
            }
            let before = try (client.tunnels(), client.sessions())
            try client.deleteTunnel(TunnelID(2))
            #expect(try client.tunnels() == [before.0[0], before.0[2]])
            #expect(try client.sessions() == [before.1[0], before.1[2]])
            #expect(try pair.left.links().keys.sorted() == ["lo", "pw1", "pw3", SitePair.interface])
        }
    }
}
