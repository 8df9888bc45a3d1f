import L2TPModel
import L2TPNetlink
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

/// `flush`.
@Suite struct FlushTests {
    /// Tunnels 3000 with sessions 1000 and 1001, and 4 with session 1000.
    private func bench() -> Bench {
        let bench = Bench.withSession()
        bench("add session tid 3000 sid 1001 psid 2001 name lan")
        bench("add tunnel tid 4 ptid 4 local 192.0.2.1 remote 198.51.100.8 udp_sport 4 udp_dport 4")
        bench("add session tid 4 sid 1000 psid 1")
        return bench
    }

    private func left(_ bench: Bench) -> String {
        (bench.kernel.tunnels.map { "\($0.id)" } + bench.kernel.sessions.map { "\($0.tunnelID)/\($0.id)" })
            .joined(separator: " ")
    }

    @Test(
        "All that is selected goes",
        arguments: [
            ("", "deleted 2 tunnels with 3 sessions", ""),
            ("tunnel", "deleted 2 tunnels with 3 sessions", ""),
            ("tunnel remote 198.51.100.8", "deleted 1 tunnel with 1 session", "3000 3000/1000 3000/1001"),
            ("session", "deleted 3 sessions", "4 3000"),
            ("session tid 3000", "deleted 2 sessions", "4 3000 4/1000"),
            ("session dev lan", "deleted 1 session", "4 3000 3000/1000 4/1000"),
            ("session sid 1000 remote 198.51.100.8", "deleted 1 session", "4 3000 3000/1000 3000/1001"),
            ("tunnel tid 9", "no tunnel to delete", "4 3000 3000/1000 3000/1001 4/1000"),
            ("session sid 9", "no session to delete", "4 3000 3000/1000 3000/1001 4/1000"),
        ])
    func selected(words: String, text: String, left: String) {
        let bench = bench()
        bench.kernel.behavior.deletionDelay = 2
        bench.kernel.behavior.linkRemovalDelay = 2
        #expect(bench("flush --yes \(words)") == Run(status: .success, output: "\(text)\n"))
        #expect(self.left(bench) == left)
    }

    @Test("Where somebody can be asked the answer decides", arguments: ["y", "yes", "Yes", "n", "", "maybe"])
    func asks(answer: String) {
        let bench = bench()
        bench.answer = answer
        let run = bench("flush")
        #expect(bench.questions == ["delete 2 tunnels with 3 sessions: 4, 3000? [y/N] "])
        if answer.hasPrefix("y") || answer == "Yes" {
            #expect(run == Run(status: .success, output: "deleted 2 tunnels with 3 sessions\n"))
        } else {
            #expect(run == Run(status: .failure, error: "l2tp: nothing was deleted\n"))
            #expect(bench.kernel.tunnels.count == 2)
        }
    }

    @Test("Where nobody can be asked nothing goes without --yes")
    func nobodyCanBeAsked() {
        let bench = bench()
        bench.kernel.forgetRequests()
        #expect(
            bench("flush session")
                == Run(
                    status: .usage,
                    error: """
                        l2tp: flush: nobody can be asked whether to delete 3 sessions: 3000/1000, 3000/1001, 4/1000; --yes \
                        deletes without asking

                        """.replacing("3000/1000, 3000/1001, 4/1000", with: "4/1000, 3000/1000, 3000/1001")))
        #expect(bench.kernel.changeRequests.isEmpty)
        bench("flush --yes")
        #expect(bench("flush") == Run(status: .success, output: "no tunnel to delete\n"))
    }

    @Test("Of many only some are named")
    func many() {
        let bench = bench()
        for number in 1...20 { bench("add session tid 4 sid \(number) psid 1") }
        #expect(
            bench("flush session tid 4").error.contains(
                "21 sessions: 4/1, 4/2, 4/3, 4/4, 4/5, 4/6, 4/7, 4/8, 4/9, 4/10 and 11 more; "))
    }

    @Test("A word that does not select is an error: to ignore it would delete more")
    func wordsThatDoNotSelect() {
        let bench = bench()
        #expect(
            bench("flush --yes dev lan")
                == Run(status: .usage, error: "l2tp: flush: name does not select tunnels\n"))
        #expect(bench("flush --yes session seq both").status == .usage)
        #expect(bench("flush --yes tunnel tid 0").status == .usage)
        #expect(bench("flush --yes bogus").status == .usage)
        #expect(bench("flush --yes=no").error == "l2tp: flush: --yes: takes no value\n")
        #expect(bench.kernel.changeRequests.allSatisfy { $0.step != .tunnelDelete && $0.step != .sessionDelete })
    }

    @Test("What fails is reported, and the rest goes; what has gone already is none")
    func goesOn() {
        let bench = bench()
        bench.kernel.fail(.tunnelDelete, with: .noMemory)
        #expect(
            bench("flush --yes")
                == Run(
                    status: .refused, output: "deleted 1 of 2 tunnels with 3 sessions\n",
                    error: "l2tp: cannot delete tunnel 4: Cannot allocate memory (ENOMEM)\n"))
        #expect(left(bench) == "4 4/1000")
        bench.kernel.fail(.tunnelDelete, with: .operationNotSupportedByDevice)
        #expect(bench("flush --yes").status == .success)
    }

    @Test("A session without an interface goes too when another tunnel's stands in front of it")
    func hidden() throws {
        let bench = bench()
        var client = try L2TPClient(bench.kernel.connector)
        for id in [TunnelID(3000), TunnelID(4)] {
            var session = SessionSpecification(tunnelID: id, id: SessionID(5), peerID: SessionID(5))
            session.pseudowireType = .ppp
            try client.createSession(session)
        }
        #expect(bench("flush session --yes sid 5") == Run(status: .success, output: "deleted 2 sessions\n"))
        #expect(left(bench) == "4 3000 3000/1000 3000/1001 4/1000")
    }

    @Test("A batch can flush, if it says so")
    func batch() {
        let bench = bench()
        bench.files["f"] = "flush session --yes\nflush\n"
        let run = bench("-b f")
        #expect(run.output == "deleted 3 sessions\n")
        #expect(run.error.hasPrefix("f:2: flush: nobody can be asked whether to delete 2 tunnels: 4, 3000;"))
        #expect(run.status == .failure)
    }

    @Test("A kernel without L2TP is an error")
    func noFamily() {
        let bench = bench()
        bench.kernel.behavior.familyAbsent = true
        #expect(bench("flush --yes").status == .failure)
    }
}
