import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPSockets
import L2TPWire
import SystemPackage
import Testing

extension KernelTests {
    /// What really goes wrong while a plan is carried out: everything is as it was before, and the error says why.
    @Suite
    struct RollbackTests {
        enum Cause: String, CaseIterable, CustomTestStringConvertible {
            case nameTaken, portTaken, tunnelIDTaken, sessionIDTaken, routeGone, routeGoneLater, addressGone
            case addressGoneLater, bridgeGone, bridgeGoneLater, noBridge, noIPv6, mtuRefused, macRefused, namespaceGone

            var testDescription: String { rawValue }
        }

        @Test(arguments: Cause.allCases)
        func isUndone(_ cause: Cause) throws {
            try ApplySite.withQuickGrace { site in
                let third = try TestNamespace.make(1)[0]
                defer { _ = try? Shell.run(["ip", "netns", "delete", third.name]) }
                let scenario = try CrashScenario(far: site.far.name)
                let store = MemoryOwnershipStore()
                try site.apply(scenario.before, store)
                let before = store.load()
                var wanted = scenario.after
                // Nothing else is to need IPv6 again.
                if cause == .noIPv6 { wanted = scenario.before }
                let mishap = try Self.spoil(cause, &wanted, at: site, third)

                let trace = NetlinkTrace()
                var applier = try site.applier(trace, store)
                let plan = try applier.plan(wanted)
                #expect(plan.conflicts.isEmpty, "\(plan.conflicts)")
                var state = try SiteDump(site)
                if mishap.isLate {
                    trace.restart(after: 1) { try? mishap.happen() }
                } else {
                    try mishap.happen()
                    state = try SiteDump(site)
                }
                var failure: ApplyError?
                do throws(ApplyError) {
                    try applier.apply(plan, waitingAtMost: .zero)
                } catch {
                    failure = error
                }
                let error = try #require(failure, "nothing failed")
                for text in mishap.texts { #expect("\(error)".contains(text), "\(error)") }
                #expect(error.outcome == (mishap.isBefore ? .unchanged : .rolledBack), "\(error) \(error.outcome)")
                if mishap.isLate { try mishap.repair() }
                let after = try SiteDump(site)
                #expect(after == state, "\(error)\n\(state.difference(to: after))")
                #expect(store.load() == before)

                // And once nothing is wrong any more, the change is made.
                if !mishap.isLate { try mishap.repair() }
                guard mishap.canWork else { return }
                try site.apply(wanted, store)
                #expect(try site.plan(wanted, store).isEmpty)
            }
        }

        /// And the program says what was in the way, what has become of the changes, and ends accordingly.
        @Test(arguments: [Cause.portTaken, .bridgeGone, .routeGone, .addressGone])
        func isTold(_ cause: Cause) throws {
            try ApplySite.withQuickGrace { site in
                let scenario = try CrashScenario(far: site.far.name)
                var wanted = scenario.after
                let mishap = try Self.spoil(cause, &wanted, at: site, site.far)
                let before = try ConfigurationFolder("before", scenario.before)
                let after = try ConfigurationFolder("after", wanted)
                try Shell.require([Shell.apply, before.path], in: site.home)
                try mishap.happen()
                let state = try SiteDump(site)
                let outcome = try Shell.run([Shell.apply, "--wait", "0", after.path], in: site.home)
                #expect(outcome.status == 1, "\(outcome)")
                for text in mishap.texts { #expect(outcome.errors.contains(text), "\(outcome)") }
                let isRolledBack = outcome.errors.contains(
                    "rolled back: tunnels, sessions, interfaces and addresses are as they were")
                #expect(isRolledBack == !mishap.isBefore, "\(outcome)")
                let now = try SiteDump(site)
                #expect(now == state, "\(outcome)\n\(state.difference(to: now))")
                #expect(try Shell.run([Shell.apply, "--plan", before.path], in: site.home).status == 0)
                try mishap.repair()
            }
        }

        /// What cannot be taken back is told, all of it and nothing else; a run after that puts it right.
        @Test func whatStands() throws {
            try ApplySite.withQuickGrace { site in
                let scenario = try CrashScenario(far: site.far.name)
                let store = MemoryOwnershipStore()
                try site.apply(scenario.before, store)
                let before = try SiteDump(site)
                // New interfaces have no IPv6 any more: the new ones fail, and the old ones that are made anew.
                try site.home.set("ipv6/conf/default/disable_ipv6", to: "1")
                var failure: ApplyError?
                do {
                    try site.apply(scenario.after, store)
                } catch let error as ApplyError {
                    failure = error
                }
                let error = try #require(failure, "nothing failed")
                guard case .partial(let standing) = error.outcome else {
                    Issue.record("\(error.outcome)")
                    return
                }
                let state = try SiteDump(site)
                let changed = Set(before.home).symmetricDifference(state.home).map(\.name)
                let told = Set(standing.compactMap { $0.words.dropFirst().first })
                #expect(standing.allSatisfy { $0.hasPrefix("interface ") }, "\(standing)")
                #expect(told == Set(changed), "\(standing)\n\(before.difference(to: state))")
                #expect(state.tunnels == before.tunnels && state.sessions == before.sessions)

                try site.home.set("ipv6/conf/default/disable_ipv6", to: "0")
                for name in told { try site.home.set("ipv6/conf/\(name)/disable_ipv6", to: "0") }
                try site.apply(scenario.before, store)
                let repaired = try SiteDump(site)
                #expect(repaired == before, "\(before.difference(to: repaired))")
            }
        }

        /// Something that goes wrong.
        private struct Mishap: Sendable {
            /// What the error says.
            var texts: [String]
            var happen: @Sendable () throws -> Void = {}
            var repair: @Sendable () throws -> Void = {}
            /// Whether it happens when the first request has been carried out, and not before.
            var isLate = false
            /// Whether it is found before anything is touched.
            var isBefore = false
            /// Whether the plan can be carried out without the mishap.
            var canWork = true
        }

        private static func spoil(
            _ cause: Cause, _ wanted: inout Configuration, at site: ApplySite, _ third: TestNamespace
        ) throws -> Mishap {
            @Sendable func ip(_ lines: String...) throws { try Shell.ip(lines, in: site.home) }
            // The last tunnel by name, with one session that needs something.
            var tunnel = TunnelConfiguration(
                name: "zulu",
                specification: TunnelSpecification(
                    id: TunnelID(900), peerID: TunnelID(901), local: ApplySite.local4[0], peer: ApplySite.peers4[0],
                    encapsulation: .udp(UDPParameters(sourcePort: 5900, destinationPort: 5901))))
            var session = SessionConfiguration(
                name: "lan",
                specification: SessionSpecification(
                    tunnelID: TunnelID(900), id: SessionID(910), peerID: SessionID(911),
                    interfaceName: try InterfaceName("pwz")))
            var mishap: Mishap
            switch cause {
            case .nameTaken:
                mishap = Mishap(
                    texts: ["pwz", "(EEXIST)"], happen: { try ip("link add pwz type dummy") },
                    repair: { try ip("link delete pwz") })
            case .portTaken:
                let holder = PortHolder()
                mishap = Mishap(
                    texts: ["900", "5900", "(EADDRINUSE)"],
                    happen: { try holder.take(.udp(ApplySite.local4[0], port: 5900), in: site.home) },
                    repair: { holder.release() })
            case .tunnelIDTaken:
                mishap = Mishap(
                    texts: ["tunnel 900", "(EEXIST)"],
                    happen: {
                        try ip(
                            "l2tp add tunnel tunnel_id 900 peer_tunnel_id 1 encap ip local 192.0.2.1 remote 192.0.2.101"
                        )
                    },
                    repair: { try ip("l2tp del tunnel tunnel_id 900") })
            case .sessionIDTaken:
                // In a tunnel of ours that stays.
                mishap = Mishap(
                    texts: ["1010", "(EEXIST)"],
                    happen: { try ip("l2tp add session tunnel_id 1 session_id 1010 peer_session_id 9 name theirs") },
                    repair: { try ip("l2tp del session tunnel_id 1 session_id 1010") })
            case .routeGone, .routeGoneLater:
                tunnel.specification.peer = ipAddress("203.0.113.9")
                try ip("route add 203.0.113.0/24 via 192.0.2.254")
                mishap = Mishap(
                    texts: ["203.0.113.9"], happen: { try ip("route delete 203.0.113.0/24") },
                    repair: { try ip("route add 203.0.113.0/24 via 192.0.2.254") }, isLate: cause == .routeGoneLater,
                    isBefore: cause == .routeGone)
            case .addressGone, .addressGoneLater:
                tunnel.specification.local = ipAddress("192.0.2.33")
                try ip("address add 192.0.2.33/32 dev wan")
                mishap = Mishap(
                    texts: ["192.0.2.33"], happen: { try ip("address delete 192.0.2.33/32 dev wan") },
                    repair: { try ip("address add 192.0.2.33/32 dev wan") }, isLate: cause == .addressGoneLater,
                    isBefore: cause == .addressGone)
            case .bridgeGone, .bridgeGoneLater:
                try ip("link add brz type bridge")
                session.interface.master = .bridge(try InterfaceName("brz"))
                mishap = Mishap(
                    texts: ["brz"], happen: { try ip("link delete brz") },
                    repair: { try ip("link add brz type bridge") }, isLate: cause == .bridgeGoneLater,
                    isBefore: cause == .bridgeGone)
            case .noBridge:
                try ip("link add brz type bridge")
                session.interface.master = .bridge(try InterfaceName("brz"))
                mishap = Mishap(
                    texts: ["pwz", "(EOPNOTSUPP)"],
                    happen: { try ip("link delete brz", "link add brz type dummy") },
                    repair: { try ip("link delete brz", "link add brz type bridge") })
            case .noIPv6:
                session.interface.addresses = [AddressSpecification(ipAddress("fd00:900::1"), prefixBitCount: 64)]
                mishap = Mishap(
                    texts: ["pwz", "fd00:900::1", "(EACCES)"],
                    happen: { try site.home.set("ipv6/conf/default/disable_ipv6", to: "1") },
                    repair: { try site.home.set("ipv6/conf/default/disable_ipv6", to: "0") })
            case .mtuRefused:
                session.interface.mtu = .bytes(70000)
                mishap = Mishap(texts: ["pwz", "70000", "(EINVAL)"], canWork: false)
            case .macRefused:
                session.interface.mac = .address(macAddress("03:00:00:00:00:01"))
                mishap = Mishap(texts: ["pwz", "03:00:00:00:00:01"], canWork: false)
            case .namespaceGone:
                session.interface.namespace = third.name
                mishap = Mishap(
                    texts: [third.name], happen: { try Shell.ip(["netns delete \(third.name)"]) }, canWork: false)
            }
            tunnel.sessions = [session]
            wanted.tunnels.append(tunnel)
            return mishap
        }
    }
}
