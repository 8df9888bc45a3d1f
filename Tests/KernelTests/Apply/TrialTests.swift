import Glibc
import L2TPConfig
import Testing

extension KernelTests {
    /// `l2tp-apply --try` on a terminal, while TCP connections go through the pseudowires.
    @Suite
    struct TrialTests {
        /// Runs a try and takes care that two connections live through it: one over a session that stays as it is, and
        /// one over a session that is changed in place.
        ///
        /// It lasts for `seconds`; `during` is what happens when the question has been asked, and is given a time before
        /// which nothing may be taken back.
        private func check(
            seconds: Int, isKept: Bool,
            _ during: (TrialSites, BackgroundProgram, ContinuousClock.Instant) throws -> Void
        ) throws {
            try SitePair.with { pair in
                let sites = try TrialSites(pair)
                let before = try SiteDump(pair.left)
                let streams = try [TrialSites.unaffected, TrialSites.modified].map {
                    try ByteStream(over: $0, in: pair)
                }
                // On a machine that stands still the deadline may pass before it is looked.
                let deadline = ContinuousClock.now + .seconds(seconds)
                let program = try sites.startTry(seconds: seconds)
                try sites.awaitQuestion(program)
                let isMade = try pair.left.link("pw4") != nil
                #expect(isMade || ContinuousClock.now > deadline)
                try during(sites, program, deadline)
                if isKept {
                    #expect(try sites.holds(sites.after))
                } else {
                    let isReverted = try eventually { try SiteDump(pair.left) == before }
                    let after = try SiteDump(pair.left)
                    #expect(isReverted, "\(before.difference(to: after))")
                    #expect(try sites.holds(sites.before))
                }
                for stream in streams {
                    let (isWhole, count) = try stream.end()
                    #expect(isWhole, "\(count) lines")
                }
            }
        }

        @Test func unconfirmed() throws {
            try check(seconds: 10, isKept: false) { sites, program, _ in
                let isReverted = try eventually { try program.lines().contains { $0.contains("reverted") } }
                #expect(isReverted, "\(program)")
                #expect(try program.lines().contains { $0.contains("Press Enter within 10 s") })
                #expect(try sites.status(of: program) == 1)
            }
        }

        @Test func confirmedByEnter() throws {
            try check(seconds: 600, isKept: true) { sites, program, _ in
                try sites.pressEnter()
                let isKept = try eventually { try program.lines().contains { $0.contains("kept") } }
                #expect(isKept, "\(program)")
                #expect(try sites.status(of: program) == 0)
            }
        }

        @Test func confirmedByCommand() throws {
            try check(seconds: 600, isKept: true) { sites, program, _ in
                try Shell.require([Shell.apply, "--confirm"], in: sites.pair.left)
                #expect(try sites.status(of: program) == 0)
                let again = try Shell.run([Shell.apply, "--confirm"], in: sites.pair.left)
                #expect(again.status == 1 && again.errors.contains("nothing to confirm"), "\(again)")
            }
        }

        /// The terminal goes, as when the connection breaks over which somebody works: the change is taken back at the
        /// deadline, neither before nor never.
        @Test func terminalDies() throws {
            try check(seconds: 10, isKept: false) { sites, program, deadline in
                _ = try program.end(by: SIGKILL)
                SystemCalls.sleep(milliseconds: 1000)
                let isMade = try sites.pair.left.link("pw4") != nil
                #expect(isMade || ContinuousClock.now > deadline, "taken back before the deadline")
            }
        }

        /// And a connection over a session that is created anew, with its MAC address and addresses, goes on too.
        @Test func connectionOverASessionThatIsCreatedAnew() throws {
            try SitePair.with { pair in
                let sites = try TrialSites(pair)
                let before = try SiteDump(pair.left)
                let stream = try ByteStream(over: TrialSites.recreated, in: pair)
                let program = try sites.startTry(seconds: 1)
                try sites.awaitQuestion(program)
                #expect(try sites.status(of: program) == 1)
                let after = try SiteDump(pair.left)
                #expect(after == before, "\(before.difference(to: after))")
                let (isWhole, count) = try stream.end()
                #expect(isWhole, "\(count) lines")
            }
        }

        /// Asked to end, it does not wait for the deadline.
        @Test(arguments: [SIGTERM, SIGINT])
        func askedToEnd(_ signal: CInt) throws {
            try SitePair.with { pair in
                let sites = try TrialSites(pair)
                let before = try SiteDump(pair.left)
                let program = try sites.startWithoutTerminal(["--try", "600"])
                try sites.awaitQuestion(program)
                #expect(try program.end(by: signal) == 1)
                let after = try SiteDump(pair.left)
                #expect(after == before, "\(before.difference(to: after))")
            }
        }

        /// The report comes when it has ended, and tells how.
        @Test(arguments: [false, true])
        func report(isConfirmed: Bool) throws {
            try SitePair.with { pair in
                let sites = try TrialSites(pair)
                let before = try SiteDump(pair.left)
                let program = try sites.startWithoutTerminal(["--json", "--try", isConfirmed ? "600" : "1"])
                try sites.awaitQuestion(program)
                if isConfirmed { try Shell.require([Shell.apply, "--confirm"], in: pair.left) }
                let outcome = "\"outcome\":\"\(isConfirmed ? "kept" : "reverted")\""
                let isTold = try eventually { try program.lines().contains { $0.contains(outcome) } }
                #expect(isTold, "\(program)")
                #expect(try program.lines().contains { $0.hasPrefix("{\"task\":\"try\"") })
                #expect(try program.end(by: 0) == (isConfirmed ? 0 : 1))
                #expect(try (SiteDump(pair.left) == before) == !isConfirmed)
            }
        }
    }
}
