import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp_apply

/// `--check`, and how configurations are found and read.
@Suite struct CheckTests {
    @Test func valid() {
        let bench = Bench.withSite()
        bench.files["/etc/l2tp/old.toml"] = Texts.old
        bench.files["/etc/l2tp/notes.txt"] = "not a configuration"
        #expect(bench("--check") == Outcome(status: .success, output: "valid: 2 tunnels, 4 sessions\n"))
        #expect(bench("--check --quiet") == Outcome(status: .success))
        #expect(bench.kernel.requests.isEmpty)
        #expect(bench.homes.isEmpty)
        #expect(bench.folder.lockCount == 0)
    }

    @Test func invalid() {
        let bench = Bench.withSite()
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteA
            .replacing("cookie = \"0", with: "coookie = \"0").replacing(
                "peer_session_id = 2001", with: "peer_session_id = 0")
        let expected = """
            /etc/l2tp/site-a.toml:12:1: error: tunnel.hq.session.lan: unknown key "coookie"; did you mean "cookie"?
            /etc/l2tp/site-a.toml:21:19: error: tunnel.hq.session.voice.peer_session_id: 0 is not a session id \
            (1…4294967295)
            2 errors; nothing was changed

            """
        #expect(bench("--check") == Outcome(status: .invalid, error: expected))
        // Nothing else does anything with it.
        for line in ["", "--plan", "--try 5", "--adopt"] {
            #expect(bench(line) == Outcome(status: .invalid, error: expected))
        }
        #expect(bench.kernel.requests.isEmpty)
        #expect(bench.folder.lockCount == 0)
    }

    @Test func warningsAreNoErrors() {
        let bench = Bench.withSite()
        bench.files.readable = ["/etc/l2tp/site-a.toml"]
        #expect(
            bench("--check")
                == Outcome(
                    status: .success, output: "valid: 1 tunnel, 2 sessions; 1 warning\n",
                    error: """
                        /etc/l2tp/site-a.toml: warning: readable by others and holds cookies; chmod 600 it

                        """))
    }

    @Test func theJournalIsToldPriorities() {
        let bench = Bench.withSite()
        bench.isJournal = true
        bench.files.readable = ["/etc/l2tp/site-a.toml"]
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteA + "\nx = 1\n"
        let lines = bench("--check").error.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.hasPrefix("<3>") || $0.hasPrefix("<4>") })
        #expect(lines.last == "<3>1 error, 1 warning; nothing was changed")
        #expect(lines.first?.hasPrefix("<3>/etc/l2tp/site-a.toml:") == true)
    }

    @Test func noFolder() {
        let message = """
            l2tp-apply: cannot read /etc/l2tp: No such file or directory (ENOENT)
              make the folder and write what is to exist into a file there, as l2tp.toml(5) says; or name a file

            """
        #expect(Bench()("--check") == Outcome(status: .invalid, error: message))
        #expect(Bench()("") == Outcome(status: .invalid, error: message))
        #expect(
            Bench()("--check nothing.toml").error
                == "l2tp-apply: cannot read nothing.toml: No such file or directory (ENOENT)\n")
    }

    @Test func unreadable() {
        let bench = Bench()
        bench.files.errors["/etc/l2tp/a.toml"] = .permissionDenied
        #expect(
            bench("--check")
                == Outcome(
                    status: .notPermitted,
                    error: """
                        l2tp-apply: cannot read /etc/l2tp/a.toml: Permission denied (EACCES)
                          run as root, or as a user that may read it

                        """))
    }

    /// What is no folder of configurations does not take everything down.
    @Test func emptyFolder() {
        let bench = Bench.withSite()
        #expect(bench("").status == .success)
        bench.kernel.forgetRequests()
        bench.files.folders = ["/etc"]
        for line in ["--check", "--plan", "", "--try 5", "--adopt"] {
            for paths in ["/etc", "/etc/l2tp /etc"] {
                #expect(
                    bench("\(line) \(paths)")
                        == Outcome(
                            status: .invalid,
                            error: """
                                l2tp-apply: no file *.toml is in /etc
                                  l2tp-apply --down removes all that it has created; an empty file *.toml there says \
                                that nothing is to exist

                                """))
            }
        }
        #expect(bench.kernel.requests.isEmpty)
        // What says so means it.
        bench.files["/etc/none.toml"] = ""
        let run = bench("/etc/none.toml")
        #expect(run.status == .success && run.output == "1 deleted\n")
        #expect(run.error.contains("no tunnel is configured: nothing is to exist"))
        #expect(bench.kernel.tunnels.isEmpty)
    }

    @Test func filesAndFoldersTogether() {
        let bench = Bench()
        bench.files["one.toml"] = Texts.siteA
        bench.files["d/two.toml"] = Texts.old
        bench.files["-"] = """
            tunnel.new = { local = "192.0.2.1", remote = "198.51.100.9", encap = "ip", tunnel_id = 1, peer_tunnel_id = 2 }
            """
        #expect(bench("--check one.toml d/ -").output == "valid: 3 tunnels, 4 sessions\n")
        // The same file twice is the same file.
        #expect(bench("--check one.toml one.toml").output == "valid: 1 tunnel, 2 sessions\n")
        bench.files["-"] = "x = "
        #expect(bench("--check -").error.hasPrefix("<stdin>:1:"))
    }

    @Test func cookiesFromFiles() {
        let bench = Bench()
        bench.files["/etc/l2tp/a.toml"] = Texts.siteA.replacing(
            "cookie = \"0123456789abcdef\"", with: "cookie_file = \"lan.cookie\"")
        #expect(bench("--check").error.contains("cannot be read: No such file or directory (ENOENT)"))
        bench.files["/etc/l2tp/lan.cookie"] = "0123456789abcdef\n"
        #expect(bench("--check") == Outcome(status: .success, output: "valid: 1 tunnel, 2 sessions\n"))
    }

    @Test func report() {
        let bench = Bench.withSite()
        bench.files["/etc/l2tp/site-a.toml"] = "[tunnel.hq]\ntunnel = 1\n"
        let run = bench("--check --json")
        #expect(run.status == .invalid)
        #expect(
            run.output.hasPrefix(
                #"{"task":"check","outcome":"invalid","exit_status":3,"diagnostics":[{"severity":"error","file":"#
                    + #""/etc/l2tp/site-a.toml","line":"#))
        #expect(run.output.hasSuffix("]}\n"))
        #expect(!run.error.isEmpty)
    }
}
