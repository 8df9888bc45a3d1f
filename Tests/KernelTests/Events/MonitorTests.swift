import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import LinkControl
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// What happens is reported once, whether or not the kernel notifies it, and nothing that happens elsewhere.
    @Suite(.sitePair)
    struct MonitorTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
            try pair.right.deleteAllTunnels()
        }

        @Test(arguments: [TunnelSpecification.udp(1), .ip(1), .udp(1, .v6), .ip(1, .v6)])
        func everyCommand(_ tunnel: TunnelSpecification) throws {
            var client = try pair.left.client()
            var raw = try RawL2TP(in: pair.left)
            var monitor = try pair.left.monitor()
            try client.createTunnel(tunnel)
            try client.createSession(.named("pw", 31, in: 1))
            let created = try monitor.events(2)
            #expect(created.map(\.short) == ["+1", "+1/31 pw"])
            #expect(created.map(\.cause) == [.notification, .notification])
            #expect(monitor.tunnels == (try client.tunnels()))
            #expect(monitor.sessions == (try client.sessions()))
            try raw.modifyTunnel(TunnelID(1))
            try raw.modifySession(SessionID(31), in: TunnelID(1), sendsSequenceNumbers: true)
            try raw.modifySession(SessionID(31), in: TunnelID(1), sendsSequenceNumbers: true)
            #expect(try monitor.events(1).map(\.short) == ["~1/31"])
            try client.deleteSession(SessionID(31), in: TunnelID(1))
            #expect(try monitor.events(1).map(\.short) == ["-1/31 pw"])
            try client.createSession(.named("pw", 32, in: 1))
            try client.createSession(.named("pw33", 33, in: 1))
            #expect(try monitor.events(2).map(\.short) == ["+1/32 pw", "+1/33 pw33"])
            try client.deleteTunnel(TunnelID(1))
            #expect(try monitor.events(1).map(\.short) == ["-1 [32 33]"])
            #expect(monitor.tunnels == [])
            #expect(monitor.sessions == [])
        }

        /// A deletion is notified each time it is asked for.
        @Test func deletionTwice() throws {
            var client = try pair.left.client()
            var raw = try RawL2TP(in: pair.left)
            try client.createTunnel(.udp(1))
            for id: UInt32 in 131...140 { try client.createSession(.unnamed(id, in: 1)) }
            var monitor = try pair.left.monitor()
            try raw.deleteTunnel(TunnelID(1))
            try? raw.deleteTunnel(TunnelID(1))
            #expect(try monitor.events(1).map(\.short) == ["-1 [131 132 133 134 135 136 137 138 139 140]"])
        }

        /// Objects that come and go at once, many times, under the same identifiers and names.
        @Test func again() throws {
            var client = try pair.left.client()
            var monitor = try pair.left.monitor()
            var expected: [String] = []
            for _ in 1...10 {
                try client.createTunnel(.udp(1))
                try client.createSession(.named("pw", 31, in: 1))
                try client.deleteTunnel(TunnelID(1))
                expected += ["+1", "+1/31 pw", "-1 [31]"]
            }
            let events = try monitor.events(expected.count)
            // Nothing was there any more when it was looked at: interfaces and requester tell.
            #expect(events.map(\.short) == expected)
        }

        // MARK: - Other namespaces

        @Test func otherNamespaces() throws {
            var monitor = try pair.left.monitor(comparingEvery: .milliseconds(50))
            var client = try pair.right.client()
            for id: UInt32 in 1...5 {
                var tunnel = TunnelSpecification.udp(id)
                (tunnel.local, tunnel.peer) = (tunnel.peer, tunnel.local)
                try client.createTunnel(tunnel)
                try client.createSession(.named("pw\(id)", id, in: id))
                #expect(try monitor.next(within: .milliseconds(20)) == [])
            }
            try pair.right.deleteAllTunnels()
            #expect(try monitor.next(within: .milliseconds(100)) == [])
            #expect(monitor.foreignNotificationCount == 15)
        }

        /// Namespaces in which everything is the same, names and counters included.
        @Test func twins() throws {
            let twins = try TwinNamespaces.make()
            defer { twins.remove() }
            var monitor = try twins.ours.monitor()
            var tunnel = TunnelSpecification.udp(1)
            tunnel.peer = SitePair.address(.right, .v4)
            var expected: [String] = []
            for namespace in [twins.ours, twins.theirs] {
                var client = try namespace.client()
                try client.createTunnel(tunnel)
                try client.createSession(.named("pw", 31, in: 1))
                if namespace == twins.ours { expected += ["+1", "+1/31 pw"] }
                #expect(try monitor.events(expected.count).map(\.short) == expected)
                expected = []
            }
            try twins.theirs.deleteAllTunnels()
            #expect(try monitor.next(within: .milliseconds(200)) == [])
            try twins.ours.deleteAllTunnels()
            #expect(try monitor.events(1).map(\.short) == ["-1 [31]"])
        }

        @Test func otherNamespaceEnds() throws {
            var monitor = try pair.left.monitor()
            try TestNamespace.with(1) { namespaces in
                try Shell.ip(
                    ["link add wan type dummy", "link set wan up", "address add 192.0.2.1/24 dev wan"],
                    in: namespaces[0])
                var client = try namespaces[0].client()
                try client.createTunnel(.udp(1))
                try client.createSession(.named("pw", 31, in: 1))
            }
            #expect(try monitor.next(within: .milliseconds(300)) == [])
        }

        // MARK: - Without notifications

        @Test func closedSocket() throws {
            let left = pair.left
            let socket = try SystemCalls.inNamespace(left.path) {
                try SystemCalls.socket(from: .udp(.v4(.any), port: 7001))
            }
            var raw = try RawL2TP(in: left)
            var client = try left.client()
            var monitor = try left.monitor()
            try raw.createTunnel(TunnelID(1), over: socket)
            for id: UInt32 in 31...33 { try client.createSession(.named("pw\(id)", id, in: 1)) }
            #expect(try monitor.events(4).count == 4)
            try socket.close()
            let events = try monitor.events(1)
            #expect(events.map(\.short) == ["-1 [31 32 33]"])
            #expect(events.map(\.cause) == [.linkRemoval])
        }

        @Test func closedSocketWithoutSessions() throws {
            let left = pair.left
            let socket = try SystemCalls.inNamespace(left.path) {
                try SystemCalls.socket(from: .udp(.v4(.any), port: 7002))
            }
            var raw = try RawL2TP(in: left)
            var monitor = try left.monitor(comparingEvery: .milliseconds(300))
            try raw.createTunnel(TunnelID(1), over: socket)
            #expect(try monitor.events(1).map(\.short) == ["+1"])
            try socket.close()
            let events = try monitor.events(1)
            #expect(events.map(\.short) == ["-1 []"])
            #expect(events.map(\.cause) == [.resynchronization])
        }

        /// The name is the one at creation; a renamed interface is still known.
        @Test func renamedInterface() throws {
            var client = try pair.left.client()
            var monitor = try pair.left.monitor()
            try client.createTunnel(.udp(1))
            try client.createSession(.named("pw", 31, in: 1))
            #expect(try monitor.events(2).count == 2)
            try Shell.ip(["link set pw name other", "link set other up"], in: pair.left)
            #expect(try monitor.next(within: .milliseconds(100)) == [])
            // The client would delete the session by itself first, for it cannot see its end.
            try Shell.ip(["l2tp del tunnel tunnel_id 1"], in: pair.left)
            #expect(try monitor.events(1).map(\.short) == ["-1 [31]"])
        }

        /// An interface in another namespace is no deletion; its session's end is notified all the same.
        @Test func movedInterface() throws {
            var client = try pair.left.client()
            var monitor = try pair.left.monitor()
            try client.createTunnel(.udp(1))
            try client.createSession(.named("moved", 31, in: 1))
            #expect(try monitor.events(2).count == 2)
            try Shell.ip(["link set moved netns \(pair.right.name)"], in: pair.left)
            #expect(try monitor.next(within: .milliseconds(200)) == [])
            try client.deleteSession(SessionID(31), in: TunnelID(1))
            #expect(try monitor.events(1).map(\.short) == ["-1/31 moved"])
        }

        // MARK: - Losses

        @Test func overrun() throws {
            var client = try pair.left.client()
            var raw = try RawL2TP(in: pair.left)
            try client.createTunnel(.udp(1))
            try client.createSession(.named("gone", 31, in: 1))
            var monitor = try pair.left.monitor()
            for _ in 1...5000 { try raw.modifyTunnel(TunnelID(1)) }
            try client.createTunnel(.udp(2))
            try client.createSession(.named("new", 32, in: 2))
            try client.deleteSession(SessionID(31), in: TunnelID(1))
            var events: [L2TPEvent] = []
            let end = ContinuousClock.now + .seconds(30)
            while monitor.sessions.map(\.id) != [SessionID(32)] || monitor.tunnels.count != 2,
                ContinuousClock.now < end
            {
                events += try monitor.next(within: .seconds(1))
            }
            #expect(events.map(\.short).contains("overrun"))
            #expect(events.map(\.short).filter { $0 != "overrun" }.sorted() == ["+2", "+2/32 new", "-1/31 gone"])
            #expect(monitor.tunnels.map(\.id) == (try client.tunnels().map(\.id)))
            #expect(monitor.sessions == (try client.sessions()))
        }

        /// Linux tells of a loss before what it had queued, and drops without a word until that has been taken.
        @Test func changeAfterOverrun() throws {
            var client = try pair.left.client()
            var raw = try RawL2TP(in: pair.left)
            try client.createTunnel(.udp(1))
            var monitor = try pair.left.monitor()
            for _ in 1...5000 { try raw.modifyTunnel(TunnelID(1)) }
            #expect(try monitor.next(within: .seconds(10)).map(\.short) == ["overrun"])
            try client.createTunnel(.udp(2))
            var events: [L2TPEvent] = []
            let end = ContinuousClock.now + .seconds(10)
            while events.isEmpty, ContinuousClock.now < end { events += try monitor.next(within: .seconds(1)) }
            #expect(events.map(\.short) == ["+2"])
        }

        /// While messages about links are lost, a tunnel's end that only they tell is found by comparing; the next is
        /// noticed by its interface again.
        @Test func overrunOfLinks() throws {
            let left = pair.left
            let sockets = try [UInt16(7003), 7004].map { port in
                try SystemCalls.inNamespace(left.path) { try SystemCalls.socket(from: .udp(.v4(.any), port: port)) }
            }
            var raw = try RawL2TP(in: left)
            var client = try left.client()
            for (id, socket) in zip(UInt32(1)..., sockets) {
                try raw.createTunnel(TunnelID(id), over: socket)
                try client.createSession(.named("pw\(id)", 30 + id, in: id))
            }
            var monitor = try left.monitor()
            var links = try left.linkClient()
            let link = try #require(try left.link("pw2"))
            try links.change(link, LinkChanges(isUp: true))
            for number in 1...3000 { try links.change(link, LinkChanges(alias: "change \(number)")) }
            try sockets[0].close()
            let isGone = try eventually { try left.link("pw1") == nil }
            try #require(isGone)
            let first = try monitor.events(1)
            #expect(first.map(\.short) == ["-1 [31]"])
            #expect(first.map(\.cause) == [.resynchronization])
            try sockets[1].close()
            let second = try monitor.events(1)
            #expect(second.map(\.short) == ["-2 [32]"])
            #expect(second.map(\.cause) == [.linkRemoval])
        }

        // MARK: - As a sequence

        @Test func asynchronously() async throws {
            var client = try pair.left.client()
            let events = try L2TPEvents(.kernel(in: pair.left.networkNamespace))
            try client.createTunnel(.udp(1))
            try client.createSession(.named("pw", 31, in: 1))
            var seen: [String] = []
            for try await event in events {
                seen.append(event.short)
                if seen.count == 2 { try client.deleteTunnel(TunnelID(1)) }
                if seen.count == 3 { break }
            }
            #expect(seen == ["+1", "+1/31 pw", "-1 [31]"])
            let task = Task {
                var count = 0
                for try await _ in events { count += 1 }
                return count
            }
            task.cancel()
            #expect(try await task.value == 0)
        }
    }
}
