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

        /// Frames go as long as the rates are looked at.
        @Test("What is sent has a rate, and a session made anew is marked")
        func rates() throws {
            let wire = try Pseudowire(in: pair, Cell(encapsulation: .udp, ipVersion: .v4))
            let session = try Cell(encapsulation: .udp, ipVersion: .v4).session(.left)
            let text = try Shell.require(
                [
                    "sh", "-c",
                    """
                    ping="ip netns exec \(pair.left.name) ping -q -c 1 -W 1 \(Pseudowire.address(.right))"
                    log=$(mktemp)
                    "$0" -n \(pair.left.name) stats --json --interval 200ms >"$log" & stats=$!
                    until grep -q '"tx_pps":[0-9.]*[1-9]' "$log"; do $ping >/dev/null; done
                    "$0" -n \(pair.left.name) del session dev \(Cell.interface)
                    "$0" -n \(pair.left.name) \(session.commandWords.joined(separator: " "))
                    until grep -q '"note"' "$log"; do sleep 0.1; done
                    kill -INT $stats
                    wait $stats
                    cat "$log"
                    """, Shell.l2tp,
                ]
            ).output
            var last = 0.0
            for report in text.split(separator: "\n") {
                let object = try #require(
                    try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
                let elapsed = try #require(object["elapsed"] as? Double)
                #expect(elapsed > last)
                last = elapsed
                for session in try #require(object["sessions"] as? [[String: Any]]) {
                    // With a note there are no rates.
                    let rates = ["tx_pps", "tx_bits", "rx_pps", "rx_bits"].compactMap { session[$0] as? Double }
                    #expect(rates.count == (session["note"] == nil ? 4 : 0))
                    #expect(rates.allSatisfy { (0..<1e9).contains($0) })
                }
            }
            #expect(last > 0)
            // Looked at between deletion and creation it is gone and then new; its counters began anew otherwise.
            #expect(text.contains("\"note\":\"reset\"") || text.contains("\"note\":\"gone\""))
            try wire.remove()
        }

        @Test("An interrupt ends stats with success, and a closed pipe quietly")
        func ends() throws {
            try fill(1)
            let interrupted = try Shell.run(
                [
                    "sh", "-c",
                    """
                    log=$(mktemp)
                    "$0" -n \(pair.left.name) stats --interval 100ms >"$log" & pid=$!
                    until grep -q l2tpeth0 "$log" || ! kill -0 $pid; do sleep 0.1; done
                    kill -INT $pid; wait $pid; status=$?
                    cat "$log"; rm "$log"; echo status $status
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
