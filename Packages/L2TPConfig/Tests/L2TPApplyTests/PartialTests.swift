import L2TPApply
import L2TPConfig
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

/// What cannot be taken back is told, and the next run cleans it up.
@Suite struct PartialTests {
    @Test func creationsThatStay() throws {
        let host = try Host()
        host.home.fail(.sessionDelete, with: .resourceBusy, times: 100)
        host.home.fail(.tunnelDelete, with: .resourceBusy, times: 100)
        host.home.fail(.addressAdd, with: .noMemory)
        let error = try #require(host.failure(Example.base))
        #expect(error.errno == .noMemory)
        guard case .partial(let lines) = error.outcome else {
            Issue.record("\(error.outcome)")
            return
        }
        #expect(lines.count == 2)
        #expect(lines.contains { $0.hasPrefix("tunnel 10 still exists: cannot delete tunnel 10: ") })
        #expect(lines.contains { $0.hasPrefix("tunnel 11 still exists: ") && $0.hasSuffix("(EBUSY)") })
        #expect(lines.allSatisfy { !$0.contains("\n") })
        host.home.removeFaults()
        try host.apply(Configuration())
        #expect(host.home.tunnels.map(\.id) == [Host.foreignTunnel])
    }

    @Test func deletionsThatStay() throws {
        let host = try Host()
        try host.apply(Example.base)
        var after = Example.base
        after["hq", "lan"].specification.cookie = Cookie(UInt32(9))
        after["hq", "port"].specification.cookie = Cookie(UInt32(9))
        host.home.fail(.sessionCreate, with: .noMemory, times: 1000)
        let error = try #require(host.failure(after))
        guard case .partial(let lines) = error.outcome else {
            Issue.record("\(error.outcome)")
            return
        }
        #expect(lines.count == 2)
        #expect(
            lines.allSatisfy {
                $0.contains(" in tunnel 10 is gone: cannot create session ") && $0.hasSuffix("(ENOMEM)")
            })
        host.home.removeFaults()
        try host.apply(Example.base)
        #expect(try host.plan(Example.base).isEmpty)
    }

    @Test("A deletion that was accepted and is not done is not called undone", .timeLimit(.minutes(2)))
    func deletionsUnderWay() throws {
        let host = try Host()
        try host.apply(Example.base)
        host.home.behavior.deletionDelay = .max
        let error = try #require(host.failure(Configuration()))
        #expect(error.reason == .timedOut)
        guard case .partial(let lines) = error.outcome else {
            Issue.record("\(error.outcome)")
            return
        }
        #expect(lines.contains("tunnel 10 is going to be gone: its deletion is under way"))
    }

    @Test func interfacesThatStay() throws {
        let host = try Host()
        try host.apply(Example.base)
        var after = Example.base
        after["hq", "lan"].interface.mtu = .bytes(1300)
        after["hq", "lan"].interface.addresses = [KnownValue.prefix("10.0.5.1/24")]
        host.home.fail(.addressAdd, with: .noMemory, times: 1000)
        let error = try #require(host.failure(after))
        guard case .partial(let lines) = error.outcome else {
            Issue.record("\(error.outcome)")
            return
        }
        #expect(lines.count == 1)
        #expect(
            lines[0].hasPrefix(
                "interface lan of session 1 in tunnel 10 is not what it was: cannot add address 10.0.0.1/24 on lan"))
        host.home.removeFaults()
        try host.apply(Example.base)
        #expect(try host.plan(Example.base).isEmpty)
    }

    @Test func settingsThatStay() throws {
        let host = try Host()
        try host.apply(Example.base)
        var after = Example.base
        after["hq", "lan"].specification.lnsMode = true
        after["hq", "lan"].specification.sendsSequenceNumbers = false
        after["hq", "lan"].interface.mtu = .bytes(1300)
        host.home.inject(.refuse(.noMemory), at: .sessionModify, times: 100, after: 1)
        host.home.fail(.linkChange, with: .resourceBusy)
        let error = try #require(host.failure(after))
        guard case .partial(let lines) = error.outcome else {
            Issue.record("\(error.outcome)")
            return
        }
        #expect(lines.count == 1)
        #expect(
            lines[0].hasPrefix(
                "session 1 in tunnel 10 is not what it was: cannot modify session 1 in tunnel 10"))
    }

    @Test("A tunnel in which somebody else has created a session is not deleted with it")
    func sharedTunnel() throws {
        let host = try Host()
        let applied = try host.apply(Example.base)
        let other = MemoryOwnershipStore()
        var applier = try Applier(host.networks, store: other, machineID: nil)
        var mixed = Example.base
        mixed["hq"].sessions.append(
            SessionConfiguration(
                name: "theirs",
                specification: SessionSpecification(
                    tunnelID: TunnelID(10), id: SessionID(900), peerID: SessionID(901))))
        try applier.apply(try applier.plan(mixed, adopts: true), waitingAtMost: .zero)
        do throws(ApplyError) {
            try host.revert(applied)
            Issue.record("a foreign session has gone")
        } catch {
            #expect(
                error.outcome
                    == .partial(["tunnel 10 still exists: somebody else has created session 900 in it"]))
        }
        #expect(
            host.home.sessions.filter { $0.tunnelID == TunnelID(10) }.map(\.id) == [SessionID(900)])
        #expect(host.home.tunnels.map(\.id) == [TunnelID(10), Host.foreignTunnel])
    }

    @Test("Without an answer from the kernel everything is told that may stand")
    func nothingCanBeSeen() throws {
        let host = try Host()
        host.die(after: 3)
        let error = try #require(host.failure(Example.base))
        guard case .partial(let lines) = error.outcome else {
            Issue.record("\(error.outcome)")
            return
        }
        #expect(lines.contains { $0.hasPrefix("tunnel 10 may still exist: ") })
    }

    @Test("Sessions are not created in a tunnel that has taken the place of theirs", .timeLimit(.minutes(2)))
    func replacedTunnel() throws {
        let host = try Host()
        try host.apply(Example.base)
        let after = Example.base {
            $0["hq"].specification.encapsulation = .udp(UDPParameters(sourcePort: 5000, destinationPort: 5002))
        }
        let foreign = TunnelConfiguration(
            name: "foreign",
            specification: TunnelSpecification(
                id: TunnelID(10), peerID: TunnelID(99), local: KnownValue.address("192.0.2.1"),
                peer: KnownValue.address("192.0.2.98"),
                encapsulation: .udp(UDPParameters(sourcePort: 40011, destinationPort: 40012))))
        host.home.fail(.tunnelCreate, with: .noMemory)
        var hasCome = false
        do throws(ApplyError) {
            try host.apply(after, isCancelled: { false }) { progress in
                guard progress.activity == .undoing, !hasCome else { return }
                hasCome = true
                host.meddle(Configuration(tunnels: [foreign]))
            }
            Issue.record("it was applied")
        } catch {
            guard case .partial(let lines) = error.outcome else {
                Issue.record("\(error.outcome)")
                return
            }
            #expect(lines.count == 4)
            #expect(lines.contains { $0.hasPrefix("tunnel 10 is gone: ") })
            for id in [1, 3, 5] { #expect(lines.contains("session \(id) in tunnel 10 is gone with its tunnel")) }
        }
        #expect(host.home.tunnels.first { $0.id == TunnelID(10) }?.peerID == TunnelID(99))
        #expect(!host.home.sessions.contains { $0.tunnelID == TunnelID(10) })
    }

    @Test("A session whose interface was not found comes back with another, which is told")
    func newInterface() throws {
        let host = try Host()
        try host.apply(Example.base)
        host.home.renameLink("lan", to: "renamed")
        host.home.fail(.sessionCreate, with: .noMemory)
        let error = try #require(host.failure(Example.base))
        #expect(error.errno == .noMemory)
        #expect(
            error.outcome
                == .partial([
                    "session 1 in tunnel 10 has a new interface: the one that it had could not be found"
                ]))
        try host.apply(Example.base)
        #expect(try host.plan(Example.base).isEmpty)
    }
}
