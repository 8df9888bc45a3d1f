import L2TPModel
import L2TPNetlink
import L2TPWire
import L2TPWireTestSupport
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite struct SessionClientTests {
    typealias Release = FakeKernel.Release

    @Test(arguments: Release.allCases)
    func createReadDelete(release: Release) throws {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createSession(.ethernet(1001))
        try client.createSession(.ethernet(interface: "l2tp-lan"))
        let expected = Session(
            tunnelID: TunnelID(3000), peerTunnelID: TunnelID(4000), id: SessionID(1000), peerID: SessionID(2000),
            interfaceName: "l2tp-lan", statistics: Statistics(receiveCookieDiscards: 0, receiveInvalidPackets: 0))
        let read = try client.session(SessionID(1000), in: TunnelID(3000))
        let named = try client.session(interface: "l2tp-lan")
        let listed = try client.sessions()
        #expect(read == expected)
        #expect(named == expected)
        #expect(listed.map(\.id.rawValue) == [1000, 1001])
        #expect(listed.map(\.interfaceName) == ["l2tp-lan", "l2tpeth0"])
        #expect(kernel.links.map(\.name) == ["lo", "eth0", "l2tpeth0", "l2tp-lan"])
        try client.deleteSession(SessionID(1000), in: TunnelID(3000))
        let gone = try client.session(SessionID(1000), in: TunnelID(3000))
        #expect(gone == nil)
        #expect(kernel.sessions.map(\.id.rawValue) == [1001])
        #expect(kernel.links.map(\.name) == ["lo", "eth0", "l2tpeth0"])
    }

    @Test func whatDoesNotExist() throws {
        var client = try L2TPClient(FakeKernel().connector)
        let byIdentifiers = try client.session(SessionID(1), in: TunnelID(1))
        let byName = try client.session(interface: "l2tpeth0")
        let sessions = try client.sessions(in: TunnelID(1))
        #expect(byIdentifiers == nil && byName == nil && sessions.isEmpty)
    }

    @Test(arguments: ["", "a\0b", "a name of 16 b.."])
    func whatNoInterfaceCanBeCalledIsNotAsked(name: String) throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        kernel.forgetRequests()
        let session = try client.session(interface: name)
        #expect(session == nil)
        #expect(kernel.requests.isEmpty)
    }

    @Test func countersComeAlong() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try client.createSession(.ethernet())
        let statistics = Statistics(receivePackets: 9, receiveCookieDiscards: 3, receiveInvalidPackets: 0)
        kernel.setStatistics(statistics, of: SessionID(1000), in: TunnelID(3000))
        kernel.setStatistics(Statistics(), of: SessionID(1), in: TunnelID(3000))
        let session = try client.session(SessionID(1000), in: TunnelID(3000))
        #expect(session?.statistics == statistics)
    }

    /// What is asked for is what is reported, but for the sublayer.
    @Test(arguments: Release.allCases)
    func roundTrip(release: Release) throws {
        var random = SeededGenerator(for: "sessions, created and read")
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp(1, port: 5000))
        try client.createTunnel(.ip(2))
        var expected: [Session] = []
        for index in 1...200 as ClosedRange<UInt32> {
            let cookies: [Cookie?] = (0..<2).map { _ in
                switch Int.random(in: 0...2, using: &random) {
                case 0: nil
                case 1: Cookie(UInt32.random(in: .min ... .max, using: &random))
                default: Cookie(UInt64.random(in: .min ... .max, using: &random))
                }
            }
            let hasSublayer = Bool.random(using: &random)
            let session = SessionSpecification(
                tunnelID: TunnelID(.random(in: 1...2, using: &random)), id: SessionID(index &* 0x9e37_79b9),
                peerID: SessionID(.random(in: 1 ... .max, using: &random)),
                l2SpecificSublayer: hasSublayer ? .default : .none, cookie: cookies[0], peerCookie: cookies[1],
                sendsSequenceNumbers: hasSublayer && .random(using: &random),
                requiresSequenceNumbers: hasSublayer && .random(using: &random), lnsMode: .random(using: &random),
                reorderTimeout: .milliseconds(4 * Int.random(in: 0...1000, using: &random)),
                interfaceName: .random(using: &random) ? .example("lan\(index)") : nil)
            #expect(session.violations() == [])
            try client.createSession(session)
            #expect(kernel.l2SpecificSublayer(of: session.id, in: session.tunnelID) == session.l2SpecificSublayer)
            let reported = try client.session(session.id, in: session.tunnelID)
            if let name = session.interfaceName {
                #expect(reported?.interfaceName == name.text)
            } else {
                #expect(reported?.interfaceName?.hasPrefix("l2tpeth") == true)
            }
            expected.append(
                Session(
                    tunnelID: session.tunnelID, peerTunnelID: TunnelID(4000), id: session.id, peerID: session.peerID,
                    interfaceName: reported?.interfaceName, cookie: session.cookie, peerCookie: session.peerCookie,
                    sendsSequenceNumbers: session.sendsSequenceNumbers,
                    requiresSequenceNumbers: session.requiresSequenceNumbers, lnsMode: session.lnsMode,
                    reorderTimeout: session.reorderTimeout,
                    statistics: Statistics(receiveCookieDiscards: 0, receiveInvalidPackets: 0)))
            #expect(reported == expected.last)
        }
        let listed = try client.sessions()
        #expect(listed == expected.sorted { ($0.tunnelID, $0.id) < ($1.tunnelID, $1.id) })
        let own = try client.sessions(in: TunnelID(2))
        #expect(own == listed.filter { $0.tunnelID == TunnelID(2) })
    }

    @Test(arguments: [(7, 8), (250, 252), (4, 4), (1, 4)])
    func timeoutsComeBackRounded(asked: Int, reported: Int) throws {
        var client = try L2TPClient(FakeKernel().connector)
        try client.createTunnel(.udp())
        var session = SessionSpecification.ethernet()
        session.reorderTimeout = .milliseconds(asked)
        try client.createSession(session)
        let timeout = try client.session(session.id, in: session.tunnelID)?.reorderTimeout
        #expect(timeout == .milliseconds(reported))
    }

    @Test func whatCannotWorkIsNotSent() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        kernel.forgetRequests()
        let error = failure { () throws(L2TPError) in try client.createSession(.ethernet(0)) }
        #expect(error?.reason == .invalid)
        #expect(
            error?.description
                == "cannot create session 0 in tunnel 3000: session_id: 0 is not a session id (1…4294967295)")
        #expect(kernel.requests.isEmpty)
    }

    // MARK: What the kernel refuses

    /// Creating fails, with this text, and nothing is left behind.
    private func expectRefusal(
        of session: SessionSpecification, by kernel: FakeKernel, _ reason: L2TPError.Reason, _ text: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var client = try L2TPClient(kernel.connector)
        let (tunnels, sessions, links) = (kernel.tunnels, kernel.sessions, kernel.links)
        let error = failure { () throws(L2TPError) in try client.createSession(session) }
        #expect(error?.operation == .create, sourceLocation: sourceLocation)
        #expect(error?.object == .session(session.id, in: session.tunnelID), sourceLocation: sourceLocation)
        #expect(error?.reason == reason, sourceLocation: sourceLocation)
        #expect(error?.description == text, sourceLocation: sourceLocation)
        #expect(kernel.tunnels == tunnels, sourceLocation: sourceLocation)
        #expect(kernel.sessions == sessions, sourceLocation: sourceLocation)
        #expect(kernel.links == links, sourceLocation: sourceLocation)
    }

    /// A kernel with tunnel 3000 over UDP.
    private func kernel(_ release: Release = .linux6_12, _ tunnels: TunnelSpecification...) throws -> FakeKernel {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        for tunnel in tunnels.isEmpty ? [.udp()] : tunnels { try client.createTunnel(tunnel) }
        return kernel
    }

    @Test func thereIsNoTunnel() throws {
        try expectRefusal(
            of: .ethernet(), by: FakeKernel(), .notFound,
            """
            cannot create session 1000 in tunnel 3000: there is no tunnel 3000 (ENODEV)
              create the tunnel first
            """)
    }

    @Test func theTunnelGoesMeanwhile() throws {
        let kernel = try kernel()
        kernel.fail(.sessionCreate, with: .operationNotSupportedByDevice)
        try expectRefusal(
            of: .ethernet(), by: kernel, .notFound,
            "cannot create session 1000 in tunnel 3000: tunnel 3000 is being deleted (ENODEV)")
    }

    /// Linux 6.12 would take it.
    @Test(arguments: Release.allCases)
    func theIdentifierIsTakenInTheTunnel(release: Release) throws {
        let kernel = try kernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet())
        kernel.forgetRequests()
        try expectRefusal(
            of: .ethernet(peerID: 3), by: kernel, .exists,
            """
            cannot create session 1000 in tunnel 3000: the session id is taken by a session with interface l2tpeth0 \
            (EEXIST)
            """)
        #expect(kernel.changeRequests.isEmpty)
    }

    @Test(arguments: Release.allCases)
    func tunnelsOverIPShareTheirIdentifiers(release: Release) throws {
        let kernel = try kernel(release, .udp(), .ip(3001))
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet())
        try expectRefusal(
            of: .ethernet(in: 3001), by: kernel, .exists,
            """
            cannot create session 1000 in tunnel 3001: the session id is taken by a session of tunnel 3000 (EEXIST)
              tunnels share their session ids unless both use UDP
            """)
    }

    @Test(arguments: Release.allCases)
    func tunnelsOverUDPDoNotShareTheirIdentifiers(release: Release) throws {
        let kernel = try kernel(release, .udp(), .udp(3001, port: 5001))
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet())
        try client.createSession(.ethernet(in: 3001))
        let sessions = try client.sessions()
        #expect(sessions.map(\.tunnelID.rawValue) == [3000, 3001])
        for tunnelID in [3000, 3001] as [UInt32] {
            let session = try client.session(SessionID(1000), in: TunnelID(tunnelID))
            #expect(session?.tunnelID == TunnelID(tunnelID))
        }
    }

    @Test func theInterfaceNameIsTaken() throws {
        try expectRefusal(
            of: .ethernet(interface: "eth0"), by: try kernel(), .exists,
            "cannot create session 1000 in tunnel 3000: interface name eth0 is taken by another interface (EEXIST)")
    }

    @Test("Who has the interface's name is told: a kind of interface, or a session")
    func theInterfaceNameIsTakenBy() throws {
        let kernel = try kernel()
        kernel.addLink(named: "br0", kind: "bridge")
        try expectRefusal(
            of: .ethernet(interface: "br0"), by: kernel, .exists,
            "cannot create session 1000 in tunnel 3000: interface name br0 is taken by an interface of kind bridge (EEXIST)"
        )
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet(7, interface: "lan"))
        try expectRefusal(
            of: .ethernet(interface: "lan"), by: kernel, .exists,
            "cannot create session 1000 in tunnel 3000: interface name lan is taken by session 7 in tunnel 3000 (EEXIST)"
        )
    }

    @Test(arguments: [Step.sessionDump, .open(.route), .link])
    func theLookForTheReasonFails(step: Step) throws {
        let kernel = try kernel()
        kernel.fail(.sessionCreate, with: .fileExists)
        kernel.fail(step, with: .notPermitted)
        try expectRefusal(
            of: .ethernet(interface: "lan"), by: kernel, .exists,
            """
            cannot create session 1000 in tunnel 3000: the session id or interface name is taken (EEXIST)
              if it was just deleted, the kernel may still be removing it
            """)
    }

    /// Why the module is missing depends on the host this runs on.
    @Test func theModuleIsMissing() throws {
        let kernel = try kernel()
        kernel.behavior.missingModules = ["l2tp_eth"]
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in try client.createSession(.ethernet()) }
        #expect(error?.reason == .notSupported)
        #expect(error?.explanation.hasPrefix("pseudowire type eth: module l2tp_eth ") == true)
        #expect(kernel.sessions.isEmpty && kernel.links.count == 2)
    }

    @Test func tunnelsOfVersion2CarryPPPOnly() throws {
        let kernel = FakeKernel()
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.createRawTunnel(version: 2)
        try expectRefusal(
            of: .ethernet(), by: kernel, .notSupported,
            "cannot create session 1000 in tunnel 3000: tunnel 3000 is an L2TPv2 tunnel, which carries PPP only "
                + "(EPROTONOSUPPORT)")
    }

    @Test func otherErrorsAreReportedAsTheyCome() throws {
        let kernel = try kernel()
        kernel.fail(.sessionCreate, with: .noMemory)
        try expectRefusal(
            of: .ethernet(), by: kernel, .other,
            "cannot create session 1000 in tunnel 3000: Cannot allocate memory (ENOMEM)")
    }

    @Test func aPatternNamesTheInterface() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        kernel.addLink(named: "lan0")
        try client.createSession(.ethernet(1, interface: "lan%d"))
        try client.createSession(.ethernet(2, interface: "lan%d"))
        let names = try client.sessions().map(\.interfaceName)
        #expect(names == ["lan1", "lan2"])
    }

    /// What has taken the old name of a renamed interface is not waited for.
    @Test(arguments: [1, 2]) func anInheritedName(sessionCount: UInt32) throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet(interface: "lan"))
        kernel.renameLink("lan", to: "wan")
        kernel.addLink(named: "lan", kind: "bridge")
        if sessionCount == 2 { try client.createSession(.ethernet(2, interface: "lan2")) }
        try client.deleteTunnel(TunnelID(3000), waitingAtMost: .milliseconds(100))
        #expect(kernel.links.map(\.name).contains("lan"))
        #expect(kernel.sessions.isEmpty)
    }

    /// After a renaming the kernel still goes by the old name.
    @Test func aRenamedInterface() throws {
        let kernel = try kernel()
        var client = try L2TPClient(kernel.connector)
        try client.createSession(.ethernet(interface: "lan"))
        kernel.renameLink("lan", to: "wan")
        let old = try client.session(interface: "lan")
        let new = try client.session(interface: "wan")
        #expect(old?.interfaceName == "lan")
        #expect(new == nil)
    }
}
