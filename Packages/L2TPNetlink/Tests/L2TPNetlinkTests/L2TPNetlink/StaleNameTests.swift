import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// The kernel reports the name an interface had when it was created. Once it is renamed, another session's interface
/// may get that name, and two sessions report the same.
@Suite struct StaleNameTests {
    typealias Release = FakeKernel.Release

    /// A kernel with tunnels 3000 and 3001 and as many sessions in each, of which those of the first have renamed
    /// interfaces: `l2tpeth0`… are those of the second, but all report these names.
    private func kernel(_ release: Release, sessionCount: UInt32) throws -> FakeKernel {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createTunnel(.udp(3001, port: 5001))
        for index in 0..<sessionCount { try client.createSession(.ethernet(1000 + index)) }
        for index in 0..<sessionCount { kernel.renameLink("l2tpeth\(index)", to: "lan\(index)") }
        for index in 0..<sessionCount { try client.createSession(.ethernet(2000 + index, in: 3001)) }
        #expect(kernel.sessions.map(\.interfaceName).count == 2 * Int(sessionCount))
        #expect(Set(kernel.sessions.map(\.interfaceName)).count == Int(sessionCount))
        kernel.forgetRequests()
        return kernel
    }

    /// The deletion returns at once: it does not wait for the other session's interface.
    @Test(arguments: Release.allCases)
    func ofASession(release: Release) throws {
        let kernel = try kernel(release, sessionCount: 1)
        var client = try L2TPClient(kernel.connector)
        var looks = 0
        try client.deleteSession(SessionID(1000), in: TunnelID(3000)) { _ in looks += 1 }
        #expect(looks == 0)
        #expect(kernel.changeRequests.map(\.step) == [.sessionDelete])
        #expect(kernel.sessions.map(\.id.rawValue) == [2000])
        #expect(kernel.links.map(\.name) == ["lo", "eth0", "l2tpeth0"])
    }

    /// The other way round the interface is the session's own, and its end is waited for.
    @Test(arguments: Release.allCases)
    func ofTheSessionThatHasTheName(release: Release) throws {
        let kernel = try kernel(release, sessionCount: 1)
        kernel.behavior.deletionDelay = 2
        var client = try L2TPClient(kernel.connector)
        var looks = 0
        try client.deleteSession(SessionID(2000), in: TunnelID(3001)) { _ in looks += 1 }
        #expect(looks >= 1)
        #expect(kernel.sessions.map(\.id.rawValue) == [1000])
        #expect(kernel.links.map(\.name) == ["lo", "eth0", "lan0"])
    }

    /// Up to four interfaces are asked for one by one, more by a list of all sessions. The sessions go before the tunnel,
    /// for the interfaces of their names do not show their end.
    @Test(arguments: Release.allCases, [1, 4, 5, 9] as [UInt32])
    func ofATunnel(release: Release, sessionCount: UInt32) throws {
        let kernel = try kernel(release, sessionCount: sessionCount)
        var client = try L2TPClient(kernel.connector)
        var looks = 0
        try client.deleteTunnel(TunnelID(3000)) { _ in looks += 1 }
        #expect(looks == 0)
        let sessionDeletions = [Step](repeating: .sessionDelete, count: Int(sessionCount))
        #expect(kernel.changeRequests.map(\.step) == sessionDeletions + [.tunnelDelete])
        #expect(kernel.sessions.map(\.id.rawValue) == (0..<sessionCount).map { 2000 + $0 })
        #expect(kernel.links.map(\.name) == ["lo", "eth0"] + (0..<sessionCount).map { "l2tpeth\($0)" })
        let deletion = try #require(kernel.requests.firstIndex { $0.step == .tunnelDelete })
        let afterwards = kernel.requests[deletion...].map(\.step)
        #expect(afterwards.contains(.sessionDump) == (sessionCount > 4))
        #expect(afterwards.contains(.sessionGet) == (sessionCount <= 4))
    }

    /// Both sessions in the same tunnel: the interface is the younger's, which goes too and is waited for.
    @Test(arguments: Release.allCases)
    func withinATunnel(release: Release) throws {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createSession(.ethernet(1000))
        kernel.renameLink("l2tpeth0", to: "lan0")
        try client.createSession(.ethernet(1001))
        #expect(kernel.sessions.map(\.interfaceName) == ["l2tpeth0", "l2tpeth0"])
        try client.deleteSession(SessionID(1000), in: TunnelID(3000))
        #expect(kernel.sessions.map(\.id.rawValue) == [1001])
        #expect(kernel.links.map(\.name) == ["lo", "eth0", "l2tpeth0"])
        try client.deleteTunnel(TunnelID(3000))
        #expect(kernel.links.map(\.name) == ["lo", "eth0"])
    }

    /// An interface of another kind that has inherited the name, as a bridge, is nobody's.
    @Test func inheritedByAnotherKindOfInterface() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createSession(.ethernet())
        kernel.renameLink("l2tpeth0", to: "lan0")
        kernel.addLink(named: "l2tpeth0", kind: "bridge")
        var looks = 0
        try client.deleteSession(SessionID(1000), in: TunnelID(3000)) { _ in looks += 1 }
        #expect(looks == 0)
        #expect(kernel.links.map(\.name) == ["lo", "eth0", "l2tpeth0"])
    }
}
