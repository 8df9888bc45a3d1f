import L2TPApply
import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

/// What is attempted again once something has been changed.
@Suite struct RetryTests {
    /// A tunnel that is not in the base.
    private static let fresh = TunnelConfiguration(
        name: "fresh",
        specification: TunnelSpecification(
            id: TunnelID(30), peerID: TunnelID(31), local: KnownValue.address("192.0.2.1"),
            peer: KnownValue.address("192.0.2.30"),
            encapsulation: .udp(UDPParameters(sourcePort: 6000, destinationPort: 6001))))

    @Test("What somebody else creates between two attempts is not taken for ours", .timeLimit(.minutes(2)))
    func betweenAttempts() throws {
        let host = try Host()
        try host.apply(Example.base)
        let before = HostState(host)
        let after = Example.base { configuration in
            configuration["spare"].sessions.removeLast()
            configuration.tunnels.append(Self.fresh)
        }
        host.home.fail(.tunnelCreate, with: .fileExists)
        var attemptCount = 0
        do throws(ApplyError) {
            try host.apply(after, isCancelled: { false }) { progress in
                guard progress.activity == .creatingTunnels else { return }
                attemptCount += 1
                if attemptCount == 2 { host.meddle(Configuration(tunnels: [Self.fresh])) }
            }
            Issue.record("somebody else's tunnel was taken for ours")
        } catch {
            #expect(error.errno == .fileExists)
            #expect(error.outcome == .rolledBack)
        }
        #expect(attemptCount >= 2)
        #expect(host.home.tunnels.contains { $0.id == TunnelID(30) })
        var state = HostState(host)
        state.tunnels.removeAll { $0.id == TunnelID(30) }
        #expect(state.differences(from: before) == [])
    }

    @Test("What stays refused is not asked for during all of the time to wait", .timeLimit(.minutes(2)))
    func bounded() throws {
        let host = try Host()
        try host.apply(Example.base)
        let before = HostState(host)
        let after = Example.base { configuration in
            configuration["spare"].sessions.removeLast()
            configuration.tunnels.append(Self.fresh)
        }
        host.home.fail(.tunnelCreate, with: .networkUnreachable, times: 1_000_000)
        let start = ContinuousClock.now
        let error = try #require(host.failure(after, waitingAtMost: .seconds(100)))
        #expect(start.duration(to: .now) < .seconds(30))
        #expect(error.errno == .networkUnreachable)
        #expect(error.outcome == .rolledBack)
        #expect(HostState(host).differences(from: before) == [])
    }

    @Test(
        "What was just deleted is given more than one attempt, also if all the time for it is over",
        .timeLimit(.minutes(2)))
    func standstill() throws {
        let host = try Host()
        try host.apply(Example.base)
        host.patience = 0
        let after = Example.base { configuration in
            configuration["spare"].sessions.removeLast()
            configuration.tunnels.append(Self.fresh)
        }
        host.home.fail(.tunnelCreate, with: .fileExists, times: 2)
        try host.apply(after)
        #expect(host.home.tunnels.contains { $0.id == TunnelID(30) })
        #expect(host.home.changeRequests.count { $0.step == .tunnelCreate } >= 3)
    }
}
