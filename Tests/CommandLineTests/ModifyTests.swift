import L2TPModel
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

/// `modify`, and what `add` takes of the same words.
@Suite struct ModifyTests {
    private static let line = "modify session tunnel_id 3000 session_id 1000"

    @Test("What is given changes, by ids and by name", arguments: FakeKernel.Release.allCases)
    func changes(release: FakeKernel.Release) {
        let bench = Bench.withSession(release)
        #expect(bench("\(Self.line) seq both lns_mode on reorder_timeout 7") == Run(status: .success))
        let session = bench.kernel.sessions[0]
        #expect(session.sendsSequenceNumbers && session.requiresSequenceNumbers && session.lnsMode)
        #expect(session.reorderTimeout == .milliseconds(8))
        #expect(bench("m session dev l2tpeth0 reorder_timeout 0") == Run(status: .success))
        #expect(bench.kernel.sessions[0].reorderTimeout == .zero)
        #expect(bench.kernel.sessions[0].lnsMode)
        #expect(bench("modify session name l2tpeth0 tid 3000 seq none") == Run(status: .success))
        #expect(!bench.kernel.sessions[0].sendsSequenceNumbers && !bench.kernel.sessions[0].requiresSequenceNumbers)
    }

    @Test(
        "seq sets both directions, the older words one each",
        arguments: [
            ("seq none", false, false), ("seq send", true, false), ("seq recv", false, true), ("seq both", true, true),
            ("seq send seq recv", true, true), ("counter", true, true), ("ordering", false, true),
        ])
    func sequenceNumbers(words: String, sends: Bool, requires: Bool) {
        let bench = Bench.withSession()
        bench("\(Self.line) seq recv lns_mode on")
        #expect(bench("\(Self.line) \(words)") == Run(status: .success))
        #expect(bench.kernel.sessions[0].sendsSequenceNumbers == sends)
        #expect(bench.kernel.sessions[0].requiresSequenceNumbers == requires)
    }

    @Test("Outside LNS mode it is told that seq send does not last")
    func lacMode() {
        #expect(
            Bench.withSession()("\(Self.line) seq send")
                == Run(
                    status: .success,
                    error: """
                        l2tp: session 1000 in tunnel 3000 is not in lns_mode: the kernel switches seq send on and off to \
                        follow the peer

                        """))
    }

    @Test(
        "Everything else is refused before anything is sent",
        arguments: [
            "peer_session_id 7", "cookie deadbeef", "peer_cookie deadbeef", "l2spec_type none", "peer_tunnel_id 7",
            "encap ip", "local any", "remote 192.0.2.2", "udp_sport 1", "udp_dport 1", "udp_csum on",
        ])
    func fixed(words: String) {
        let bench = Bench.withSession()
        bench.kernel.forgetRequests()
        let keyword = words.split(separator: " ")[0]
        #expect(
            bench("\(Self.line) lns_mode on \(words)")
                == Run(
                    status: .usage,
                    error: "l2tp: modify: \(keyword) cannot be changed in place: it needs delete and create\n"))
        #expect(bench.kernel.requests.isEmpty)
    }

    @Test(
        "What is missing or wrong is told",
        arguments: [
            (
                "tunnel tunnel_id 1",
                "modify: a tunnel has nothing that can be changed in place: it needs delete and create"
            ),
            ("tunnel_id 1 session_id 2 seq both", "modify: session is missing: only sessions can be modified"),
            ("session session_id 2 seq both", "modify: tunnel_id is missing: a number, 1…4294967295"),
            ("session tunnel_id 2 seq both", "modify: session_id is missing: a number, 1…4294967295"),
            ("session dev lan tunnel_id 0 seq both", "tunnel_id: 0 is not a tunnel id (1…4294967295)"),
            (
                "session tunnel_id 1 session_id 2",
                "modify: what to change is missing: seq, lns_mode or reorder_timeout"
            ),
            (
                "session dev lan reorder_timeout 100ms",
                "reorder_timeout \"100ms\": expected milliseconds, 0…2147483647"
            ),
            ("session dev lan lns_mode yes", "lns_mode \"yes\": expected on or off"),
        ])
    func wrong(words: String, text: String) {
        let run = Bench()("modify \(words)")
        #expect(run.status == .usage)
        #expect(run.error == "l2tp: \(text)\n")
    }

    @Test("What does not exist is told, and where it is")
    func notFound() {
        let bench = Bench.withSession()
        #expect(
            bench("modify session tunnel_id 1 session_id 1000 seq both")
                == Run(
                    status: .refused,
                    error: """
                        l2tp: cannot modify session 1000 in tunnel 1: there is no tunnel 1 (ENODEV)
                          session 1000 is in tunnel 3000

                        """))
        #expect(
            bench("modify session dev lan seq both")
                == Run(
                    status: .refused,
                    error: "l2tp: cannot modify the session of interface lan: no session has name lan\n"))
        bench.kernel.fail(.sessionModify, with: .notPermitted)
        #expect(bench("\(Self.line) lns_mode on").error.contains("(EPERM)\n  L2TP needs CAP_NET_ADMIN"))
    }

    @Test("A session can be added with what can be modified")
    func add() {
        let bench = Bench.withSession()
        #expect(
            bench("add session tid 3000 sid 1 psid 1 lns_mode on reorder_timeout 100") == Run(status: .success))
        #expect(bench.kernel.sessions[1].lnsMode)
        #expect(bench.kernel.sessions[1].reorderTimeout == .milliseconds(100))
        #expect(bench("show session sid 1").output.contains("  reorder timeout: 100\n"))
        #expect(bench("-j show session sid 1").output.contains("\"lns_mode\":true"))
        #expect(bench("add session tid 3000 sid 2 psid 2 reorder_timeout 2147483648").status == .usage)
    }
}
