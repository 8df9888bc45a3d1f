import L2TPModel
import L2TPNetlink
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct ManyDeletionsTests {
    /// A kernel with tunnels 1… over UDP, each with sessions 1….
    private func kernel(
        _ release: FakeKernel.Release = .linux6_12, tunnels: UInt32 = 3, sessions: UInt32 = 4
    ) throws -> FakeKernel {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        for tunnel in 1...tunnels {
            try client.createTunnel(.udp(tunnel, port: UInt16(5000 + tunnel)))
            for session in 1...sessions {
                try client.createSession(.ethernet(session, in: tunnel, interface: "pw\(tunnel)-\(session)"))
            }
        }
        kernel.forgetRequests()
        return kernel
    }

    private func key(_ id: UInt32, in tunnelID: UInt32) -> SessionKey {
        SessionKey(SessionID(id), in: TunnelID(tunnelID))
    }

    private func keys(of kernel: FakeKernel) -> [String] { kernel.sessions.map { "\($0.tunnelID)/\($0.id)" } }

    @Test(
        "Sessions are gone when the call returns, and no others", arguments: FakeKernel.Release.allCases, [0, 1, 5])
    func sessions(release: FakeKernel.Release, delay: Int) throws {
        let kernel = try kernel(release, tunnels: 1, sessions: 100)
        kernel.behavior.deletionDelay = delay
        kernel.behavior.linkRemovalDelay = delay
        var client = try L2TPClient(kernel.connector)
        var looks: [DeletionProgress] = []
        let outcomes = client.deleteSessions((1...90).map { key($0, in: 1) }) { looks.append($0) }
        #expect(outcomes == [L2TPError?](repeating: nil, count: 90))
        #expect(looks.count >= delay)
        #expect(looks.allSatisfy { $0.object == .sessions && $0.limit == .seconds(28) && $0.remainingInterfaces <= 90 })
        #expect(kernel.sessions.map(\.id.rawValue) == Array(91...100))
        #expect(kernel.links.count == 2 + 10)
        #expect(kernel.changeRequests.count == 90)
    }

    @Test("Tunnels go with their sessions, waited for once", arguments: FakeKernel.Release.allCases, [0, 1, 5])
    func tunnels(release: FakeKernel.Release, delay: Int) throws {
        let kernel = try kernel(release)
        kernel.behavior.deletionDelay = delay
        kernel.behavior.linkRemovalDelay = delay
        var client = try L2TPClient(kernel.connector)
        var looks: [DeletionProgress] = []
        let outcomes = client.deleteTunnels([TunnelID(1), TunnelID(9), TunnelID(3), TunnelID(1)]) { looks.append($0) }
        #expect(outcomes.map { $0?.reason } == [nil, .notFound, nil, .notFound])
        #expect(outcomes[1]?.description == "cannot delete tunnel 9: there is no such tunnel (ENODEV)")
        #expect(looks.count >= delay)
        #expect(looks.allSatisfy { $0.object == .tunnels && $0.limit == .milliseconds(11_600) })
        #expect(kernel.changeRequests.map(\.step) == [.tunnelDelete, .tunnelDelete])
        #expect(keys(of: kernel) == ["2/1", "2/2", "2/3", "2/4"])
    }

    /// On Linux 6.12 all but the newest tunnel's sessions are hidden by others of their identifiers.
    @Test("Only the sessions that are meant go, hidden ones too", arguments: FakeKernel.Release.allCases)
    func hiddenSessions(release: FakeKernel.Release) throws {
        let kernel = try kernel(release)
        kernel.behavior.hidesOlderSessions = release == .linux6_12
        var client = try L2TPClient(kernel.connector)
        #expect(client.deleteSessions([key(1, in: 1), key(2, in: 3), key(3, in: 2)]) == [nil, nil, nil])
        #expect(
            keys(of: kernel) == ["1/2", "1/3", "1/4", "2/1", "2/2", "2/4", "3/1", "3/3", "3/4"])
    }

    @Test("Each session has the error that the single call throws", arguments: FakeKernel.Release.allCases)
    func sameErrors(release: FakeKernel.Release) throws {
        let kernel = try kernel(release)
        var client = try L2TPClient(kernel.connector)
        let wanted = [key(1, in: 1), key(9, in: 1), key(1, in: 9), key(1, in: 1)]
        let outcomes = client.deleteSessions(wanted)
        #expect(outcomes[0] == nil)
        for (outcome, key) in zip(outcomes, wanted).dropFirst() {
            let single = failure { () throws(L2TPError) in try client.deleteSession(key.id, in: key.tunnelID) }
            #expect(outcome == single)
        }
        #expect(outcomes.dropFirst().allSatisfy { $0?.reason == .notFound })
    }

    @Test("A refusal is one session's")
    func refusal() throws {
        let kernel = try kernel(tunnels: 1)
        var client = try L2TPClient(kernel.connector)
        kernel.fail(.sessionDelete, with: .noMemory)
        let outcomes = client.deleteSessions((1...4).map { key($0, in: 1) })
        #expect(outcomes.map { $0?.errno } == [.noMemory, nil, nil, nil])
        #expect(keys(of: kernel) == ["1/1"])
    }

    @Test("An answer that is lost does not hide whether the session is gone", arguments: [Fault.overflow, .drop])
    func lostAnswer(fault: Fault) throws {
        let kernel = try kernel(tunnels: 1)
        var client = try L2TPClient(kernel.connector)
        kernel.inject(fault, at: .sessionDelete)
        #expect(client.deleteSessions((1...4).map { key($0, in: 1) }) == [nil, nil, nil, nil])
        #expect(kernel.sessions.isEmpty)
        kernel.inject(fault, at: .tunnelDelete)
        #expect(client.deleteTunnels([TunnelID(1)]) == [nil])
        #expect(kernel.tunnels.isEmpty)
    }

    @Test("What never goes is said of each")
    func timeout() throws {
        let kernel = try kernel(tunnels: 2)
        kernel.behavior.deletionDelay = .max
        kernel.behavior.linkRemovalDelay = .max
        var client = try L2TPClient(kernel.connector)
        let sessions = client.deleteSessions([key(1, in: 1), key(2, in: 1)], waitingAtMost: .milliseconds(20))
        #expect(sessions.map { $0?.reason } == [.timedOut, .timedOut])
        #expect(sessions.map { $0?.object } == [key(1, in: 1), key(2, in: 1)].map { .session($0.id, in: $0.tunnelID) })
        let tunnels = client.deleteTunnels([TunnelID(1), TunnelID(2)], waitingAtMost: .milliseconds(20))
        #expect(tunnels.map { $0?.object } == [.tunnel(TunnelID(1)), .tunnel(TunnelID(2))])
        #expect(tunnels.map { $0?.reason } == [.timedOut, .timedOut])
    }

    @Test("Without a wait the deletions are the last that the kernel is asked")
    func notWaiting() throws {
        let kernel = try kernel(tunnels: 2)
        kernel.behavior.deletionDelay = .max
        var client = try L2TPClient(kernel.connector)
        #expect(client.deleteSessions([key(1, in: 1), key(2, in: 1)], waitingAtMost: .zero) == [nil, nil])
        #expect(kernel.requests.last?.step == .sessionDelete)
        #expect(client.deleteTunnels([TunnelID(1), TunnelID(2)], waitingAtMost: .zero) == [nil, nil])
        #expect(kernel.requests.last?.step == .tunnelDelete)
    }
}
