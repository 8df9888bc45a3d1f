import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import Testing

extension KernelTests {
    /// What a configuration needs comes only after the run has begun.
    @Suite
    struct WaitTests {
        enum Thing: String, CaseIterable, CustomTestStringConvertible {
            case address, route, bridge, bridgeElsewhere, tentativeAddress

            var testDescription: String { rawValue }
        }

        /// The run goes on when it hears of it, and asks for nothing until then.
        @Test(arguments: Thing.allCases)
        func comesLate(_ thing: Thing) throws {
            try ApplySite.with { site in
                let (configuration, lines, place) = try Self.configuration(thing, at: site)
                let store = MemoryOwnershipStore()
                let trace = NetlinkTrace()
                var applier = try site.applier(trace, store)
                let plan = try applier.plan(configuration)
                #expect(plan.conflicts.isEmpty)
                // It is asked some ten times a second whether it is to end.
                let late = 15
                var questions = 0
                var questionsAtStart: Int?
                var reads: [Int] = []
                var missing: Set<String> = []
                try applier.apply(
                    plan, waitingAtMost: .seconds(120),
                    isCancelled: {
                        questions += 1
                        if questions <= late { reads.append(trace.readCount) }
                        if questions == late { #expect(throws: Never.self) { try Shell.ip(lines, in: place) } }
                        return false
                    },
                    progress: { progress in
                        if case .waiting(let things) = progress.activity {
                            missing.formUnion(things)
                        } else {
                            questionsAtStart = questionsAtStart ?? questions
                        }
                    })
                // It looks when there is news, as of the interfaces of the site that was just made, and not otherwise.
                let repetitions = Dictionary(grouping: reads, by: \.self).values.map(\.count).max() ?? 0
                #expect(repetitions >= 5, "\(reads)")
                #expect(!missing.isEmpty)
                let start = try #require(questionsAtStart)
                // Duplicate address detection takes its time; else at once, and not when it is asked again.
                #expect(thing == .tentativeAddress ? start > late : start - late <= 3, "\(start)")
                #expect(try site.plan(configuration, store).isEmpty)
                let differences = try IPReading(site).differences(from: configuration, at: site)
                #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
            }
        }

        /// What does not come is told in the end, and nothing has been touched.
        @Test(arguments: Thing.allCases)
        func doesNotCome(_ thing: Thing) throws {
            try ApplySite.with { site in
                let (configuration, _, _) = try Self.configuration(thing, at: site)
                let file = try ConfigurationFolder("late", configuration)
                let before = try SiteDump(site)
                let outcome = try Shell.run([Shell.apply, "--wait", "1", file.path], in: site.home)
                #expect(outcome.status == 1, "\(outcome)")
                #expect(outcome.errors.contains("after 1"), "\(outcome)")
                #expect(try SiteDump(site) == before)
            }
        }

        /// Another run does not come between, and says whose turn it is; one that only looks has not to wait.
        @Test func oneRunAtATime() throws {
            try ApplySite.with { site in
                let (configuration, lines, place) = try Self.configuration(.bridge, at: site)
                let file = try ConfigurationFolder("late", configuration)
                let first = try BackgroundProgram(
                    ["bash", "-c", "exec \(Shell.apply) --wait 120 \(file.path) 2>&1"], in: site.home)
                let waits = try eventually { try first.lines().contains { $0.contains("waiting for") } }
                #expect(waits, "\(first)")
                let second = try Shell.run([Shell.apply, "--wait", "0", file.path], in: site.home)
                #expect(second.status == 1, "\(second)")
                #expect(second.errors.contains("another process holds the record's lock (process "), "\(second)")
                let report = try Shell.run([Shell.apply, "--json", "--wait", "0", "--down"], in: site.home)
                #expect(report.status == 1 && report.output.contains("\"reason\":\"locked\""), "\(report)")
                #expect(try Shell.run([Shell.apply, "--plan", file.path], in: site.home).status == 6)
                try Shell.ip(lines, in: place)
                #expect(try first.end(by: 0) == 0)
                #expect(try Shell.run([Shell.apply, "--plan", file.path], in: site.home).status == 0)
            }
        }

        /// A configuration that lacks something, and what adds it.
        private static func configuration(
            _ thing: Thing, at site: ApplySite
        ) throws -> (Configuration, lines: [String], place: TestNamespace) {
            var tunnel = TunnelConfiguration(
                name: "hq",
                specification: TunnelSpecification(
                    id: TunnelID(1), peerID: TunnelID(2), local: ApplySite.local4[0], peer: ApplySite.peers4[0],
                    encapsulation: .ip))
            var session = SessionConfiguration(
                name: "lan",
                specification: SessionSpecification(
                    tunnelID: TunnelID(1), id: SessionID(3), peerID: SessionID(4),
                    interfaceName: try InterfaceName("lan")))
            let lines: [String]
            var place = site.home
            switch thing {
            case .address:
                tunnel.specification.local = ipAddress("192.0.2.3")
                lines = ["address add 192.0.2.3/32 dev wan"]
            case .tentativeAddress:
                tunnel.specification.local = ipAddress("2001:db8::3")
                tunnel.specification.peer = ApplySite.peers6[0]
                lines = ["address add 2001:db8::3/64 dev wan"]
            case .route:
                tunnel.specification.peer = ipAddress("203.0.113.1")
                session.interface.mtu = .bytes(1400)
                lines = ["route add 203.0.113.0/24 via 192.0.2.254"]
            case .bridge:
                session.interface.master = .bridge(try InterfaceName(IPReading.another))
                lines = ["link add \(IPReading.another) type bridge"]
            case .bridgeElsewhere:
                session.interface.master = .bridge(try InterfaceName(IPReading.another))
                session.interface.namespace = site.far.name
                lines = ["link add \(IPReading.another) type bridge"]
                place = site.far
            }
            tunnel.sessions = [session]
            return (Configuration(tunnels: [tunnel]), lines, place)
        }
    }
}
