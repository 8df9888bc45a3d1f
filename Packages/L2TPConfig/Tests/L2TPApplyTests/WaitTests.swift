import L2TPApply
import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

/// What is waited for before anything is touched.
@Suite struct WaitTests {
    /// Something that is missing, and what makes it come.
    struct Missing: CustomStringConvertible, Sendable {
        var description: String
        var configuration: Configuration
        var prepare: @Sendable (Host) -> Void = { _ in }
        var come: @Sendable (Host) -> Void
        /// What the progress and the time-out say.
        var progress: String
        var explanation: String
    }

    static let missing = [
        Missing(
            description: "a local address",
            configuration: Example.base { $0["hq"].specification.local = KnownValue.address("192.0.2.50") },
            come: { host in
                guard let link = host.home.links.first(where: { $0.name == "eth0" }) else { return }
                host.home.addAddress(KnownValue.address("192.0.2.50"), prefixBitCount: 24, to: link.index)
            }, progress: "address 192.0.2.50", explanation: "local address 192.0.2.50 is not on this host"),
        Missing(
            description: "the end of duplicate address detection",
            configuration: Example.base { $0["spare"].specification.local = KnownValue.address("2001:db8::50") },
            prepare: { host in
                guard let link = host.home.links.first(where: { $0.name == "eth0" }) else { return }
                host.home.addAddress(
                    KnownValue.address("2001:db8::50"), prefixBitCount: 64, to: link.index, isTentative: true)
            }, come: { $0.home.finishDuplicateDetection(of: KnownValue.address("2001:db8::50")) },
            progress: "address 2001:db8::50", explanation: "local address 2001:db8::50 is still tentative"),
        Missing(
            description: "a route", configuration: Example.base,
            prepare: { $0.home.refuseRoute(to: KnownValue.address("192.0.2.2")) },
            come: { $0.home.restoreRoute(to: KnownValue.address("192.0.2.2")) }, progress: "route to 192.0.2.2",
            explanation: "there is no way to 192.0.2.2: no route"),
        Missing(
            description: "a bridge",
            configuration: Example.base { $0["hq", "port"].interface.master = .bridge(KnownValue.name("br7")) },
            come: { $0.home.addLink(named: "br7", kind: "bridge") }, progress: "interface br7",
            explanation: "there is no interface br7"),
        Missing(
            description: "a VRF in another network namespace",
            configuration: Example.base { $0["hq", "far"].interface.master = .vrf(KnownValue.name("vrf7")) },
            come: { $0.blue.addLink(named: "vrf7", kind: "vrf") },
            progress: "interface vrf7 in network namespace blue",
            explanation: "there is no interface vrf7 in network namespace blue"),
    ]

    @Test("It comes later", .timeLimit(.minutes(2)), arguments: missing)
    func comesLater(missing: Missing) throws {
        let host = try Host()
        missing.prepare(host)
        var questionCount = 0
        var waitedFor: [String] = []
        try host.apply(missing.configuration, waitingAtMost: .seconds(60)) {
            questionCount += 1
            if questionCount == 3 {
                #expect(host.changeCount == 0 || host.record.ownership == Ownership())
                missing.come(host)
            }
            return false
        } progress: { progress in
            if case .waiting(let what) = progress.activity { waitedFor += what }
        }
        #expect(waitedFor.contains(missing.progress))
        #expect(try host.plan(missing.configuration).isEmpty)
    }

    @Test("It does not come, and nothing has been touched", arguments: missing)
    func timeOut(missing: Missing) throws {
        let host = try Host()
        missing.prepare(host)
        let before = HostState(host)
        let saveCount = host.record.saveCount
        host.forgetRequests()
        let error = try #require(host.failure(missing.configuration, waitingAtMost: .milliseconds(150)))
        #expect(error.reason == .timedOut)
        #expect(error.outcome == .unchanged)
        #expect(error.explanation.contains(missing.explanation), "\(error)")
        #expect(host.changeCount == 0)
        #expect(host.record.saveCount == saveCount)
        #expect(HostState(host) == before)
    }

    @Test("A wait is ended from outside", arguments: missing)
    func interrupted(missing: Missing) throws {
        let host = try Host()
        missing.prepare(host)
        host.forgetRequests()
        let error = try #require(
            host.failure(missing.configuration, waitingAtMost: .seconds(60), isCancelled: { true }))
        #expect(error.reason == .interrupted)
        #expect(error.outcome == .unchanged)
        #expect(host.changeCount == 0)
    }

    /// Two tunnels from one address, both of whose peers no route leads to.
    private static func hostWithoutRoutes() throws -> (host: Host, configuration: Configuration, link: UInt32) {
        let host = try Host()
        var configuration = Example.base { $0["hq"].specification.local = KnownValue.address("192.0.2.50") }
        var other = configuration["hq"]
        other.name = "other"
        other.specification.id = TunnelID(30)
        other.specification.peer = KnownValue.address("192.0.2.3")
        other.specification.encapsulation = .udp(UDPParameters(sourcePort: 5002, destinationPort: 5001))
        other.sessions = []
        configuration.tunnels.append(other)
        host.home.refuseRoute(to: KnownValue.address("192.0.2.2"))
        host.home.refuseRoute(to: KnownValue.address("192.0.2.3"))
        return (host, configuration, try #require(host.home.links.first { $0.name == "eth0" }).index)
    }

    @Test("Progress counts all that is waited for", .timeLimit(.minutes(2)))
    func progress() throws {
        let (host, configuration, link) = try Self.hostWithoutRoutes()
        var questionCount = 0
        var told: [String] = []
        try host.apply(configuration, waitingAtMost: .seconds(60)) {
            questionCount += 1
            switch questionCount {
            case 3: host.home.addAddress(KnownValue.address("192.0.2.50"), prefixBitCount: 24, to: link)
            case 6:
                host.home.restoreRoute(to: KnownValue.address("192.0.2.2"))
                host.home.restoreRoute(to: KnownValue.address("192.0.2.3"))
            default: break
            }
            return false
        } progress: { progress in
            guard case .waiting(let what) = progress.activity else { return }
            told.append("\(progress.doneCount) of \(progress.totalCount): \(what.joined(separator: ", "))")
        }
        #expect(told.first == "4 of 7: address 192.0.2.50")
        #expect(told.contains("5 of 7: route to 192.0.2.2, route to 192.0.2.3"))
    }

    @Test("An address that goes again while a route is waited for is told")
    func addressGoesAgain() throws {
        let (host, configuration, link) = try Self.hostWithoutRoutes()
        host.home.addAddress(KnownValue.address("192.0.2.50"), prefixBitCount: 24, to: link)
        var questionCount = 0
        let error = host.failure(configuration, waitingAtMost: .milliseconds(600)) {
            questionCount += 1
            if questionCount == 2 { host.home.removeAddress(KnownValue.address("192.0.2.50")) }
            return false
        }
        #expect(error?.reason == .timedOut)
        #expect(error?.explanation == "after 0.6 seconds, local address 192.0.2.50 is not on this host")
        #expect(error?.remedy == "add 192.0.2.50 to an interface, or correct local")
    }

    @Test("An address that another host has is not waited for")
    func duplicate() throws {
        let host = try Host()
        let link = try #require(host.home.links.first { $0.name == "eth0" })
        host.home.addAddress(
            KnownValue.address("2001:db8::50"), prefixBitCount: 64, to: link.index, isTentative: true, isDuplicate: true
        )
        let configuration = Example.base { $0["spare"].specification.local = KnownValue.address("2001:db8::50") }
        let error = try #require(host.failure(configuration, waitingAtMost: .seconds(60)))
        #expect(error.reason == .refused)
        #expect(error.outcome == .unchanged)
        #expect(error.remedy != nil)
    }

    @Test("What others have changed meanwhile is not lost: nothing is touched", arguments: Meddling.all)
    func meanwhile(meddling: Meddling) throws {
        let host = try Host()
        try host.apply(Example.base)
        let ownership = host.record.ownership
        var after: HostState?
        var questionCount = 0
        let error = host.failure(Self.elsewhere, waitingAtMost: .seconds(60)) {
            questionCount += 1
            if questionCount == 3 {
                meddling.meddle(host)
                Self.come(host)
                after = HostState(host)
            }
            return false
        }
        #expect(error?.reason == .conflict)
        #expect(error?.outcome == .unchanged)
        #expect(error?.explanation.contains(meddling.explanation) ?? false, "\(String(describing: error))")
        #expect(HostState(host).differences(from: try #require(after)) == [])
        #expect(host.record.ownership == ownership)
        // Another run takes it into account.
        if !meddling.isInTheWay {
            try host.apply(Self.elsewhere)
            #expect(try host.plan(Self.elsewhere).isEmpty)
            let lan = HostState(host).sessions[SessionKey(SessionID(1), in: TunnelID(10))]?.interface
            #expect(lan?.addresses.contains("10.66.0.1/24") ?? false)
        }
    }

    @Test("What nobody has changed meanwhile is re-created after a wait", .timeLimit(.minutes(2)))
    func unchangedMeanwhile() throws {
        let host = try Host()
        try host.apply(Example.base)
        var questionCount = 0
        try host.apply(Self.elsewhere, waitingAtMost: .seconds(60)) {
            questionCount += 1
            if questionCount == 3 { Self.come(host) }
            return false
        }
        #expect(try host.plan(Self.elsewhere).isEmpty)
    }

    /// What others do during a wait.
    struct Meddling: CustomStringConvertible, Sendable {
        var description: String
        var isInTheWay: Bool
        var explanation: String
        var meddle: @Sendable (Host) -> Void

        static let all = [
            Self(
                description: "a session", isInTheWay: true, explanation: "session 900 in tunnel 10 has come",
                meddle: { host in
                    host.meddle(
                        Example.base { configuration in
                            configuration["hq"].sessions.append(
                                SessionConfiguration(
                                    name: "theirs",
                                    specification: SessionSpecification(
                                        tunnelID: TunnelID(10), id: SessionID(900), peerID: SessionID(901))))
                        })
                }),
            Self(
                description: "an address", isInTheWay: false, explanation: "interface lan has changed",
                meddle: { host in
                    guard let link = host.home.links.first(where: { $0.name == "lan" }) else { return }
                    host.home.addAddress(KnownValue.address("10.66.0.1"), prefixBitCount: 24, to: link.index)
                }),
        ]
    }

    /// The base with one tunnel at an address that is not there yet.
    private static let elsewhere = Example.base {
        $0["hq"].specification.local = KnownValue.address("192.0.2.50")
    }

    /// Lets that address come.
    private static func come(_ host: Host) {
        guard let link = host.home.links.first(where: { $0.name == "eth0" }) else { return }
        host.home.addAddress(KnownValue.address("192.0.2.50"), prefixBitCount: 24, to: link.index)
    }
}
