import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// A tunnel of 500 sessions, which Linux 6.1 takes more than ten seconds to remove.
    @Suite(.sitePair)
    struct LargeTeardownTests {
        @Test func waitsForAllAndShowsProgress() throws {
            let count: UInt32 = 500
            let pair = try SitePair.current()
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            for number in 1...count { try client.createSession(.named("pw\(number)", number, in: 1)) }
            #expect(try client.sessions().count == Int(count))

            var reports: [DeletionProgress] = []
            try client.deleteTunnel(TunnelID(1)) { reports.append($0) }
            #expect(try client.tunnels() == [])
            #expect(try client.sessions() == [])
            #expect(try pair.left.links().keys.sorted() == ["lo", SitePair.interface])

            // Identifiers and names are free at once.
            try client.createTunnel(.udp(1))
            try client.createSession(.named("pw\(count)", count, in: 1))
            try client.deleteTunnel(TunnelID(1))

            // On Linux 6.11 and later all removals may be ahead of the first look in the queue for the RTNL lock: there
            // nothing but the unit tests of L2TPNetlink can require reports.
            if !Kernel.hasNamespaceWideSessions { try #require(!reports.isEmpty) }
            for report in reports {
                #expect(report.object == .tunnel(TunnelID(1)))
                #expect(report.elapsed < report.limit)
                #expect(report.limit == .seconds(10) + .milliseconds(200) * Int(count))
            }
            #expect(reports.map(\.elapsed) == reports.map(\.elapsed).sorted())
            let remaining = reports.map(\.remainingInterfaces)
            #expect(remaining.allSatisfy { (0...Int(count)).contains($0) })
            #expect(remaining == remaining.sorted(by: >))
        }
    }
}
