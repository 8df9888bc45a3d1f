import L2TPConfig
import L2TPModel
import L2TPNetlink
import SystemPackage
import Testing

extension KernelTests {
    /// `l2tp-apply` itself, killed by SIGKILL when it enters a system call.
    @Suite
    struct KillTests {
        /// The system calls by which a run has effects: requests, their answers, and the record. Before each of them it
        /// ends, but of the answers, which change nothing, only before one in so many.
        static let calls = [
            "sendto": 1, "sendmsg": 1, "recvfrom": 12, "recvmsg": 12, "write": 1, "pwrite64": 1, "fsync": 1,
            "rename": 1,
        ]

        @Test func atSystemCalls() throws {
            try ApplySite.withQuickGrace { site in
                let scenario = try CrashScenario(far: site.far.name)
                let foreign = try ForeignTunnel(at: site)
                let before = try ConfigurationFolder("before", scenario.before)
                let after = try ConfigurationFolder("after", scenario.after)
                try run([before.path], at: site)
                let start = try SiteDump(site)
                let counts = try counts(of: [after.path], at: site)
                let goal = try SiteDump(site)
                var points = 0
                for (call, count) in counts {
                    let numbers = Array(stride(from: 1, through: count, by: Self.calls[call] ?? 1))
                    for number in Share.current.part(of: numbers) {
                        try run([before.path], at: site)
                        let point = "\(call) \(number)"
                        guard try kill([after.path], at: call, number, at: site) else { continue }
                        points += 1
                        // The next run goes on, or back.
                        let (next, wanted) = points % 2 == 0 ? (after, goal) : (before, start)
                        try run([next.path], at: site)
                        let state = try SiteDump(site)
                        #expect(state == wanted, "\(point)\n\(wanted.difference(to: state))")
                        let plan = try Shell.run([Shell.apply, "--plan", next.path], in: site.home)
                        #expect(plan.status == 0, "\(point): \(plan)")
                        #expect(try foreign.isUntouched(), "\(point)")
                    }
                }
                print("\(points) points at system calls of \(counts)")
                #expect(points >= 75 / Share.current.step)
            }
        }

        private func run(_ words: [String], at site: ApplySite) throws {
            try Shell.require([Shell.apply] + words, in: site.home)
        }

        /// How often a run makes each call, in the thread that makes the most.
        private func counts(of words: [String], at site: ApplySite) throws -> [(String, Int)] {
            let log = "/tmp/\(UniqueName.next())"
            defer { SystemCalls.removeFile(log) }
            try Shell.require(
                [
                    "strace", "-f", "-qq", "-o", log, "-e",
                    "trace=\(Self.calls.keys.sorted().joined(separator: ","))", Shell.apply,
                ]
                    + words, in: site.home)
            var counts: [String: [String: Int]] = [:]
            for line in try Kernel.readText(log).split(separator: "\n") {
                let words = line.words
                guard words.count > 1, !words[1].hasPrefix("<"), let call = words[1].split(separator: "(").first else {
                    continue
                }
                counts[String(call), default: [:]][words[0], default: 0] += 1
            }
            return counts.map { call, threads in (call, threads.values.max() ?? 0) }.sorted { $0.0 < $1.0 }
        }

        /// Runs it with a signal at one call; whether that has ended it.
        private func kill(_ words: [String], at call: String, _ number: Int, at site: ApplySite) throws -> Bool {
            let outcome = try Shell.run(
                [
                    "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                    "inject=\(call):signal=KILL:when=\(number)", Shell.apply,
                ] + words, in: site.home)
            guard outcome.status != 128 + 9 else { return true }
            try #require(outcome.succeeded, "\(call) \(number): \(outcome)")
            return false
        }
    }
}
