import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import NetlinkTestSupport
import SystemPackage
import Testing

/// Sessions that outlive their tunnel, and whose interfaces are not found under the names that sessions report.
@Suite("The end of sessions whose interfaces are not found")
struct UnseenSessionTests {
    typealias Release = FakeKernel.Release

    /// A kernel with tunnel 3000 and its sessions 1000…, which takes its time over deletions.
    private func kernel(_ release: Release = .linux6_12, sessionCount: UInt32 = 3) throws -> FakeKernel {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        for index in 0..<sessionCount { try client.createSession(.ethernet(1000 + index)) }
        kernel.behavior.deletionDelay = 2
        kernel.behavior.orphanDelay = 5
        kernel.behavior.linkRemovalDelay = 2
        kernel.forgetRequests()
        return kernel
    }

    /// Renames the interface of a session, or lets it move to another network namespace.
    private func lose(_ index: Int, of kernel: FakeKernel, byMoving moves: Bool = false) throws {
        guard moves else { return kernel.renameLink("l2tpeth\(index)", to: "lan\(index)") }
        kernel.removeLink(named: "l2tpeth\(index)")
    }

    /// What the kernel is for when a wait is too short, so that the other tests prove something.
    @Test("Without a wait the identifiers stay taken on Linux 6.12, although nothing shows the sessions")
    func orphans() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        try client.deleteTunnel(TunnelID(3000), waitingAtMost: .zero)
        while try client.tunnel(TunnelID(3000)) != nil {}
        #expect(try client.sessions() == [])
        #expect(try client.session(SessionID(1000), in: TunnelID(3000)) == nil)
        #expect(try client.session(interface: "l2tpeth0") == nil)
        #expect(kernel.links.map(\.name) == ["lo", "eth0", "l2tpeth0", "l2tpeth1", "l2tpeth2"])
        try client.createTunnel(.udp())
        #expect(failure { () throws(L2TPError) in try client.createSession(.ethernet(1000)) }?.reason == .exists)
    }

    @Test("A tunnel's session identifiers are free when the call returns", arguments: Release.allCases, [false, true])
    func tunnel(release: Release, moves: Bool) throws {
        let kernel = try kernel(release)
        for index in 0...2 { try lose(index, of: kernel, byMoving: moves) }
        var client = try L2TPClient(kernel.connector)
        var looks: [DeletionProgress] = []
        try client.deleteTunnel(TunnelID(3000)) { looks.append($0) }
        #expect(!looks.isEmpty)
        #expect(looks.allSatisfy { $0.object == .tunnel(TunnelID(3000)) && $0.remainingInterfaces == 0 })
        #expect(
            kernel.changeRequests.map(\.step) == [.sessionDelete, .sessionDelete, .sessionDelete, .tunnelDelete])
        try client.createTunnel(.udp())
        for id: UInt32 in 1000...1002 { try client.createSession(.ethernet(id)) }
    }

    @Test("Only the sessions that need it are deleted before the tunnel", arguments: Release.allCases)
    func some(release: Release) throws {
        let kernel = try kernel(release)
        try lose(1, of: kernel)
        var client = try L2TPClient(kernel.connector)
        try client.createSession(
            SessionSpecification(
                tunnelID: TunnelID(3000), id: SessionID(1003), peerID: SessionID(3), pseudowireType: .ppp))
        kernel.forgetRequests()
        try client.deleteTunnel(TunnelID(3000))
        #expect(kernel.changeRequests.map(\.step) == [.sessionDelete, .sessionDelete, .tunnelDelete])
        #expect(kernel.changeRequests.map(\.sessionID) == [SessionID(1001), SessionID(1003), nil])
        try client.createTunnel(.udp())
        for id: UInt32 in 1000...1003 { try client.createSession(.ethernet(id)) }
    }

    @Test("Where all interfaces are found, nothing is sent for their sessions", arguments: Release.allCases)
    func found(release: Release) throws {
        let kernel = try kernel(release)
        var client = try L2TPClient(kernel.connector)
        kernel.forgetRequests()
        try client.deleteTunnel(TunnelID(3000))
        let untilDeletion: [Step] = [.tunnelGet, .sessionDump, .link, .link, .link, .tunnelDelete]
        #expect(Array(kernel.requests.map(\.step).prefix(6)) == untilDeletion)
        #expect(kernel.changeRequests.map(\.step) == [.tunnelDelete])
        #expect(kernel.links.map(\.name) == ["lo", "eth0"])
        try client.createTunnel(.udp())
        for id: UInt32 in 1000...1002 { try client.createSession(.ethernet(id)) }

        kernel.forgetRequests()
        #expect(client.deleteTunnels([TunnelID(3000)]) == [nil])
        #expect(Array(kernel.requests.map(\.step).prefix(6)) == untilDeletion)
        #expect(kernel.changeRequests.map(\.step) == [.tunnelDelete])
    }

    @Test("A name that two sessions report is certain of neither", arguments: Release.allCases)
    func sharedName(release: Release) throws {
        let kernel = try kernel(release)
        try lose(0, of: kernel)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp(3001, port: 5001))
        try client.createSession(.ethernet(2000, in: 3001))
        #expect(try client.session(SessionID(2000), in: TunnelID(3001))?.interfaceName == "l2tpeth0")
        kernel.forgetRequests()
        #expect(client.deleteTunnels([TunnelID(3000), TunnelID(3001)]) == [nil, nil])
        let ends: [Step] = [.sessionDelete, .sessionDelete, .tunnelDelete, .tunnelDelete]
        #expect(kernel.changeRequests.map(\.step) == ends)
        try client.createTunnel(.udp())
        for id: UInt32 in [1000, 1001, 1002, 2000] { try client.createSession(.ethernet(id)) }
    }

    @Test("Many tunnels at a time", arguments: Release.allCases)
    func manyTunnels(release: Release) throws {
        let kernel = try kernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp(3001, port: 5001))
        try client.createSession(.ethernet(2000, in: 3001))
        try client.createTunnel(.udp(3002, port: 5002))
        try client.createSession(.ethernet(2001, in: 3002))
        try lose(0, of: kernel)
        kernel.forgetRequests()
        #expect(client.deleteTunnels([TunnelID(3000), TunnelID(3001)]) == [nil, nil])
        #expect(kernel.changeRequests.map(\.step) == [.sessionDelete, .tunnelDelete, .tunnelDelete])
        #expect(kernel.sessions.map(\.id) == [SessionID(2001)])
        try client.createTunnel(.udp())
        for id: UInt32 in 1000...1002 { try client.createSession(.ethernet(id)) }
        try client.createSession(.ethernet(2000))
    }

    @Test("A session is gone when the call returns", arguments: Release.allCases, [false, true])
    func session(release: Release, moves: Bool) throws {
        let kernel = try kernel(release)
        try lose(0, of: kernel, byMoving: moves)
        try lose(1, of: kernel, byMoving: moves)
        var client = try L2TPClient(kernel.connector)
        try client.deleteSession(SessionID(1000), in: TunnelID(3000))
        try client.createSession(.ethernet(1000))
        #expect(client.deleteSessions([SessionKey(SessionID(1001), in: TunnelID(3000))]) == [nil])
        try client.createSession(.ethernet(1001))
    }

    @Test("The tunnel goes even if the end of its sessions is not seen, which is said")
    func unended() throws {
        for isTimeout in [true, false] {
            let kernel = try kernel()
            try lose(0, of: kernel)
            var client = try L2TPClient(kernel.connector)
            try client.createTunnel(.udp(3001, port: 5001))
            kernel.forgetRequests()
            if isTimeout {
                kernel.behavior.deletionDelay = .max
            } else {
                // The first look verifies the session.
                kernel.inject(.refuse(.noMemory), at: .sessionGet, after: 1)
            }
            let error = failure { () throws(L2TPError) in
                try client.deleteTunnel(TunnelID(3000), waitingAtMost: isTimeout ? .milliseconds(20) : nil)
            }
            #expect(error?.reason == (isTimeout ? .timedOut : .unconfirmed))
            #expect(error?.object == .tunnel(TunnelID(3000)))
            #expect(error?.errno == (isTimeout ? nil : .noMemory))
            #expect(kernel.changeRequests.map(\.step) == [.sessionDelete, .tunnelDelete])
        }
    }

    @Test("Of many tunnels that is said of those whose sessions they are")
    func unendedOfMany() throws {
        let kernel = try kernel()
        try lose(0, of: kernel)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp(3001, port: 5001))
        kernel.inject(.refuse(.noMemory), at: .sessionGet, after: 1)
        let outcomes = client.deleteTunnels([TunnelID(3000), TunnelID(3001)])
        #expect(outcomes.map { $0?.reason } == [.unconfirmed, nil])
        #expect(outcomes[0]?.object == .tunnel(TunnelID(3000)))
        #expect(kernel.tunnels.isEmpty)
    }

    @Test("A session that cannot be deleted by itself goes with its tunnel")
    func refused() throws {
        let kernel = try kernel()
        try lose(0, of: kernel)
        kernel.inject(.refuse(.noMemory), at: .sessionDelete)
        var client = try L2TPClient(kernel.connector)
        try client.deleteTunnel(TunnelID(3000))
        #expect(kernel.tunnels.isEmpty && kernel.sessions.isEmpty)
    }

    @Test("Without a wait only the tunnel is deleted")
    func notWaiting() throws {
        let kernel = try kernel()
        for index in 0...2 { try lose(index, of: kernel) }
        var client = try L2TPClient(kernel.connector)
        try client.deleteTunnel(TunnelID(3000), waitingAtMost: .zero)
        #expect(kernel.changeRequests.map(\.step) == [.tunnelDelete])
    }
}
