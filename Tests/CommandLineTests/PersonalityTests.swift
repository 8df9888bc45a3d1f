import CommandLineSupport
import L2TPModel
import L2TPWire
import NetlinkTestSupport
import Testing

@testable import l2tp

/// The program under the name of the older tool.
@Suite struct PersonalityTests {
    private func run(_ bench: Bench, _ line: String) -> Run {
        bench.run(line.split(separator: " ").map(String.init), as: "/usr/local/sbin/l2tpv3tun")
    }

    @Test(
        arguments: [
            ("l2tp", .l2tp), ("/usr/sbin/l2tp", .l2tp), ("l2tpv3tun", .l2tpv3tun), ("./l2tpv3tun", .l2tpv3tun),
            ("", .l2tp),
            ("/", .l2tp), ("/opt/toolkit/l2tp-1.0", .l2tp),
        ] as [(String, Personality)])
    func name(path: String, personality: Personality) {
        #expect(Personality(calledAs: path) == personality)
    }

    /// The command lines of its documentation and of the scripts that used it.
    @Test func wholeCommandLine() {
        let bench = Bench()
        for line in [
            "add tunnel tunnel_id 1 peer_tunnel_id 1 udp_sport 5000 udp_dport 5000 encap udp local 192.0.2.1 remote 192.0.2.2",
            "add tunnel tunnel_id 2 peer_tunnel_id 2 encap ip local 192.0.2.1 remote 192.0.2.3",
            "add session ifname l2tp-lan tunnel_id 1 session_id 1 peer_session_id 1",
            "add session tid 1 sid 2 psid 2 cookie 01234567 peer_cookie 0123456789abcdef",
        ] {
            #expect(run(bench, line) == Run(status: .success))
        }
        #expect(bench.kernel.sessions.map(\.interfaceName) == ["l2tp-lan", "l2tpeth0"])
        #expect(run(bench, "show tunnel tunnel_id 2").output.hasPrefix("Tunnel 2, encap IP\n"))
        #expect(run(bench, "show tunnel tunnel_id 9") == Run(status: .success))
        #expect(run(bench, "show session tunnel_id 1 session_id 1").output.contains("\n  interface name: l2tp-lan\n"))
        #expect(run(bench, "del session tunnel_id 1 session_id 1") == Run(status: .success))
        #expect(run(bench, "del tunnel tunnel_id 1") == Run(status: .success))
        #expect(run(bench, "del tunnel tunnel_id 1").status == .refused)
    }

    @Test func offsetsAreAcceptedWithAWarning() {
        let bench = Bench()
        bench(Lines.tunnel)
        let run = run(bench, "add session tid 3000 sid 1 psid 2 offset 4 peer_offset 4")
        #expect(run.status == .success)
        #expect(run.error.hasPrefix("l2tpv3tun: Ignoring option \"offset\""))
    }

    @Test func itsOwnNameAndUsage() {
        #expect(run(Bench(), "add tunnel tid x").error.hasPrefix("l2tpv3tun: "))
        for line in ["", "help", "add", "show tunnel help"] {
            let run = run(Bench(), line)
            #expect(run.status == .usage)
            #expect(run.error.hasSuffix(HelpText.l2tpv3tun + "\n"))
        }
        for line in ["add --help", "--help", "-h", "--help show"] {
            #expect(run(Bench(), line) == Run(status: .success, output: HelpText.l2tpv3tun + "\n"))
        }
        #expect(run(Bench(), "--version") == Run(status: .success, output: "l2tpv3tun \(Version.text)\n"))
    }
}
