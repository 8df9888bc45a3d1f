import CommandLineSupport
import L2TPModel
import L2TPNetlink
import L2TPWire
import NetlinkTestSupport
import Testing

@testable import l2tp

@Suite struct DeleteTests {
    @Test(arguments: FakeKernel.Release.allCases)
    func session(release: FakeKernel.Release) {
        let bench = Bench.withSession(release)
        bench.kernel.behavior.deletionDelay = 3
        bench.kernel.behavior.linkRemovalDelay = 3
        #expect(bench("del session tunnel_id 3000 session_id 1000") == Run(status: .success))
        #expect(bench.kernel.sessions.isEmpty)
        #expect(bench.kernel.tunnels.count == 1)
        // The interface is gone too: its name is free.
        #expect(bench("add session tid 3000 sid 1001 psid 1 name l2tpeth0") == Run(status: .success))
    }

    @Test func tunnelWithItsSessions() {
        let bench = Bench.withSession()
        #expect(bench("delete tunnel tid 3000") == Run(status: .success))
        #expect(bench.kernel.tunnels.isEmpty)
        #expect(bench.kernel.sessions.isEmpty)
        // At once again: the command has waited.
        #expect(bench(Lines.tunnel) == Run(status: .success))
    }

    /// As in ip, the session's identifier decides.
    @Test func tunnelWordWithSessionID() {
        let bench = Bench.withSession()
        #expect(bench("del tunnel tid 3000 sid 1000") == Run(status: .success))
        #expect(bench.kernel.tunnels.count == 1)
        #expect(bench.kernel.sessions.isEmpty)
    }

    @Test func whatDoesNotExist() {
        let bench = Bench.withSession()
        #expect(
            bench("del tunnel tid 99")
                == Run(status: .refused, error: "l2tp: cannot delete tunnel 99: there is no such tunnel (ENODEV)\n"))
        #expect(
            bench("del session tid 3000 sid 99")
                == Run(
                    status: .refused,
                    error: "l2tp: cannot delete session 99 in tunnel 3000: there is no such session (ENODEV)\n"))
    }

    @Test func sessionWithoutTunnelIsRefused() {
        let bench = Bench.withSession()
        bench.kernel.forgetRequests()
        #expect(
            bench("del session session_id 1000")
                == Run(
                    status: .refused,
                    error: """
                        l2tp: cannot delete session 1000: tunnel_id is missing: the tunnel it is in
                          session 1000 is in tunnel 3000

                        """))
        #expect(bench.kernel.changeRequests.isEmpty)
        #expect(
            bench("del session session_id 1").error
                == "l2tp: cannot delete session 1: tunnel_id is missing: the tunnel it is in\n")
        bench.kernel.behavior.isPrivileged = false
        #expect(bench("del session session_id 1000").error.split(separator: "\n").count == 1)
    }

    @Test func sessionOfAnotherTunnel() {
        let bench = Bench.withSession()
        let run = bench("del session tunnel_id 1 session_id 1000")
        #expect(run.status == .refused)
        #expect(run.error.hasPrefix("l2tp: cannot delete session 1000 in tunnel 1: there is no tunnel 1 (ENODEV)\n"))
        #expect(run.error.hasSuffix("\n  session 1000 is in tunnel 3000\n"))
        bench("add tunnel tid 1 ptid 2 local 192.0.2.1 remote 198.51.100.7 udp_sport 1 udp_dport 1")
        bench("add session tid 1 sid 1000 psid 1")
        #expect(
            bench("del session tid 9 sid 1000").error
                .hasSuffix("\n  session 1000 is in tunnel 1 and in tunnel 3000\n"))
        #expect(bench.kernel.sessions.count == 2)
    }

    @Test("An interface's session is deleted by its name", arguments: ["name", "dev", "ifname"])
    func interfacesSession(keyword: String) {
        let bench = Bench.withSession()
        #expect(
            bench("del session tid 9 \(keyword) l2tpeth0")
                == Run(
                    status: .refused,
                    error: """
                        l2tp: cannot delete the session of interface l2tpeth0: no session has tunnel_id 9, name l2tpeth0
                          l2tpeth0 is session 1000 in tunnel 3000

                        """))
        #expect(bench("del session tid 0 \(keyword) l2tpeth0").status == .usage)
        #expect(bench.kernel.sessions.count == 1)
        #expect(bench("del session \(keyword) l2tpeth0") == Run(status: .success))
        #expect(bench.kernel.sessions.isEmpty)
        #expect(
            bench("del session \(keyword) l2tpeth0")
                == Run(
                    status: .refused,
                    error: """
                        l2tp: cannot delete the session of interface l2tpeth0: no session reports that interface (ENODEV)

                        """))
    }

    @Test("Where the name is not a session's, what is known of it is told")
    func whatIsNoSessions() {
        let bench = Bench.withSession()
        bench.kernel.addLink(named: "br0", kind: "bridge")
        #expect(
            bench("del session dev br0").error.hasSuffix("\n  br0 is an interface of kind bridge, not of a session\n"))
        bench.kernel.renameLink("l2tpeth0", to: "lan")
        #expect(
            bench("del session dev lan").error == """
                l2tp: cannot delete the session of interface lan: no session reports that interface (ENODEV)
                  there is an interface lan, but the kernel knows a session by the name its interface was created with; \
                no interface is called so now: session 1000 in tunnel 3000 was created with l2tpeth0

                """)
        bench("add session tid 3000 sid 1 psid 1 name l2tpeth0")
        #expect(
            bench("del session dev l2tpeth0").error == """
                l2tp: cannot delete the session of interface l2tpeth0: session 1 in tunnel 3000 and session 1000 in \
                tunnel 3000 both report that interface
                  delete by session id and tunnel id

                """)
        #expect(bench.kernel.sessions.count == 2)
    }

    @Test func progressIsOnlyForThoseWhoWatch() {
        var written = ""
        var console = Console(
            write: { _ in }, writeError: { written += $0 }, errorIsTerminal: true, openLines: { _ in { nil } })
        var line = ProgressLine(console)
        let limit = Duration.seconds(110)
        line.show("deleting tunnel 3000", elapsed: .milliseconds(900), limit: limit, remaining: 500)
        #expect(written.isEmpty)
        line.show("deleting tunnel 3000", elapsed: .milliseconds(1100), limit: limit, remaining: 412)
        line.show("deleting tunnel 3000", elapsed: .milliseconds(1200), limit: limit, remaining: 400)
        line.show("deleting tunnel 3000", elapsed: .milliseconds(2100), limit: limit, remaining: 0)
        line.clear()
        #expect(
            written == "\r\u{1b}[Kdeleting tunnel 3000: 412 interfaces left, 1 s of at most 110 s"
                + "\r\u{1b}[Kdeleting tunnel 3000: 2 s of at most 110 s\r\u{1b}[K")
        written = ""
        console.errorIsTerminal = false
        line = ProgressLine(console)
        line.show("deleting tunnel 3000", elapsed: .seconds(5), limit: limit, remaining: 5)
        line.clear()
        #expect(written.isEmpty)
    }
}
