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
        ("session tid 0 sid 1 psid 1", "tunnel_id: 0 is not a tunnel id (1…4294967295)"),
        ("session tid 1 sid 0 psid 1", "session_id: 0 is not a session id (1…4294967295)"),
        (
            "tunnel tid 1 ptid 1 local any remote 192.0.2.2 udp_sport 0 udp_dport 1",
            "udp_sport: 0 is not a port (1…65535)"
        ),
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
        #expect(problems(.delete, "tid 1") == ["del: tunnel or session is missing: which of them?"])
        #expect(problems(.delete, "tunnel") == ["del: tunnel_id is missing: a number, 1…4294967295"])
        #expect(problems(.delete, "session tid 1") == ["del: session_id is missing: a number, 1…4294967295"])
    }

    @Test func show() throws {
        #expect(try request(.show, "tunnel") == .show(.tunnel, Filter()))
        #expect(try request(.show, "session") == .show(.session, Filter()))
        #expect(try request(.show, "tunnel session") == .show(.session, Filter()))
        #expect(try request(.show, "tunnel tid 5") == .show(.tunnel, Filter(tunnelID: TunnelID(5))))
        #expect(try request(.show, "tunnel local any") == .show(.tunnel, Filter(local: .any)))
        #expect(try request(.show, "tunnel encap udp") == .show(.tunnel, Filter(encapsulation: .udp)))
        #expect(problems(.show, "tunnel tid 0") == ["tunnel_id: 0 is not a tunnel id (1…4294967295)"])
        #expect(problems(.show, "session sid 0 ptid 0").count == 2)
        #expect(problems(.show, "tid 1") == ["show: tunnel or session is missing: which of them?"])
    }

    @Test func lookup() throws {
        #expect(try request(.lookup, "tid 5") == .lookup(.tunnel, Filter(tunnelID: TunnelID(5))))
        #expect(try request(.lookup, "sid 5") == .lookup(.session, Filter(sessionID: SessionID(5))))
        #expect(try request(.lookup, "name lan") == .lookup(.session, Filter(interfaceName: "lan")))
        #expect(try request(.lookup, "session tid 5") == .lookup(.session, Filter(tunnelID: TunnelID(5))))
        #expect(try request(.lookup, "cookie 01234567")?.kind == .session)
        #expect(try request(.lookup, "local any encap ip")?.kind == .tunnel)
        #expect(problems(.lookup, "tunnel").count == 1)
        #expect(problems(.lookup, "tunnel sid 5").count == 1)
        #expect(problems(.lookup, "tid 0").count == 1)
    }

    /// (what is shown, the keywords that select nothing there)
    @Test(arguments: [
        ("tunnel", ""), ("session tid 1 encap ip cookie 01234567 local any", ""), ("tunnel seq both", "seq does"),
        ("tunnel sid 1 name x offset 4", "session_id, name do"), ("session udp_csum on csum add", "udp_csum, csum do"),
    ])
    func warnings(words: String, ignored: String) throws {
        let given = try #require(arguments(words))
        let kind = words.hasPrefix("tunnel") ? "tunnels" : "sessions"
        #expect(
            given.warnings(for: try given.request(for: .show))
                == (ignored.isEmpty ? [] : ["\(ignored) not select \(kind): ignored"]))
        #expect(given.warnings(for: .deleteTunnel(TunnelID(1))).isEmpty)
    }

    /// What was given, but wrongly, is not missing.
    @Test func problemsBesideWrongValues() {
        func messages(_ command: CommandWord, _ words: String) -> [String] {
            let outcome = KeywordParser.parse(words.split(separator: " ").map(String.init)).outcome
            guard case .wrong(_, let arguments) = outcome else { return ["accepted"] }
            return arguments.problems(for: command).map(\.message)
        }
        #expect(
            messages(.add, "tunnel tid 1 ptid 2 local any remote 192.0.2.2 udp_sport 70000 udp_dport 0")
                == ["udp_dport: 0 is not a port (1…65535)"])
        #expect(messages(.add, "session tunel_id 1 sid 2 psid 3") == [])
        #expect(messages(.add, "session tid x sid 2") == ["add: peer_session_id is missing: a number, 1…4294967295"])
        #expect(messages(.delete, "tunnel 3000") == [])
        #expect(messages(.show, "tunnels") == [])
        #expect(messages(.lookup, "tid x") == [])
    }
}

extension Request {
    /// What is looked up or shown.
    fileprivate var kind: ObjectKind? {
        switch self {
        case .show(let kind, _), .lookup(let kind, _): kind
        case .add, .deleteTunnel, .deleteSession, .deleteInterface, .modify: nil
        }
    }
}
