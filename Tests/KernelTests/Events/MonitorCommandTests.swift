import Glibc
import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// `l2tp monitor` against what is done.
    @Suite(.sitePair)
    struct MonitorCommandTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        @Test(arguments: [SIGTERM, SIGINT])
        func text(signal: CInt) throws {
            let monitor = try BackgroundProgram([Shell.l2tp, "monitor"], in: pair.left)
            try awaitStart(of: monitor)
            let before = try monitor.lines().count
            var client = try pair.left.client()
            var raw = try RawL2TP(in: pair.left)
            try client.createTunnel(.udp(1))
            var session = try SessionSpecification.named("l2tp-lan", 31, in: 1)
            session.cookie = Cookie(UInt64(0x0123_4567_89ab_cdef))
            try client.createSession(session)
            try expect(monitor, before + 2)
            try raw.modifySession(SessionID(31), in: TunnelID(1), sendsSequenceNumbers: true)
            try expect(monitor, before + 3)
            try client.deleteTunnel(TunnelID(1))
            try expect(monitor, before + 4)
            let lines = try monitor.lines().dropFirst(before).map { String($0.dropFirst(13)) }
            #expect(
                lines == [
                    "tunnel 1          created    udp 192.0.2.1 port 10001 to 192.0.2.2 port 10000, peer 1",
                    "session 31/1      created    l2tp-lan, peer 31, cookie 8 bytes",
                    "session 31/1      modified   l2tp-lan, send_seq off -> on",
                    "tunnel 1          deleted    with session 31",
                ])
            #expect(try monitor.end(by: signal) == 0)
        }

        /// Until it has subscribed, nothing is printed.
        private func awaitStart(of monitor: BackgroundProgram) throws {
            var client = try pair.left.client()
            var id: UInt32 = 1000
            let isThere = try eventually {
                id += 1
                try client.createTunnel(.ip(id))
                try client.deleteTunnel(TunnelID(id))
                return try !monitor.lines().isEmpty
            }
            try #require(isThere)
            try client.createTunnel(.ip(5000))
            try client.deleteTunnel(TunnelID(5000))
            let isRead = try eventually {
                try monitor.lines().last.map { $0.contains("5000") && $0.contains("deleted") } ?? false
            }
            try #require(isRead)
        }

        private func expect(_ monitor: BackgroundProgram, _ count: Int) throws {
            let isThere = try eventually { try monitor.lines().count >= count }
            #expect(isThere)
        }

        @Test func withoutPermission() throws {
            let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"]
            let outcome = try Shell.run(nobody + [Shell.l2tp, "monitor"], in: pair.left)
            #expect(outcome.status == 1)
            #expect(outcome.output == "")
            #expect(outcome.errors.contains("cannot monitor L2TP: not permitted (EPERM)"), "\(outcome)")
        }

        /// It ends when its reader does, without an event.
        @Test func closedPipe() throws {
            let script = "(\(Shell.l2tp) monitor; echo $? >&2) | sleep 0.5"
            let outcome = try Shell.run(["timeout", "20", "sh", "-c", script], in: pair.left)
            #expect(outcome.errors == "0\n", "\(outcome)")
        }

        // MARK: - Many cycles

        /// 2,000 cycles of creation, change and deletion, those on another kernel included, while one program monitors and
        /// another lists: nothing is missed, nothing is told twice, and nothing grows.
        @Test func soak() throws {
            let cycles = 2000 / Share.current.step
            let monitor = try BackgroundProgram([Shell.l2tp, "monitor", "--json", "--all"], in: pair.left)
            try awaitStart(of: monitor)
            var client = try pair.left.client()
            // So that the requester of changes is known before there is more to do than time.
            try client.createTunnel(.udp(1))
            try client.createSession(.named("pw", 31, in: 1))
            try client.modifySession(SessionID(31), in: TunnelID(1), SessionModification(sendsSequenceNumbers: true))
            let isKnown = try eventually { try monitor.lines().last?.contains("modified") ?? false }
            try #require(isKnown)
            try client.deleteTunnel(TunnelID(1))
            let isGone = try eventually { try monitor.lines().last?.contains("deleted") ?? false }
            try #require(isGone)
            let before = try monitor.lines().count
            let twin = """
                add tunnel tunnel_id 1 peer_tunnel_id 1 local 192.0.2.2 remote 192.0.2.1 udp_sport 10001 udp_dport 1
                del tunnel tunnel_id 1

                """
            let list = String(repeating: "show tunnel\nshow session\n", count: 100_000)
            let lister = try BackgroundProgram([Shell.l2tp, "--batch", "-"], in: pair.left, input: list)
            // What is done, for comparison.
            var expected: [String: Int] = [:]
            var footprints: [(monitor: BackgroundProgram.Footprint, actor: BackgroundProgram.Footprint)] = []
            let start = ContinuousClock.now
            for cycle in 1...cycles {
                // After a while everything has what it needs.
                if cycle == 100 || cycle % (cycles / 4) == 0 {
                    footprints.append((try monitor.footprint(), try BackgroundProgram.Footprint()))
                }
                try client.createTunnel(.udp(1))
                try client.createSession(.named("pw", 31, in: 1))
                try client.modifySession(
                    SessionID(31), in: TunnelID(1), SessionModification(sendsSequenceNumbers: true))
                expected["created tunnel", default: 0] += 1
                expected["created session", default: 0] += 1
                expected["modified session", default: 0] += 1
                if cycle % 10 == 0 {
                    try client.deleteSession(SessionID(31), in: TunnelID(1))
                    expected["deleted session", default: 0] += 1
                } else {
                    expected["with its tunnel", default: 0] += 1
                }
                try client.deleteTunnel(TunnelID(1))
                expected["deleted tunnel", default: 0] += 1
                if cycle % 50 == 0 {
                    // The same identifiers elsewhere.
                    try Shell.require([Shell.l2tp, "-n", pair.right.name, "--batch", "-"], input: twin)
                }
            }
            let duration = ContinuousClock.now - start
            let total = expected.values.reduce(0, +) - (expected["with its tunnel"] ?? 0)
            _ = try eventually { try monitor.lines().count - before >= total }
            var seen: [String: Int] = [:]
            for line in try monitor.lines().dropFirst(before) {
                let words = line.split(separator: "\"")
                let event = line.contains("\"event\":\"overrun\"") ? "overrun" : "\(words[7]) \(words[11])"
                seen[event, default: 0] += 1
                if line.contains("\"sessions\":[31]") { seen["with its tunnel", default: 0] += 1 }
            }
            print("soak: \(cycles) cycles in \(duration), events \(seen.sorted { $0.key < $1.key })")
            for (index, footprint) in footprints.enumerated() {
                print("soak: point \(index): monitor \(footprint.monitor); actor \(footprint.actor)")
            }
            // Of what came and went elsewhere it may be impossible to tell that.
            for verb in ["created", "deleted"] {
                let count = seen.removeValue(forKey: "unattributed \(verb)") ?? 0
                #expect(count <= cycles / 50)
            }
            #expect(seen == expected)
            let growth = 1024 / Share.current.step
            for footprint in footprints.dropFirst() {
                #expect(footprint.monitor.descriptors == footprints[0].monitor.descriptors)
                #expect(footprint.actor.descriptors == footprints[0].actor.descriptors)
                #expect(footprint.monitor.residentKilobytes <= footprints[0].monitor.residentKilobytes + growth)
            }
            #expect(try monitor.end() == 0)
            _ = try lister.end()
        }
    }
}
