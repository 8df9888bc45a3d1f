import Foundation
import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// `flush` and `stats` on the real kernel.
    @Suite(.sitePair)
    struct FlushTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        private func run(_ words: String) throws -> Outcome {
            try Shell.run([Shell.l2tp, "-n", pair.left.name] + words.words)
        }

        /// Two tunnels, the first with so many sessions, the second with one.
        private func fill(_ count: UInt32) throws {
            var client = try pair.left.client()
            for number: UInt32 in 1...2 { try client.createTunnel(.udp(number)) }
            for number in 1...count { try client.createSession(.unnamed(number, in: 1)) }
            try client.createSession(.unnamed(count + 1, in: 2))
        }

        @Test("Everything goes, interfaces included")
        func everything() throws {
            try fill(40)
            let before = try pair.left.links().keys.filter { $0.hasPrefix("l2tpeth") }
            #expect(before.count == 41)
            let outcome = try run("flush --yes")
            #expect(outcome.output == "deleted 2 tunnels with 41 sessions\n")
            #expect(outcome.errors == "")
            #expect(outcome.succeeded)
            #expect(try KernelState(of: pair.left).objects == "")
            #expect(try pair.left.links().keys.filter { $0.hasPrefix("l2tpeth") } == [])
            #expect(try run("flush --yes").output == "no tunnel to delete\n")
        }

        @Test("Sessions go alone, and only those selected; a renamed interface does not disturb")
        func sessions() throws {
            try fill(3)
            try Shell.ip(["link set l2tpeth1 name renamed"], in: pair.left)
            #expect(try run("flush session --yes tunnel_id 1").output == "deleted 3 sessions\n")
            #expect(try KernelState(of: pair.left).objects == "1 2 2/4")
            let isGone = try eventually { try pair.left.link("renamed") == nil }
            #expect(isGone)
            #expect(try run("flush session --yes dev l2tpeth3").succeeded)
            #expect(try KernelState(of: pair.left).objects == "1 2")
        }

        @Test("Without a terminal and without --yes nothing goes")
        func needsConsent() throws {
            try fill(1)
            let outcome = try run("flush")
            #expect(outcome.status == 255)
            #expect(outcome.errors.contains("whether to delete 2 tunnels with 2 sessions: 1, 2;"), "\(outcome)")
            #expect(try KernelState(of: pair.left).objects == "1 2 1/1 2/2")
        }

        /// The sites' own traffic is none: what is counted is what is sent here.
        @Test("Rates are those of what was sent, and a session made anew is marked")
        func rates() throws {
            let wire = try Pseudowire(in: pair, Cell(encapsulation: .udp, ipVersion: .v4)) { side, _, session in
                if side == .left { session.peerCookie = Cookie(UInt32(1)) }
            }
            let reports = try Shell.run(
                [
                    "sh", "-c",
                    """
                    "$0" -n \(pair.left.name) stats --json --interval 500ms --count 3 &
                    sleep 0.7
                    "$0" -n \(pair.right.name) del session name \(Cell.interface) &
                    ip netns exec \(pair.left.name) ping -q -c 5 -i 0.01 -W 0.1 \(Pseudowire.address(.right))
                    wait
                    """, Shell.l2tp,
                ]
            ).output.split(separator: "\n").filter { $0.hasPrefix("{") }
            #expect(reports.count == 3)
            var last = 0.0
            for report in reports {
                let object = try #require(
                    try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
                let sessions = try #require(object["sessions"] as? [[String: Any]])
                #expect(sessions.count == 1)
                #expect(sessions[0]["note"] == nil)
                #expect((sessions[0]["tx_pps"] as? Double ?? -1) >= 0)
                let elapsed = try #require(object["elapsed"] as? Double)
                #expect(elapsed - last > 0.4)
                last = elapsed
            }
            #expect(reports.contains { !$0.contains("\"tx_pps\":0.0") })
            try wire.remove()
        }

        @Test("An interrupt ends stats with success, and a closed pipe quietly")
        func ends() throws {
            try fill(1)
            let interrupted = try Shell.run(
                [
                    "sh", "-c",
                    """
                    "$0" -n \(pair.left.name) stats --interval 100ms & pid=$!
                    sleep 0.6; kill -INT $pid; wait $pid; echo status $?
                    """, Shell.l2tp,
                ])
            #expect(interrupted.output.hasSuffix("status 0\n"), "\(interrupted)")
            #expect(interrupted.output.contains("l2tpeth0"), "\(interrupted)")
            let closed = try Shell.run(
                ["sh", "-c", "\"$0\" -n \(pair.left.name) stats --interval 50ms | head -n 2", Shell.l2tp])
            #expect(closed.succeeded && closed.errors == "", "\(closed)")
            #expect(closed.output.split(separator: "\n").count == 2)
        }
    }
}
