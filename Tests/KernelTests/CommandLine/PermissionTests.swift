import L2TPModel
import L2TPNetlink
import Testing

extension KernelTests {
    /// What somebody without CAP_NET_ADMIN gets to see.
    @Suite(.sitePair)
    struct PermissionTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            try client.createSession(.named("pw", 31, in: 1))
        }

        static let lines = [
            "show tunnel", "show session", "lookup tunnel tunnel_id 1",
            "add tunnel tunnel_id 2 peer_tunnel_id 2 encap ip local 192.0.2.1 remote 192.0.2.2",
            "add session tunnel_id 1 session_id 32 peer_session_id 32",
            "del session tunnel_id 1 session_id 31", "del tunnel tunnel_id 1", "del session dev pw",
            "modify session tunnel_id 1 session_id 31 lns_mode on", "modify session dev pw lns_mode on",
            "stats --count 1", "flush --yes", "flush session --yes",
        ]

        @Test(arguments: lines)
        func isRefused(_ words: String) throws {
            let before = try KernelState(of: pair.left)
            let outcome = try runUnprivileged([Shell.l2tp] + words.words, in: pair.left)
            #expect(!outcome.succeeded)
            #expect(outcome.output == "")
            #expect(outcome.errors.contains("(EPERM)"), "\(outcome)")
            #expect(outcome.errors.contains("CAP_NET_ADMIN"), "\(outcome)")
            #expect(try KernelState(of: pair.left) == before)

            // And with the same status as ip, where ip has the command.
            guard ["add", "del", "show"].contains(words.words[0]), !words.contains(" dev ") else { return }
            let theirs = try runUnprivileged(["ip", "l2tp"] + words.words, in: pair.left)
            #expect(outcome.status == theirs.status, "\(theirs)")
        }

        @Test func cannotEnterANamespace() throws {
            let outcome = try runUnprivileged([Shell.l2tp, "-n", pair.left.name, "show", "tunnel"], in: nil)
            #expect(outcome.status == 255)
            #expect(outcome.errors.contains("(EPERM)"), "\(outcome)")
            #expect(outcome.errors.contains("/run/netns/\(pair.left.name)"), "\(outcome)")
        }

        private func runUnprivileged(_ arguments: [String], in namespace: TestNamespace?) throws -> Outcome {
            let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"]
            return try Shell.run(nobody + arguments, in: namespace)
        }
    }
}
