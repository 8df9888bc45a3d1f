import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp_apply

/// Runs that change something.
@Suite struct RunTests {
    /// A bench whose file has been applied.
    private func applied() -> Bench {
        let bench = Bench.withSite()
        #expect(bench("") == Outcome(status: .success, output: "3 created\n"))
        bench.kernel.forgetRequests()
        return bench
    }

    /// The file with another peer session identifier for the first session, and with sequence numbers for the second.
    private static let edited = Texts.siteA
        .replacing("peer_session_id = 2000", with: "peer_session_id = 2002")
        .replacing("peer_session_id = 2001", with: "peer_session_id = 2001\nreorder_timeout = \"100ms\"")

    // MARK: - Applying

    @Test func nothingDiffersTheSecondTime() {
        let bench = applied()
        #expect(bench("") == Outcome(status: .success, output: "nothing differs; 3 unchanged\n"))
        #expect(bench("--plan") == Outcome(status: .success, output: "nothing differs; 3 unchanged\n"))
        #expect(bench("--quiet") == Outcome(status: .success))
        #expect(bench.kernel.changeRequests.isEmpty)
        #expect(bench.folder.lockCount == 3)
    }

    @Test func aPlanChangesNothing() {
        let bench = Bench.withSite()
        let plan = """
            tunnel hq (3000)        create  udp 192.0.2.1:5000 -> 198.51.100.7:6000, peer tunnel 4000  \
            /etc/l2tp/site-a.toml:1
              session lan (1000)    create  peer session 2000, interface l2tp-lan, master br0          line 9
              session voice (1001)  create  peer session 2001, interface l2tp-voice                    line 19
            3 created

            """
        #expect(bench("--plan") == Outcome(status: .differs, output: plan))
        #expect(bench("--plan --quiet") == Outcome(status: .differs))
        #expect(bench.kernel.changeRequests.isEmpty)
        #expect(bench.folder.lockCount == 0)
        #expect(bench.folder.memory.load() == Ownership())
        // What is done is what was planned, and told on demand.
        #expect(bench("--verbose") == Outcome(status: .success, output: plan))
    }

    @Test func anEditChangesWhatDiffers() throws {
        let bench = applied()
        bench.files["/etc/l2tp/site-a.toml"] = Self.edited
        let plan = bench("--plan")
        #expect(
            plan
                == Outcome(
                    status: .differs,
                    output: """
                        tunnel hq (3000)                                                 /etc/l2tp/site-a.toml:1
                          session lan (1000)    re-create  peer_session_id 2000 -> 2002  line 11
                                                           l2tp-lan loses its link for about 0.1 s; \
                        MAC and bridge br0 are kept
                          session voice (1001)  modify     reorder_timeout 0 -> 100ms    line 22
                        1 re-created, 1 modified, 1 unchanged

                        """))
        #expect(bench("") == Outcome(status: .success, output: "1 re-created, 1 modified, 1 unchanged\n"))
        #expect(bench.kernel.sessions.map(\.peerID.rawValue).sorted() == [2001, 2002])
        #expect(bench("--plan").status == .success)
    }

    @Test func down() {
        let bench = applied()
        #expect(
            bench("--plan --down")
                == Outcome(status: .differs, output: "tunnel hq (3000)  delete  2 sessions\n1 deleted\n"))
        // No file is read for that.
        bench.files = Files()
        #expect(bench("--down") == Outcome(status: .success, output: "1 deleted\n"))
        #expect(bench.kernel.tunnels.isEmpty)
        #expect(bench("--down") == Outcome(status: .success, output: "nothing to remove\n"))
    }

    @Test func anotherNamespace() {
        let bench = Bench.withSite()
        bench("--netns site-a")
        bench("--netns /proc/1/ns/net --plan")
        #expect(bench.homes == [.named("site-a"), .path("/proc/1/ns/net")])
        #expect(
            bench("--netns none") == Outcome(status: .usage, error: "l2tp-apply: no network namespace none\n"))
    }

    // MARK: - What stands in the way

    /// A bench with a tunnel of somebody else's under the configured identifier.
    private func foreign() throws -> Bench {
        let bench = Bench.withSite()
        let connector = bench.kernel.connector
        var applier = try Applier(
            Networks(tunnels: connector, named: { _ in connector }, exists: { _ in false }),
            store: MemoryOwnershipStore(), machineID: nil)
        let other = Texts.siteA.replacing("peer_tunnel_id = 4000", with: "peer_tunnel_id = 4001")
        let bare = other.split(separator: "\n\n").first.map(String.init) ?? ""
        let reading = try Files(texts: ["other.toml": bare]).load(["other.toml"])
        try applier.apply(try applier.plan(reading.configuration), waitingAtMost: .zero)
        bench.kernel.forgetRequests()
        return bench
    }

    @Test(arguments: ["", "--plan", "--try 5"])
    func conflicts(line: String) throws {
        let bench = try foreign()
        let run = bench(line)
        #expect(run.status == .refused)
        #expect(
            run.error == """
                /etc/l2tp/site-a.toml:1: error: tunnel.hq: tunnel 3000 exists and was not created by l2tp-apply; \
                it differs in peer_tunnel_id
                  --adopt takes it over and changes it
                l2tp-apply: 1 conflict: nothing was changed

                """)
        #expect(bench.kernel.changeRequests.isEmpty)
    }

    @Test func adoption() throws {
        let bench = try foreign()
        #expect(bench("--adopt") == Outcome(status: .success, output: "2 created, 1 re-created\n"))
        #expect(bench.kernel.tunnels.map(\.peerID.rawValue) == [4000])
        #expect(bench("--down").output == "1 deleted\n")
    }

    @Test func failuresAreRolledBack() {
        let bench = Bench.withSite()
        bench.kernel.fail(.sessionCreate, with: .noMemory)
        let run = bench("")
        #expect(run.status == .refused)
        #expect(run.output == "")
        let lines = run.error.split(separator: "\n")
        #expect(lines.first?.hasPrefix("l2tp-apply: cannot create session 100") == true)
        #expect(lines.first?.hasSuffix("(ENOMEM)") == true)
        #expect(lines.contains { $0.hasPrefix("  configured at /etc/l2tp/site-a.toml:") })
        #expect(lines.last == "l2tp-apply: rolled back: everything is as it was before")
        #expect(bench.kernel.tunnels.isEmpty)
        #expect(bench("").status == .success)
    }

    @Test(arguments: [
        (Errno.notPermitted, Status.notPermitted), (.noSuchFileOrDirectory, .notSupported),
    ])
    func statuses(errno: Errno, status: Status) {
        for line in ["", "--plan", "--down", "--try 5"] {
            let bench = Bench.withSite()
            bench.kernel.fail(errno == .notPermitted ? .tunnelDump : .family, with: errno, times: 9)
            let run = bench(line)
            #expect(run.status == status, "\(line): \(run.error)")
            #expect(run.error.hasPrefix("l2tp-apply: "))
        }
    }

    @Test func whatIsMissingIsNamed() {
        let bench = Bench.withSite()
        bench.kernel.refuseRoute(to: .v4(IPv4Address(number: 0xc633_6407)))
        bench.kernel.removeLink(named: "br0")
        #expect(
            bench("--wait 0")
                == Outcome(
                    status: .refused,
                    error: """
                        l2tp-apply: there is no way to 198.51.100.7: no route; there is no interface br0
                          add a route to it, or correct remote
                          configured at /etc/l2tp/site-a.toml:3
                        l2tp-apply: nothing was changed

                        """))
        #expect(bench.kernel.changeRequests.isEmpty)
    }

    /// It ends where it is whole.
    @Test func interrupted() {
        for count in 0..<8 {
            let bench = Bench.withSite()
            bench.signals.questionsBefore = count
            let run = bench("")
            guard run.status != .success else { continue }
            #expect(run.status == .refused)
            #expect(run.error.hasPrefix("l2tp-apply: interrupted\n"), "\(run.error)")
            #expect(bench.kernel.tunnels.isEmpty)
            #expect(bench.kernel.links.allSatisfy { !$0.name.hasPrefix("l2tp") })
        }
    }

    @Test func oneRunAtATime() {
        let bench = Bench.withSite()
        bench.folder.lockFailure = Failure("another run is under way", remedy: "wait", .refused, .locked)
        for line in ["", "--down", "--try 5"] {
            #expect(
                bench(line) == Outcome(status: .refused, error: "l2tp-apply: another run is under way\n  wait\n"))
        }
        #expect(bench("--plan").status == .differs)
        #expect(bench("--check").status == .success)
        #expect(bench.kernel.changeRequests.isEmpty)
    }

    @Test func anotherRunsEndIsWaitedFor() {
        let bench = Bench.withSite()
        bench("--wait 7 --plan")
        #expect(bench.folder.lockLimit == nil)
        bench.folder.questionsBeforeLock = 3
        let told = "l2tp-apply: waiting for another run to end\n"
        #expect(bench("--wait 7") == Outcome(status: .success, output: "3 created\n", error: told))
        #expect(bench.folder.lockLimit == .seconds(7))
        bench.kernel.forgetRequests()
        bench.signals.questionsBefore = 1
        #expect(bench("--down") == Outcome(status: .refused, error: told + "l2tp-apply: interrupted\n"))
        #expect(bench.folder.lockLimit == .seconds(30))
        #expect(bench.kernel.requests.isEmpty)
    }

    @Test func outputThatCannotBeWritten() {
        let bench = Bench.withSite()
        bench.outputError = .noSpace
        let error = "l2tp-apply: cannot write: No space left on device (ENOSPC)\n"
        for line in ["--plan", "--plan --json", "--check", "--check --json"] {
            #expect(bench(line) == Outcome(status: .refused, error: error))
        }
        // What was done is done.
        #expect(bench("") == Outcome(status: .success, error: error))
        #expect(bench("--json") == Outcome(status: .refused, error: error))
        bench.outputError = .brokenPipe
        #expect(bench("--plan --down") == Outcome(status: .differs))
        #expect(bench("--plan --down --json") == Outcome(status: .differs))
    }

    // MARK: - Trying

    private static let question = """
        l2tp-apply: applied. Keep it? Press Enter within 65 s, or run l2tp-apply --confirm. Reverting at 12:01:05.

        """

    @Test func kept() {
        let bench = applied()
        bench.files["/etc/l2tp/site-a.toml"] = Self.edited
        bench.folder.verdict = .confirmed
        bench.folder.duringTrial = { #expect(bench.kernel.sessions.contains { $0.peerID == SessionID(2002) }) }
        #expect(
            bench("--try 65")
                == Outcome(
                    status: .success, output: "1 re-created, 1 modified, 1 unchanged\nkept\n", error: Self.question))
        #expect(bench("--plan").status == .success)
    }

    @Test(arguments: [(Verdict.expired, "nobody has confirmed"), (.interrupted, "interrupted")])
    func reverted(verdict: Verdict, reason: String) {
        let bench = applied()
        let record = bench.folder.memory.load()
        func addresses() -> [String: MACAddress?] {
            Dictionary(bench.kernel.links.map { ($0.name, $0.macAddress) }) { first, _ in first }
        }
        let before = addresses()
        bench.files["/etc/l2tp/site-a.toml"] = Self.edited
        bench.folder.verdict = verdict
        #expect(
            bench("--try 65")
                == Outcome(
                    status: .refused, output: "1 re-created, 1 modified, 1 unchanged\n",
                    error: Self.question + "l2tp-apply: \(reason): reverted, everything is as it was before\n"))
        #expect(bench.kernel.sessions.map(\.peerID.rawValue).sorted() == [2000, 2001])
        #expect(addresses() == before)
        #expect(bench.folder.memory.load() == record)
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteA
        #expect(bench("--plan").status == .success)
    }

    /// Nobody is asked about nothing.
    @Test func nothingToTry() {
        let bench = applied()
        #expect(bench("--try 5") == Outcome(status: .success, output: "nothing differs; 3 unchanged\n"))
    }

    @Test func withoutAWayToConfirmNothingIsChanged() {
        let bench = Bench.withSite()
        #expect(
            bench("--try 5")
                == Outcome(status: .refused, error: "l2tp-apply: cannot wait for a confirmation\n"))
        #expect(bench.kernel.changeRequests.isEmpty)
        #expect(bench.folder.memory.load() == Ownership())
    }

    @Test func whatNobodyCouldConfirmIsTakenBack() {
        let bench = Bench.withSite()
        bench.folder.verdict = .confirmed
        bench.folder.trialFailure = Failure("cannot wait", .refused)
        #expect(
            bench("--try 5")
                == Outcome(
                    status: .refused, output: "3 created\n",
                    error: "l2tp-apply: cannot wait; reverted, everything is as it was before\n"))
        #expect(bench.kernel.tunnels.isEmpty)
    }

    @Test func theNamespaceIsPartOfTheQuestion() {
        let bench = Bench.withSite()
        bench.folder.verdict = .confirmed
        #expect(bench("--try 5 --netns site").error.contains("or run l2tp-apply --netns site --confirm."))
    }

    /// Where Enter is no answer nobody is asked for it.
    @Test func withoutATerminal() {
        let bench = Bench.withSite()
        bench.folder.verdict = .confirmed
        bench.folder.acceptsEnter = false
        #expect(
            bench("--try 65").error == """
                l2tp-apply: applied. Keep it? Run l2tp-apply --confirm within 65 s. Reverting at 12:01:05.

                """)
    }

    @Test func anAbandonedTrialIsTold() {
        let bench = Bench.withSite()
        bench.folder.isAbandoned = true
        #expect(
            bench("").error
                == "l2tp-apply: warning: an earlier run with --try was killed before it could take its changes back\n")
        #expect(bench("").error == "")
    }

    @Test(arguments: [
        (ConfirmationResult.kept, Status.success, ""),
        (.reverted, .refused, "too late: the changes have been taken back"),
        (.nobody, .refused, "nothing to confirm: no run with --try waits"),
        (
            .abandoned, .refused,
            """
            nothing to confirm: the run that was to take the changes back was killed, so they stay
              l2tp-apply --plan tells whether everything is as it is configured
            """
        ),
        (
            .silence, .refused,
            "the run that waits has not answered\n  l2tp-apply --plan tells what has become of its changes"
        ),
        (
            .failed(FileError(.open, "/run/l2tp/x.confirm", .permissionDenied)), .notPermitted,
            "cannot confirm: cannot open /run/l2tp/x.confirm: Permission denied (EACCES)"
        ),
    ])
    func confirming(result: ConfirmationResult, status: Status, message: String) {
        let bench = Bench()
        bench.folder.confirmation = result
        let expected =
            message.isEmpty
            ? Outcome(status: status, output: "kept\n") : Outcome(status: status, error: "l2tp-apply: \(message)\n")
        #expect(bench("--confirm") == expected)
        #expect(bench.kernel.requests.isEmpty)
    }

    @Test func confirmingInANamespace() {
        #expect(
            Bench()("--confirm --netns site").error
                == "l2tp-apply: nothing to confirm: no run with --try waits in network namespace site\n")
    }
}
