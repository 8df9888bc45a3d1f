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
    @Test func nothingDiffersTheSecondTime() {
        let bench = Bench.withSiteApplied()
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
        let bench = Bench.withSiteApplied()
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteAEdited
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
        let bench = Bench.withSiteApplied()
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
        #expect(lines.last == "l2tp-apply: rolled back: tunnels, sessions, interfaces and addresses are as they were")
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
                          add a route to 198.51.100.7, or correct remote; make br0, or correct bridge or vrf
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
}
