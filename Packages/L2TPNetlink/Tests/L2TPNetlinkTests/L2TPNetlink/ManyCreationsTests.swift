import L2TPModel
import L2TPNetlink
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct ManyCreationsTests {
    private typealias Release = FakeKernel.Release

    private func kernel(_ release: FakeKernel.Release = .linux6_12) throws -> FakeKernel {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        kernel.forgetRequests()
        return kernel
    }

    private func sessions(_ count: UInt32) -> [SessionSpecification] {
        (0..<count).map { .ethernet(1000 + $0, interface: "pw\($0)") }
    }

    @Test("No objects: nothing is asked")
    func none() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        kernel.forgetRequests()
        #expect(client.createTunnels([]).isEmpty && client.createSessions([]).isEmpty)
        #expect(client.deleteTunnels([]).isEmpty && client.deleteSessions([]).isEmpty)
        #expect(try client.sessions([SessionKey]()).isEmpty && client.tunnels([TunnelID]()).isEmpty)
        #expect(kernel.requests.isEmpty)
    }

    @Test("Many sessions are created in the order given", arguments: FakeKernel.Release.allCases)
    func manySessions(release: FakeKernel.Release) throws {
        let kernel = try kernel(release)
        var client = try L2TPClient(kernel.connector)
        let wanted = sessions(500)
        #expect(client.createSessions(wanted) == [L2TPError?](repeating: nil, count: 500))
        #expect(kernel.sessions.map(\.id) == wanted.map(\.id))
        // What there is already is known before the first is created: a list tells it at once.
        let steps = kernel.requests.map(\.step)
        let first = try #require(steps.firstIndex(of: .sessionCreate))
        #expect(steps[..<first].count { $0 == .sessionDump } == 1)
        #expect(steps[..<first].count { $0 == .sessionGet } == 0)
        #expect(steps[first...].allSatisfy { $0 == .sessionCreate })
    }

    @Test("Where the list would be long, every session is looked for", arguments: FakeKernel.Release.allCases)
    func manyExist(release: FakeKernel.Release) throws {
        let kernel = try kernel(release)
        var client = try L2TPClient(kernel.connector)
        #expect(client.createSessions(sessions(150)).allSatisfy { $0 == nil })
        kernel.forgetRequests()
        let errors = client.createSessions(sessions(200))
        #expect(errors.prefix(150).allSatisfy { $0?.reason == .exists })
        #expect(errors.dropFirst(150).allSatisfy { $0 == nil })
        let steps = kernel.requests.map(\.step)
        #expect(steps.count { $0 == .sessionGet } == 200)
        #expect(steps.count { $0 == .sessionCreate } == 50)
    }

    @Test("A short list tells which of many exist", arguments: FakeKernel.Release.allCases)
    func fewExist(release: FakeKernel.Release) throws {
        let kernel = try kernel(release)
        var client = try L2TPClient(kernel.connector)
        #expect(client.createSessions(sessions(20)).allSatisfy { $0 == nil })
        let single = client.createSessions([sessions(20)[19]])
        kernel.forgetRequests()
        let errors = client.createSessions(sessions(100))
        #expect(errors.prefix(20).allSatisfy { $0?.reason == .exists })
        #expect(errors[19] == single[0])
        #expect(errors.dropFirst(20).allSatisfy { $0 == nil })
        #expect(kernel.requests.count { $0.step == .sessionGet } == 0)
    }

    @Test("Where the list cannot be read, every session is looked for")
    func listFails() throws {
        let kernel = try kernel()
        kernel.fail(.sessionDump, with: .noMemory)
        var client = try L2TPClient(kernel.connector)
        #expect(client.createSessions(sessions(100)).allSatisfy { $0 == nil })
        #expect(kernel.requests.count { $0.step == .sessionGet } == 100)
    }

    @Test("Sessions that are read again and again are the same, one by one or listed")
    func refreshing() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        #expect(client.createSessions(sessions(100)).allSatisfy { $0 == nil })
        let keys = Array(sessions(101).map(\.key).reversed())
        let expected = try client.sessions(keys)
        kernel.forgetRequests()
        for _ in 0..<4 {
            let found = try client.sessions(refreshing: keys)
            #expect(found == expected)
        }
        // Both ways were tried.
        let steps = kernel.requests.map(\.step)
        #expect(steps.contains(.sessionDump) && steps.contains(.sessionGet))
    }

    @Test(
        "The receive buffer never overflows, whatever its size", arguments: [2304, 5000, 20_000, 212_992])
    func windowIsBounded(byteCount: Int) throws {
        let kernel = try kernel()
        kernel.behavior.receiveBufferByteCount = byteCount
        var client = try L2TPClient(kernel.connector)
        #expect(client.createSessions(sessions(300)).allSatisfy { $0 == nil })
        let found = try client.sessions(sessions(300).map(\.key))
        #expect(found.allSatisfy { $0 != nil })
        // 2304 is the least that Linux gives (SOCK_MIN_RCVBUF).
        #expect(kernel.mostReceiveBufferBytes <= byteCount)
        #expect(kernel.requests.count { $0.step == .sessionCreate } == 300)
    }

    @Test("Each session has the error that the single call throws")
    func sameErrors() throws {
        let wanted: [SessionSpecification] = [
            .ethernet(1), .ethernet(0), .ethernet(2, in: 9), .ethernet(77), .ethernet(3, interface: "eth0"),
            .ethernet(4),
        ]
        var single: [L2TPError?] = []
        for session in wanted {
            let kernel = try kernel()
            var client = try L2TPClient(kernel.connector)
            try client.createSession(.ethernet(77))
            single.append(failure { () throws(L2TPError) in try client.createSession(session) })
        }
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet(77))
        #expect(client.createSessions(wanted) == single)
        #expect(single.map { $0?.reason } == [nil, .invalid, .notFound, .exists, .exists, nil])
        #expect(kernel.sessions.map(\.id.rawValue) == [77, 1, 4])
    }

    @Test("What stands in the list twice is created once", arguments: FakeKernel.Release.allCases)
    func repetitions(release: FakeKernel.Release) throws {
        let kernel = try kernel(release)
        var client = try L2TPClient(kernel.connector)
        let outcomes = client.createSessions([.ethernet(1), .ethernet(2), .ethernet(1)])
        #expect(outcomes.map { $0?.reason } == [nil, nil, .exists])
        #expect(
            outcomes[2]?.description == """
                cannot create session 1 in tunnel 3000: the session id is taken by a session before it in the same list
                """)
        #expect(kernel.sessions.count == 2)
        let tunnels = client.createTunnels([.udp(1, port: 1), .udp(1, port: 2), .udp(2, port: 3)])
        #expect(tunnels.map { $0?.reason } == [nil, .exists, nil])
    }

    @Test("Each tunnel has the error that the single call throws")
    func tunnels() throws {
        let wanted: [TunnelSpecification] = [
            .udp(1, port: 5001), .udp(3000, port: 5002), .udp(2, port: 5000), .udp(0, port: 5003),
            .udp(3, local: "192.0.2.9", port: 5004), .ip(4),
        ]
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        let outcomes = client.createTunnels(wanted)
        #expect(outcomes.map { $0?.reason } == [nil, .exists, .portTaken, .invalid, .addressNotLocal, nil])
        for (outcome, tunnel) in zip(outcomes, wanted) where outcome != nil {
            #expect(failure { () throws(L2TPError) in try client.createTunnel(tunnel) } == outcome)
        }
        #expect(kernel.tunnels.map(\.id.rawValue) == [1, 4, 3000])
    }

    @Test(
        "An answer that is lost does not hide whether the session was created",
        arguments: [Fault.overflow, .truncate(to: 20), .drop])
    func lostAnswer(fault: Fault) throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        kernel.inject(fault, at: .sessionCreate)
        let outcomes = client.createSessions(sessions(10))
        #expect(outcomes.allSatisfy { $0 == nil })
        #expect(kernel.sessions.count == 10)
        #expect(kernel.requests.count { $0.step == .sessionCreate } == 10)
    }

    @Test("What may or may not have been created is said")
    func unconfirmed() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        kernel.inject(.drop, at: .sessionCreate)
        // Looking once before, for each, and once more after.
        kernel.inject(.foreignFirst, at: .sessionGet, times: 2)
        kernel.inject(.drop, at: .sessionGet)
        let outcomes = client.createSessions(sessions(2))
        #expect(outcomes[1] == nil)
        #expect(outcomes[0]?.reason == .unconfirmed)
        #expect(outcomes[0]?.errno == .resourceTemporarilyUnavailable)
    }

    @Test("Without permission nothing is created, and each says why")
    func notPermitted() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        kernel.behavior.isPrivileged = false
        let outcomes = client.createSessions(sessions(3))
        #expect(outcomes.allSatisfy { $0?.reason == .notPermitted && $0?.operation == .create })
        #expect(kernel.changeRequests.isEmpty)
    }

    @Test("Reading many: in the order given, nil where there is none")
    func reading() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        _ = client.createSessions(sessions(3))
        kernel.inject(.overflow, at: .sessionGet)
        let keys = [1002, 9, 1000].map { SessionKey(SessionID($0), in: TunnelID(3000)) }
        #expect(try client.sessions(keys).map { $0?.interfaceName } == ["pw2", nil, "pw0"])
        #expect(try client.tunnels([TunnelID(3000), TunnelID(1)]).map { $0?.id.rawValue } == [3000, nil])
        kernel.behavior.isPrivileged = false
        #expect(failure { () throws(L2TPError) in _ = try client.sessions(keys) }?.reason == .notPermitted)
    }
}
