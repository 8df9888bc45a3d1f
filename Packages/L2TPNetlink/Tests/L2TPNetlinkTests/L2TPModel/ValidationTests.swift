import L2TPModel
import L2TPWire
import Testing

@Suite struct ValidationTests {
    @Test func soundSpecificationsHaveNoViolations() {
        #expect(TunnelSpecification.udp().violations() == [])
        #expect(TunnelSpecification.ip().violations() == [])
        #expect(TunnelSpecification.udp(local: "2001:db8::1", peer: "2001:db8::2").violations() == [])
        #expect(TunnelSpecification.udp(local: "0.0.0.0").violations() == [])
        #expect(TunnelSpecification.udp(peer: "224.0.0.5").violations() == [])
        #expect(SessionSpecification.ethernet().violations() == [])
    }

    private static let tunnelCases: [(String, String, @Sendable (inout TunnelSpecification) -> Void)] = [
        ("tunnel_id", "0 is not a tunnel id (1…4294967295)", { $0.id = TunnelID(0) }),
        ("peer_tunnel_id", "0 is not a tunnel id (1…4294967295)", { $0.peerID = TunnelID(0) }),
        (
            "version", "L2TPv2 needs a control connection: only L2TPv3 tunnels can be unmanaged",
            { $0.protocolVersion = .v2 }
        ),
        ("remote", "2001:db8::2 is IPv6 but local 192.0.2.1 is IPv4", { $0.peer = address("2001:db8::2") }),
        (
            "remote", "0.0.0.0 is no peer: a tunnel needs the address of the other end",
            { $0.peer = address("0.0.0.0") }
        ),
        (
            "local", "224.0.0.5 is a multicast group, not an address of this host",
            { $0.local = address("224.0.0.5") }
        ),
        (
            "local", "255.255.255.255 is the broadcast address, not an address of this host",
            { $0.local = address("255.255.255.255") }
        ),
        (
            "remote", "224.0.0.5 is a multicast group, which encapsulation ip cannot use",
            {
                $0.peer = address("224.0.0.5")
                $0.encapsulation = .ip
            }
        ),
        (
            "local", "::ffff:192.0.2.1 is an IPv4-mapped address: write it as IPv4",
            {
                $0.local = address("::ffff:192.0.2.1")
                $0.peer = address("2001:db8::2")
            }
        ),
        (
            "udp_sport", "0 is not a port (1…65535)",
            { $0.encapsulation = .udp(UDPParameters(sourcePort: 0, destinationPort: 1)) }
        ),
        (
            "udp_dport", "0 is not a port (1…65535)",
            { $0.encapsulation = .udp(UDPParameters(sourcePort: 1, destinationPort: 0)) }
        ),
    ]

    @Test(arguments: tunnelCases.indices)
    func findsWhatIsWrongWithATunnel(index: Int) {
        let (field, message, spoil) = Self.tunnelCases[index]
        var tunnel = TunnelSpecification.udp()
        spoil(&tunnel)
        #expect(tunnel.violations() == [Violation(field: field, message: message)])
    }

    private static let sessionCases: [(String, String, @Sendable (inout SessionSpecification) -> Void)] = [
        ("tunnel_id", "0 is not a tunnel id (1…4294967295)", { $0.tunnelID = TunnelID(0) }),
        ("session_id", "0 is not a session id (1…4294967295)", { $0.id = SessionID(0) }),
        ("peer_session_id", "0 is not a session id (1…4294967295)", { $0.peerID = SessionID(0) }),
        (
            "pseudowire", "Linux has no driver for type ppp-ac: eth and ppp are known",
            { $0.pseudowireType = .pppAccessConcentrator }
        ),
        (
            "name", "a PPP session has no interface: pppd makes and names it",
            {
                $0.pseudowireType = .ppp
                $0.interfaceName = .example("ppp0")
            }
        ),
        (
            "cookie", "has 3 bytes; L2TPv3 knows 4 and 8 (8 or 16 hex digits)",
            { $0.cookie = Cookie(reported: [1, 2, 3].span) }
        ),
        (
            "peer_cookie", "has 1 bytes; L2TPv3 knows 4 and 8 (8 or 16 hex digits)",
            { $0.peerCookie = Cookie(reported: [1].span) }
        ),
        (
            "seq", "sequence numbers travel in the default sublayer: l2spec_type must be default",
            {
                $0.l2SpecificSublayer = .none
                $0.sendsSequenceNumbers = true
            }
        ),
        (
            "seq", "sequence numbers travel in the default sublayer: l2spec_type must be default",
            {
                $0.l2SpecificSublayer = .none
                $0.requiresSequenceNumbers = true
            }
        ),
        ("reorder_timeout", "is negative", { $0.reorderTimeout = .milliseconds(-1) }),
        (
            "reorder_timeout", "is finer than the kernel's unit, a millisecond",
            { $0.reorderTimeout = .microseconds(1500) }
        ),
        (
            "reorder_timeout", "is longer than the kernel can wait, 2147483647 ms",
            { $0.reorderTimeout = .milliseconds(2_147_483_648 as Int64) }
        ),
    ]

    @Test(arguments: sessionCases.indices)
    func findsWhatIsWrongWithASession(index: Int) {
        let (field, message, spoil) = Self.sessionCases[index]
        var session = SessionSpecification.ethernet()
        spoil(&session)
        #expect(session.violations() == [Violation(field: field, message: message)])
    }

    /// L2TPv2 has 16 bits for an identifier, PPP, and no cookies.
    @Test func findsWhatL2TPv2HasNoPlaceFor() {
        var session = SessionSpecification.ethernet(65536, peerID: 65537)
        session.cookie = Cookie(1 as UInt32)
        session.peerCookie = Cookie(1 as UInt32)
        #expect(session.violations() == [])
        #expect(session.violations(in: .v3) == [])
        #expect(
            session.violations(in: .v2).map(\.description) == [
                "session_id: 65536 is not a session id of L2TPv2 (1…65535)",
                "peer_session_id: 65537 is not a session id of L2TPv2 (1…65535)",
                "pseudowire: an L2TPv2 tunnel carries PPP only", "cookie: L2TPv2 has no cookies",
                "peer_cookie: L2TPv2 has no cookies",
            ])
        session = .ethernet(65535)
        session.pseudowireType = .ppp
        #expect(session.violations(in: .v2) == [])
        #expect(TunnelID(65535).isValid(in: .v2) && !TunnelID(65536).isValid(in: .v2))
        #expect(TunnelID(65536).isValid(in: .v3) && !TunnelID(0).isValid(in: .v3))
    }

    @Test func refusesAnEncapsulationThatOnlyANewerKernelKnows() {
        var tunnel = TunnelSpecification.udp()
        tunnel.encapsulation = .other(7)
        #expect(tunnel.violations().map(\.description) == ["encap: 7 is not known here: udp and ip are"])
    }

    @Test func reportsAllFindingsAtOnce() {
        let tunnel = TunnelSpecification.udp(0, peerID: 0, peer: "0.0.0.0", port: 0, peerPort: 0)
        #expect(
            tunnel.violations().map(\.field) == ["tunnel_id", "peer_tunnel_id", "remote", "udp_sport", "udp_dport"])
        let session = SessionSpecification.ethernet(0, in: 0, peerID: 0)
        #expect(session.violations().map(\.field) == ["tunnel_id", "session_id", "peer_session_id"])
        #expect(Violation(field: "local", message: "is wrong").description == "local: is wrong")
    }
}
