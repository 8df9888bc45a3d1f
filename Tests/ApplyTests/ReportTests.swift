import L2TPApply
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp_apply

/// What `--json` prints, word for word.
@Suite struct ReportTests {
    private func report(_ bench: Bench, _ line: String) -> String {
        let run = bench("--json " + line)
        #expect(run.output.hasSuffix("}\n"))
        #expect(run.output.contains("\"exit_status\":\(run.status.rawValue),"))
        return String(run.output.dropLast())
    }

    @Test func creation() {
        let changes =
            #""diagnostics":[],"changes":["#
            + #"{"action":"create","object":"tunnel","tunnel_id":3000,"name":"hq","path":"tunnel.hq","#
            + #""file":"/etc/l2tp/site-a.toml","line":1,"attributes":[]},"#
            + #"{"action":"create","object":"session","tunnel_id":3000,"session_id":1000,"name":"lan","#
            + #""path":"tunnel.hq.session.lan","file":"/etc/l2tp/site-a.toml","line":9,"attributes":[]},"#
            + #"{"action":"create","object":"session","tunnel_id":3000,"session_id":1001,"name":"voice","#
            + #""path":"tunnel.hq.session.voice","file":"/etc/l2tp/site-a.toml","line":19,"attributes":[]}],"#
            + #""conflicts":[],"counts":{"create":3,"modify":0,"recreate":0,"delete":0,"link":0,"adopt":0,"unchanged":0}}"#
        let bench = Bench.withSite()
        #expect(report(bench, "--plan") == #"{"task":"plan","outcome":"differs","exit_status":6,"# + changes)
        #expect(report(bench, "") == #"{"task":"apply","outcome":"changed","exit_status":0,"# + changes)
        #expect(
            report(bench, "")
                == #"{"task":"apply","outcome":"unchanged","exit_status":0,"diagnostics":[],"changes":[],"conflicts":[],"#
                + #""counts":{"create":0,"modify":0,"recreate":0,"delete":0,"link":0,"adopt":0,"unchanged":3}}"#)
    }

    @Test func attributes() {
        let bench = Bench.withSite()
        bench("")
        bench.files["/etc/l2tp/site-a.toml"] = Texts.siteA
            .replacing("peer_session_id = 2000", with: "peer_session_id = 2002")
            .replacing("0123456789abcdef", with: "01234567").replacing("fedcba9876543210", with: "fedcba98")
        let text = report(bench, "--plan")
        #expect(
            text.contains(
                #""attributes":[{"key":"peer_session_id","old":"2000","new":"2002","forces_recreation":true,"line":11}"#
            ))
        // No cookie is told, not even here.
        #expect(!text.contains("01234567"))
        #expect(!text.contains("fedcba98"))
        #expect(text.contains(#"{"key":"cookie","old":"#))
    }

    @Test func failure() {
        let bench = Bench.withSite()
        bench.kernel.fail(.sessionCreate, with: .noMemory)
        let text = report(bench, "")
        #expect(
            text.hasPrefix(#"{"task":"apply","outcome":"rolled-back","exit_status":1,"diagnostics":[],"changes":[{"#))
        #expect(text.contains(#","error":{"reason":"refused","errno":12,"symbol":"ENOMEM","message":"cannot create "#))
        #expect(text.contains(#""path":"tunnel.hq.session.lan","file":"/etc/l2tp/site-a.toml","line":9}}"#))
    }

    @Test func failuresBeforeAnythingIsAsked() {
        let bench = Bench.withSite()
        bench.folder.lockFailure = Failure("another run is under way", remedy: "wait", .refused, .locked)
        #expect(
            report(bench, "")
                == #"{"task":"apply","outcome":"failed","exit_status":1,"diagnostics":[],"#
                + #""error":{"reason":"locked","message":"another run is under way","remedy":"wait"}}"#)
        #expect(
            report(Bench(), "")
                == #"{"task":"apply","outcome":"failed","exit_status":3,"diagnostics":[],"error":{"reason":"other","#
                + #""message":"cannot read /etc/l2tp: No such file or directory (ENOENT)","remedy":"make the folder and "#
                + #"write what is to exist into a file there, as l2tp.toml(5) says; or name a file"}}"#)
    }

    @Test(arguments: [
        (Verdict.confirmed, #"{"task":"try","outcome":"kept","exit_status":0,"#, ""),
        (
            .expired, #"{"task":"try","outcome":"reverted","exit_status":1,"#,
            #""error":{"reason":"other","message":"nobody has confirmed; reverted: tunnels, sessions, interfaces and addresses are as they were"}}"#
        ),
        (
            .interrupted, #"{"task":"try","outcome":"reverted","exit_status":1,"#,
            #""error":{"reason":"interrupted","message":"interrupted; reverted: tunnels, sessions, interfaces and addresses are as they were"}}"#
        ),
    ])
    func trials(verdict: Verdict, beginning: String, end: String) {
        let bench = Bench.withSite()
        bench.folder.verdict = verdict
        let text = report(bench, "--try 5")
        #expect(text.hasPrefix(beginning))
        #expect(text.hasSuffix(end))
    }

    @Test func confirmation() {
        let bench = Bench()
        bench.folder.confirmation = .kept
        #expect(
            report(bench, "--confirm") == #"{"task":"confirm","outcome":"kept","exit_status":0,"diagnostics":[]}"#)
    }

    @Test func check() {
        #expect(
            report(Bench.withSite(), "--check")
                == #"{"task":"check","outcome":"valid","exit_status":0,"diagnostics":[]}"#)
    }
}
