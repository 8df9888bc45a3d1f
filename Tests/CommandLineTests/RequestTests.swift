import L2TPModel
import L2TPWire
import Testing

@testable import l2tp

@Suite struct RequestTests {
    private func request(_ command: CommandWord, _ words: String) throws(Failure) -> Request? {
        try arguments(words)?.request(for: command)
    }

    private func problems(_ command: CommandWord, _ words: String) -> [String] {
        do {
            _ = try request(command, words)
            return []
        } catch {
            #expect(error.status == .usage)
            return error.problems.map(\.message)
        }
    }

    @Test func tunnelWithDefaults() throws {
        let expected = TunnelSpecification(
            id: TunnelID(1), peerID: TunnelID(2), local: .v4(IPv4Address(number: 0xc000_0201)),
            peer: .v4(IPv4Address(number: 0xc000_0202)),
            encapsulation: .udp(UDPParameters(sourcePort: 5, destinationPort: 6)))
        #expect(
            try request(.add, "tunnel tid 1 ptid 2 local 192.0.2.1 remote 192.0.2.2 udp_sport 5 udp_dport 6")
                == .add(tunnel: expected, session: nil))
    }

    @Test func sessionWithDefaults() throws {
        let expected = SessionSpecification(tunnelID: TunnelID(1), id: SessionID(3), peerID: SessionID(4))
        #expect(try request(.add, "session tid 1 sid 3 psid 4") == .add(tunnel: nil, session: expected))
    }

    @Test(arguments: [("192.0.2.2", "0.0.0.0"), ("2001:db8::2", "::")])
    func localAnyIsTheWildcardOfThePeersFamily(peer: String, wildcard: String) throws {
        let request = try request(.add, "tunnel tid 1 ptid 2 local any remote \(peer) encap ip")
        guard case .add(let tunnel, nil) = request else {
            Issue.record("\(String(describing: request))")
            return
        }
        #expect(tunnel?.local.description == wildcard)
        #expect(tunnel?.violations() == [])
    }

    /// What is missing, in ip's order.
    @Test(
        arguments: [
            ("tid 1", ["tunnel or session"]),
            ("tunnel", ["tunnel_id", "peer_tunnel_id", "local", "remote", "udp_sport", "udp_dport"]),
            ("tunnel encap ip", ["tunnel_id", "peer_tunnel_id", "local", "remote"]),
            ("session", ["tunnel_id", "peer_session_id", "session_id"]),
            (
                "tunnel session",
                [
                    "tunnel_id", "peer_session_id", "session_id", "peer_tunnel_id", "local", "remote", "udp_sport",
                    "udp_dport",
                ]
            ),
            ("session tid 1 sid 2", ["peer_session_id"]),
        ] as [(String, [String])])
    func missingFromAdd(words: String, missing: [String]) {
        let problems = problems(.add, words)
        #expect(problems.count == missing.count)
        for (problem, keyword) in zip(problems, missing) { #expect(problem.hasPrefix("add: \(keyword) is missing")) }
    }

    @Test(arguments: [
        ("session tid 0 sid 1 psid 1", "tunnel_id: 0 is no id (1…4294967295)"),
        ("session tid 1 sid 0 psid 1", "session_id: 0 is no id (1…4294967295)"),
        ("tunnel tid 1 ptid 1 local any remote 192.0.2.2 udp_sport 0 udp_dport 1", "udp_sport: 0 is no port (1…65535)"),
        (
            "tunnel tid 1 ptid 1 local any remote any encap ip",
            "remote: a tunnel needs the address of the other end, not a wildcard"
        ),
    ])
    func zeroCountsAsMissing(words: String, problem: String) {
        #expect(problems(.add, words) == [problem])
    }

    @Test func delete() throws {
        #expect(try request(.delete, "tunnel tid 1") == .deleteTunnel(TunnelID(1)))
        #expect(try request(.delete, "session tid 1 sid 2") == .deleteSession(SessionID(2), in: TunnelID(1)))
        #expect(try request(.delete, "session sid 2") == .deleteSession(SessionID(2), in: nil))
        // The session's identifier decides, not the words.
        #expect(try request(.delete, "tunnel tid 1 sid 2") == .deleteSession(SessionID(2), in: TunnelID(1)))
        #expect(try request(.delete, "tunnel session tid 1 sid 2") == .deleteSession(SessionID(2), in: TunnelID(1)))
        #expect(problems(.delete, "tid 1") == ["delete: tunnel or session is missing: which of them?"])
        #expect(problems(.delete, "tunnel") == ["delete: tunnel_id is missing: a number, 1…4294967295"])
        #expect(problems(.delete, "session tid 1") == ["delete: session_id is missing: a number, 1…4294967295"])
    }

    @Test func show() throws {
        #expect(try request(.show, "tunnel") == .show(.tunnel, Filter()))
        #expect(try request(.show, "session") == .show(.session, Filter()))
        #expect(try request(.show, "tunnel session") == .show(.session, Filter()))
        #expect(try request(.show, "tunnel tid 5") == .show(.tunnel, Filter(tunnelID: TunnelID(5))))
        #expect(try request(.show, "tunnel tid 0 local any") == .show(.tunnel, Filter()))
        #expect(problems(.show, "tid 1") == ["show: tunnel or session is missing: which of them?"])
    }

    @Test func lookup() throws {
        #expect(try request(.lookup, "tid 5") == .lookup(.tunnel, Filter(tunnelID: TunnelID(5))))
        #expect(try request(.lookup, "sid 5") == .lookup(.session, Filter(sessionID: SessionID(5))))
        #expect(try request(.lookup, "name lan") == .lookup(.session, Filter(interfaceName: "lan")))
        #expect(try request(.lookup, "session tid 5") == .lookup(.session, Filter(tunnelID: TunnelID(5))))
        #expect(try request(.lookup, "tunnel sid 5") == .lookup(.tunnel, Filter(sessionID: SessionID(5))))
        #expect(problems(.lookup, "tunnel").count == 1)
    }
}
