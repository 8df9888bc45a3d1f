import L2TPApply
import L2TPConfig
import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp_apply

/// Runs that are taken back unless somebody confirms.
@Suite struct TryTests {
    private static let question = """
        l2tp-apply: applied. Keep it? Press Enter within 65 s, or run l2tp-apply --confirm. Reverting at 12:01:05.

        """

    @Test func kept() {
        let bench = Bench.withSiteApplied()
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteAEdited
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
        let bench = Bench.withSiteApplied()
        let record = bench.folder.memory.load()
        func addresses() -> [String: MACAddress?] {
            Dictionary(bench.kernel.links.map { ($0.name, $0.macAddress) }) { first, _ in first }
        }
        let before = addresses()
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteAEdited
        bench.folder.verdict = verdict
        #expect(
            bench("--try 65")
                == Outcome(
                    status: .refused, output: "1 re-created, 1 modified, 1 unchanged\n",
                    error: Self.question
                        + "l2tp-apply: \(reason); reverted: tunnels, sessions, interfaces and addresses are as they were\n"
                ))
        #expect(bench.kernel.sessions.map(\.peerID.rawValue).sorted() == [2000, 2001])
        #expect(addresses() == before)
        #expect(bench.folder.memory.load() == record)
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteA
        #expect(bench("--plan").status == .success)
    }

    /// Nobody is asked about nothing.
    @Test func nothingToTry() {
        let bench = Bench.withSiteApplied()
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
                    error:
                        "l2tp-apply: cannot wait; reverted: tunnels, sessions, interfaces and addresses are as they were\n"
                ))
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
