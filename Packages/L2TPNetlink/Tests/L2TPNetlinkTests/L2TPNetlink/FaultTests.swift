import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Whatever goes wrong on the way: an error or the right answer, and a client that goes on working.
@Suite struct FaultTests {
    /// A kernel with tunnel 3000 and its session 1000.
    private func kernel() throws -> FakeKernel {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createSession(.ethernet())
        return kernel
    }

    private enum Action: CaseIterable {
        case readTunnel, readTunnels, readSession, readNamedSession, readSessions
        case createTunnel, createSession, deleteSession, deleteTunnel

        func perform(on client: inout L2TPClient<FakeTransport>) throws(L2TPError) {
            switch self {
            case .readTunnel: _ = try client.tunnel(TunnelID(3000))
            case .readTunnels: _ = try client.tunnels()
            case .readSession: _ = try client.session(SessionID(1000), in: TunnelID(3000))
            case .readNamedSession: _ = try client.session(interface: "l2tpeth0")
            case .readSessions: _ = try client.sessions()
            case .createTunnel: try client.createTunnel(.udp(3001, port: 5001))
            case .createSession: try client.createSession(.ethernet(1001))
            case .deleteSession: try client.deleteSession(SessionID(1000), in: TunnelID(3000))
            case .deleteTunnel: try client.deleteTunnel(TunnelID(3000))
            }
        }

        /// Where it can go wrong before the kernel has changed anything.
        var steps: [Step] {
            switch self {
            case .readTunnel: [.tunnelGet]
            case .readTunnels: [.tunnelDump]
            case .readSession, .readNamedSession: [.sessionGet]
            case .readSessions: [.sessionDump]
            case .createTunnel: [.tunnelGet, .tunnelCreate]
            case .createSession: [.tunnelGet, .sessionGet, .sessionCreate]
            case .deleteSession: [.sessionGet, .open(.route), .link, .sessionDelete]
            case .deleteTunnel: [.tunnelGet, .sessionDump, .open(.route), .link, .tunnelDelete]
            }
        }
    }

    /// The kernel refuses at any step: the error tells, nothing changes, and the next attempt succeeds.
    @Test(arguments: Action.allCases)
    private func refusal(action: Action) throws {
        for step in action.steps {
            let kernel = try kernel()
            var client = try L2TPClient(kernel.connector)
            let (tunnels, sessions, links) = (kernel.tunnels, kernel.sessions, kernel.links)
            kernel.fail(step, with: .noMemory)
            let error = failure { () throws(L2TPError) in try action.perform(on: &client) }
            #expect(error?.reason == .other, "\(step)")
            #expect(error?.errno == .noMemory, "\(step)")
            #expect(error?.remedy == nil)
            #expect(kernel.tunnels == tunnels && kernel.sessions == sessions && kernel.links == links, "\(step)")
            try action.perform(on: &client)
        }
    }

    /// The answer to a read is lost or spoiled: an error, and the next attempt succeeds.
    @Test(arguments: Action.allCases)
    private func lostAndSpoiledReads(action: Action) throws {
        for step in action.steps where step.isRead && step != .open(.route) {
            for fault in [Fault.drop, .truncate(to: 0), .truncate(to: 15), .truncate(to: 30), .truncate(to: 41)] {
                let kernel = try kernel()
                var client = try L2TPClient(kernel.connector)
                kernel.inject(fault, at: step)
                let error = failure { () throws(L2TPError) in try action.perform(on: &client) }
                #expect(error?.reason == .other, "\(fault) at \(step)")
                #expect([.resourceTemporarilyUnavailable, .badMessage].contains(error?.errno), "\(fault) at \(step)")
                #expect(kernel.tunnels.count == 1 && kernel.sessions.count == 1)
                try action.perform(on: &client)
            }
        }
    }

    /// What comes twice, or for somebody else, changes nothing.
    @Test(arguments: Action.allCases)
    private func foreignAndDuplicatedAnswers(action: Action) throws {
        for step in action.steps where step != .open(.route) {
            for fault in [Fault.duplicate, .foreignFirst] {
                let kernel = try kernel()
                var client = try L2TPClient(kernel.connector)
                kernel.inject(fault, at: step)
                try action.perform(on: &client)
            }
        }
    }

    @Test(arguments: [Fault.interruptDump, .overflow])
    func aListIsReadAgain(fault: Fault) throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        kernel.inject(fault, at: .tunnelDump, times: 7)
        kernel.inject(fault, at: .sessionDump, times: 7)
        let tunnels = try client.tunnels()
        let sessions = try client.sessions()
        #expect(tunnels.map(\.id.rawValue) == [3000])
        #expect(sessions.map(\.id.rawValue) == [1000])
        #expect(kernel.requests.filter { $0.step == .tunnelDump }.count == 8)
    }

    @Test(arguments: [Fault.interruptDump, .overflow])
    func aListThatNeverHoldsStill(fault: Fault) throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        kernel.inject(fault, at: .tunnelDump, times: 8)
        let error = failure { () throws(L2TPError) in _ = try client.tunnels() }
        #expect(error?.reason == .other)
        #expect(
            error?.description
                == "cannot read tunnels: cannot read a consistent list: Interrupted system call (EINTR)")
        kernel.removeFaults()
        let tunnels = try client.tunnels()
        #expect(tunnels.count == 1)
    }

    /// However many messages share a datagram, and on both protocols.
    @Test(arguments: [1, 2, 3, 100])
    func listsOverDatagrams(count: Int) throws {
        let kernel = FakeKernel()
        kernel.behavior.messagesPerDatagram = count
        var client = try L2TPClient(kernel.connector)
        for id in 1...7 as ClosedRange<UInt32> { try client.createTunnel(.ip(id)) }
        let tunnels = try client.tunnels()
        #expect(tunnels.count == 7)
        var links = try LinkClient(kernel.connector)
        let found = try links.links()
        #expect(found.map(\.name) == ["lo", "eth0"])
    }

    /// Linux before August 2026 reported an error of the notification although the object was there.
    @Test func anErrorAfterTheDeed() throws {
        let kernel = FakeKernel()
        kernel.inject(.misreport(.noBufferSpace), at: .tunnelCreate)
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in try client.createTunnel(.udp()) }
        #expect(error?.errno == .noBufferSpace)
        let tunnel = try client.tunnel(TunnelID(3000))
        #expect(tunnel != nil)
    }

    /// The kernel goes on to delete; only the wait is lost.
    @Test(arguments: [Step.tunnelGet, .link, .sessionGet])
    func theWaitForATunnelFails(step: Step) throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet(1001))
        kernel.behavior.deletionDelay = 3
        kernel.behavior.linkRemovalDelay = 3
        var isFirst = true
        let error = failure { () throws(L2TPError) in
            try client.deleteTunnel(TunnelID(3000)) { _ in
                if isFirst { kernel.fail(step, with: .noMemory) }
                isFirst = false
            }
        }
        #expect(error?.operation == .delete)
        #expect(error?.object == .tunnel(TunnelID(3000)))
        #expect(error?.reason == .unconfirmed)
        #expect(error?.errno == .noMemory)
        #expect(
            error?.description == """
                cannot delete tunnel 3000: the kernel accepted the deletion, but whether it is done cannot be seen: \
                Cannot allocate memory (ENOMEM)
                """)
        #expect(kernel.tunnels.isEmpty && kernel.sessions.isEmpty)
    }

    @Test(
        arguments: [
            (.refuse(.notPermitted), .notPermitted), (.drop, .resourceTemporarilyUnavailable),
            (.truncate(to: 30), .badMessage),
        ] as [(Fault, Errno)], [Step.sessionGet, .link])
    func theWaitForASessionFails(fault: (Fault, Errno), step: Step) throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        kernel.behavior.deletionDelay = 2
        kernel.behavior.linkRemovalDelay = 2
        var isFirst = true
        let error = failure { () throws(L2TPError) in
            try client.deleteSession(SessionID(1000), in: TunnelID(3000)) { _ in
                if isFirst { kernel.inject(fault.0, at: step) }
                isFirst = false
            }
        }
        #expect(error?.operation == .delete)
        #expect(error?.object == .session(SessionID(1000), in: TunnelID(3000)))
        #expect(error?.reason == .unconfirmed)
        #expect(error?.errno == fault.1)
        #expect(error?.remedy == nil)
        #expect(kernel.sessions.isEmpty)
        try client.createSession(.ethernet(1001))
    }

    /// Links of the namespace that come and go make the kernel call every list of them interrupted.
    @Test(arguments: [1, 7] as [UInt32])
    func listsOfLinksThatNeverHoldStillDisturbNoDeletion(sessionCount: UInt32) throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        for id in 1001..<1000 + sessionCount { try client.createSession(.ethernet(id)) }
        kernel.behavior.deletionDelay = 2
        kernel.behavior.linkRemovalDelay = 2
        kernel.inject(.interruptDump, at: .links, times: .max)
        kernel.forgetRequests()
        try client.deleteSession(SessionID(1000), in: TunnelID(3000))
        try client.deleteTunnel(TunnelID(3000))
        #expect(kernel.links.map(\.name) == ["lo", "eth0"])
        #expect(!kernel.requests.contains { $0.step == .links })
        #expect(kernel.requests.contains { $0.step == .link })
    }

    /// A GET that is acknowledged without an answer.
    @Test func anAnswerWithoutContent() throws {
        let family = rawMessage(type: 16, [1, 2, 0, 0] + rawAttribute(1, [27, 0]))
        let script = ScriptedTransport.Script([
            .datagram(family + rawMessage(type: 2, [0, 0, 0, 0])),
            .datagram(rawMessage(type: 2, sequence: 2, [0, 0, 0, 0])),
        ])
        var client = try L2TPClient(ScriptedTransport.connector(script))
        let error = failure { () throws(L2TPError) in _ = try client.tunnel(TunnelID(1)) }
        #expect(
            error?.description == """
                cannot read tunnel 1: cannot read the kernel's reply: Bad message: the kernel confirmed the request \
                without an answer (EBADMSG)
                """)
    }

    @Test func aFamilyThatIsConfirmedButNotDescribed() {
        let script = ScriptedTransport.Script([.datagram(rawMessage(type: 2, [0, 0, 0, 0]))])
        let error = failure { () throws(L2TPError) in _ = try L2TPClient(ScriptedTransport.connector(script)) }
        #expect(error?.explanation.hasSuffix("the kernel confirmed family l2tp without describing it") == true)
    }
}
