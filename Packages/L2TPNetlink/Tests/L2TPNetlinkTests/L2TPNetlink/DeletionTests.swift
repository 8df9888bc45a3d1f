import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct DeletionTests {
    typealias Release = FakeKernel.Release

    /// A kernel with tunnel 3000 over UDP and its sessions 1000….
    private func kernel(_ release: Release = .linux6_12, sessionCount: UInt32 = 1) throws -> FakeKernel {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        for index in 0..<sessionCount { try client.createSession(.ethernet(1000 + index)) }
        kernel.forgetRequests()
        return kernel
    }

    // MARK: Waiting

    @Test(arguments: Release.allCases, [0, 1, 5])
    func aTunnelIsGoneWhenTheCallReturns(release: Release, delay: Int) throws {
        let kernel = try kernel(release, sessionCount: 3)
        kernel.behavior.deletionDelay = delay
        kernel.behavior.linkRemovalDelay = delay
        var client = try L2TPClient(kernel.connector)
        var looks: [DeletionProgress] = []
        try client.deleteTunnel(TunnelID(3000)) { looks.append($0) }
        #expect(kernel.changeRequests.map(\.step) == [.tunnelDelete])
        #expect(looks.count >= delay)
        #expect(looks.allSatisfy { $0.object == .tunnel(TunnelID(3000)) && $0.limit == .milliseconds(10_600) })
        #expect(looks.allSatisfy { $0.remainingInterfaces <= 3 && $0.elapsed < $0.limit })
        // The identifier, the port and the names are free.
        try client.createTunnel(.udp())
        try client.createSession(.ethernet(interface: "l2tpeth0"))
    }

    @Test(arguments: Release.allCases, [0, 1, 5])
    func aSessionIsGoneWhenTheCallReturns(release: Release, delay: Int) throws {
        let kernel = try kernel(release)
        kernel.behavior.deletionDelay = delay
        kernel.behavior.linkRemovalDelay = delay
        var client = try L2TPClient(kernel.connector)
        var looks: [DeletionProgress] = []
        try client.deleteSession(SessionID(1000), in: TunnelID(3000)) { looks.append($0) }
        #expect(kernel.changeRequests.map(\.step) == [.sessionDelete])
        #expect(looks.count >= delay)
        try client.createSession(.ethernet(interface: "l2tpeth0"))
    }

    @Test func aTunnelThatNeverGoes() throws {
        let kernel = try kernel(sessionCount: 2)
        kernel.behavior.deletionDelay = .max
        kernel.behavior.linkRemovalDelay = .max
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in
            try client.deleteTunnel(TunnelID(3000), waitingAtMost: .milliseconds(20))
        }
        #expect(error?.reason == .timedOut)
        #expect(error?.errno == nil)
        #expect(
            error?.description == """
                cannot delete tunnel 3000: the kernel accepted the deletion, but it is still there after 0.02 seconds
                """)
    }

    @Test func interfacesThatNeverGo() throws {
        let kernel = try kernel(sessionCount: 2)
        kernel.behavior.linkRemovalDelay = .max
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in
            try client.deleteTunnel(TunnelID(3000), waitingAtMost: .milliseconds(20))
        }
        #expect(error?.reason == .timedOut)
        #expect(error?.explanation.contains("but 2 of its interfaces are still there after") == true)
        let tunnels = try client.tunnels()
        #expect(tunnels.isEmpty)
    }

    @Test func aSessionThatNeverGoes() throws {
        let kernel = try kernel()
        kernel.behavior.deletionDelay = .max
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in
            try client.deleteSession(SessionID(1000), in: TunnelID(3000), waitingAtMost: .milliseconds(5))
        }
        #expect(error?.reason == .timedOut)
        #expect(error?.object == .session(SessionID(1000), in: TunnelID(3000)))
    }

    /// Without a wait the deletion is the last that the kernel is asked.
    @Test(arguments: [Duration.zero, .seconds(-1)], [Step.tunnelDelete, .sessionDelete])
    func notWaitingAtAll(limit: Duration, step: Step) throws {
        let kernel = try kernel(sessionCount: 2)
        kernel.behavior.deletionDelay = .max
        kernel.behavior.linkRemovalDelay = .max
        var client = try L2TPClient(kernel.connector)
        var looks: [DeletionProgress] = []
        if step == .tunnelDelete {
            try client.deleteTunnel(TunnelID(3000), waitingAtMost: limit) { looks.append($0) }
        } else {
            try client.deleteSession(SessionID(1000), in: TunnelID(3000), waitingAtMost: limit) { looks.append($0) }
        }
        #expect(looks.isEmpty)
        #expect(kernel.requests.last?.step == step)
        // It is still to be seen.
        let sessions = try client.sessions()
        #expect(sessions.count == 2)
        #expect(kernel.links.count == 4)
    }

    /// Between a deletion and its end the kernel refuses what needs the identifier.
    @Test func whileATunnelGoesItsIdentifierIsTaken() throws {
        let kernel = try kernel()
        kernel.behavior.deletionDelay = .max
        var client = try L2TPClient(kernel.connector)
        try client.deleteTunnel(TunnelID(3000), waitingAtMost: .zero)
        #expect(failure { () throws(L2TPError) in try client.createTunnel(.udp()) }?.reason == .exists)
        let inside = failure { () throws(L2TPError) in try client.createSession(.ethernet(7)) }
        #expect(inside?.reason == .notFound)
        #expect(inside?.explanation == "tunnel 3000 is being deleted")
    }

    // MARK: What is not there

    @Test func aTunnelThatIsNotThere() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in try client.deleteTunnel(TunnelID(9)) }
        #expect(error?.reason == .notFound)
        #expect(error?.description == "cannot delete tunnel 9: there is no such tunnel (ENODEV)")
        #expect(kernel.changeRequests.isEmpty)
    }

    @Test func aSessionThatIsNotThere() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        let noSession = failure { () throws(L2TPError) in try client.deleteSession(SessionID(9), in: TunnelID(3000)) }
        #expect(noSession?.reason == .notFound)
        #expect(noSession?.description == "cannot delete session 9 in tunnel 3000: there is no such session (ENODEV)")
        let noTunnel = failure { () throws(L2TPError) in try client.deleteSession(SessionID(9), in: TunnelID(1)) }
        #expect(noTunnel?.description == "cannot delete session 9 in tunnel 1: there is no tunnel 1 (ENODEV)")
        #expect(kernel.changeRequests.isEmpty)
    }

    @Test(arguments: [Step.tunnelDelete, .sessionDelete])
    func somebodyElseWasFaster(step: Step) throws {
        let kernel = try kernel()
        kernel.fail(step, with: .operationNotSupportedByDevice)
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in
            if step == .tunnelDelete {
                try client.deleteTunnel(TunnelID(3000))
            } else {
                try client.deleteSession(SessionID(1000), in: TunnelID(3000))
            }
        }
        #expect(error?.operation == .delete)
        #expect(error?.reason == .notFound)
        #expect(error?.explanation == "it does not exist")
    }

    // MARK: The right session

    /// Linux 6.12 would delete session 31 of tunnel 3000 when asked for that of tunnel 3001.
    @Test(arguments: Release.allCases)
    func anotherTunnelsSessionIsLeftAlone(release: Release) throws {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createTunnel(.udp(3001, port: 5001))
        try client.createSession(.ethernet(31))
        kernel.forgetRequests()
        let read = try client.session(SessionID(31), in: TunnelID(3001))
        #expect(read == nil)
        let error = failure { () throws(L2TPError) in try client.deleteSession(SessionID(31), in: TunnelID(3001)) }
        #expect(error?.reason == .notFound)
        #expect(error?.explanation == "there is no such session")
        #expect(kernel.changeRequests.isEmpty)
        #expect(kernel.sessions.map(\.tunnelID.rawValue) == [3000])
        // Nor does it stand in the way of a session of that identifier.
        try client.createSession(.ethernet(31, in: 3001))
        try client.deleteSession(SessionID(31), in: TunnelID(3001))
        #expect(kernel.sessions.map(\.tunnelID.rawValue) == [3000])
    }

    /// Of two sessions of the same identifiers the newer goes, and the older comes to light.
    @Test func theSameIdentifierTwiceInOneTunnel() throws {
        let kernel = try kernel()
        kernel.behavior.deletionDelay = 2
        kernel.behavior.linkRemovalDelay = 2
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.createRawSession()
        var client = try L2TPClient(kernel.connector)
        let shown = try client.sessions().map(\.interfaceName)
        #expect(shown == ["l2tpeth1"])
        try client.deleteSession(SessionID(1000), in: TunnelID(3000))
        let rest = try client.sessions().map(\.interfaceName)
        #expect(rest == ["l2tpeth0"])
        #expect(kernel.links.map(\.name) == ["lo", "eth0", "l2tpeth0"])
        try client.deleteSession(SessionID(1000), in: TunnelID(3000))
        #expect(kernel.sessions.isEmpty)
    }

    /// A kernel whose sessions 31 of tunnels 3001 and 3000 cannot be told apart by their identifiers.
    private func hidingKernel(_ older: SessionSpecification, _ newer: SessionSpecification) throws -> FakeKernel {
        let kernel = FakeKernel()
        kernel.behavior.hidesOlderSessions = true
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createTunnel(.udp(3001, port: 5001))
        try client.createSession(older)
        // So that the other interface may have the same name.
        if let name = older.interfaceName?.text { kernel.renameLink(name, to: "renamed") }
        try client.createSession(newer)
        kernel.forgetRequests()
        return kernel
    }

    /// The interface's name selects the right one.
    @Test func aHiddenSessionIsDeletedByItsInterface() throws {
        let kernel = try hidingKernel(.ethernet(31, in: 3001, interface: "lan1"), .ethernet(31, interface: "lan0"))
        var client = try L2TPClient(kernel.connector)
        let read = try client.session(SessionID(31), in: TunnelID(3001))
        #expect(read?.interfaceName == "lan1")
        try client.deleteSession(SessionID(31), in: TunnelID(3001))
        #expect(kernel.changeRequests.map(\.interfaceName) == ["lan1"])
        #expect(kernel.changeRequests.map(\.sessionID) == [nil])
        #expect(kernel.sessions.map(\.tunnelID.rawValue) == [3000])
    }

    private func expectAmbiguity(_ kernel: FakeKernel) throws {
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in try client.deleteSession(SessionID(31), in: TunnelID(3001)) }
        #expect(error?.reason == .ambiguous)
        #expect(
            error?.description == """
                cannot delete session 31 in tunnel 3001: the kernel finds another tunnel's session 31 instead, and \
                would delete that one
                  delete the whole tunnel 3001, or the other session first
                """)
        #expect(kernel.changeRequests.isEmpty)
        #expect(kernel.sessions.count == 2)
    }

    @Test func aSessionWhoseNameIsAmbiguousTooIsLeftAlone() throws {
        try expectAmbiguity(
            try hidingKernel(.ethernet(31, in: 3001, interface: "lan"), .ethernet(31, interface: "lan")))
    }

    @Test func aSessionWithoutANameIsLeftAlone() throws {
        let kernel = FakeKernel()
        kernel.behavior.hidesOlderSessions = true
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createTunnel(.udp(3001, port: 5001))
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.createRawSession(31, in: 3001, type: 7)
        try client.createSession(.ethernet(31))
        kernel.forgetRequests()
        try expectAmbiguity(kernel)
    }
}
