import L2TPModel
import L2TPWire
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

@Suite struct ShowTests {
    /// Five tunnels and, in the first two, five sessions of which each differs from the one before.
    private func bench() -> Bench {
        let bench = Bench()
        for line in [
            "add tunnel tid 1 ptid 11 local 192.0.2.1 remote 198.51.100.1 udp_sport 5001 udp_dport 6001",
            "add tunnel tid 2 ptid 12 local 192.0.2.1 remote 198.51.100.2 udp_sport 5002 udp_dport 6002 udp_csum on",
            "add tunnel tid 3 ptid 13 local 2001:db8::1 remote 2001:db8::3 encap ip",
            "add tunnel tid 4 ptid 14 local 2001:db8::1 remote 2001:db8::4 udp_sport 5004 udp_dport 6004 udp6_csum_rx off",
            "add tunnel tid 5 ptid 15 local 192.0.2.1 remote 198.51.100.2 encap ip",
            "add session tid 1 sid 101 psid 201 name full cookie 01234567 peer_cookie 0123456789abcdef seq both",
            "add session tid 1 sid 102 psid 202",
            "add session tid 1 sid 103 psid 203 peer_cookie 89abcdef",
            "add session tid 2 sid 104 psid 204 seq recv",
            "add session tid 2 sid 105 psid 205 cookie 00000001 seq send",
        ] {
            #expect(bench(line) == Run(status: .success))
        }
        return bench
    }

    @Test func tunnels() {
        #expect(
            bench()("show tunnel")
                == Run(
                    status: .success,
                    output: """
                        Tunnel 1, encap UDP
                          From 192.0.2.1 to 198.51.100.1
                          Peer tunnel 11
                          UDP source / dest ports: 5001/6001
                          UDP checksum: disabled
                        Tunnel 2, encap UDP
                          From 192.0.2.1 to 198.51.100.2
                          Peer tunnel 12
                          UDP source / dest ports: 5002/6002
                          UDP checksum: enabled
                        Tunnel 3, encap IP
                          From 2001:db8::1 to 2001:db8::3
                          Peer tunnel 13
                        Tunnel 4, encap UDP
                          From 2001:db8::1 to 2001:db8::4
                          Peer tunnel 14
                          UDP source / dest ports: 5004/6004
                          UDP checksum: tx
                        Tunnel 5, encap IP
                          From 192.0.2.1 to 198.51.100.2
                          Peer tunnel 15

                        """))
    }

    /// No session shows what belongs to the one before.
    @Test func sessions() {
        #expect(
            bench()("show session")
                == Run(
                    status: .success,
                    output: """
                        Session 101 in tunnel 1
                          Peer session 201, tunnel 11
                          interface name: full
                          offset 0, peer offset 0
                          cookie 01234567  peer cookie 0123456789abcdef
                          sequence numbering: send recv
                        Session 102 in tunnel 1
                          Peer session 202, tunnel 11
                          interface name: l2tpeth0
                          offset 0, peer offset 0

                        Session 103 in tunnel 1
                          Peer session 203, tunnel 11
                          interface name: l2tpeth1
                          offset 0, peer offset 0
                          peer cookie 89abcdef
                        Session 104 in tunnel 2
                          Peer session 204, tunnel 12
                          interface name: l2tpeth2
                          offset 0, peer offset 0

                          sequence numbering: recv
                        Session 105 in tunnel 2
                          Peer session 205, tunnel 12
                          interface name: l2tpeth3
                          offset 0, peer offset 0
                          cookie 00000001
                          sequence numbering: send

                        """))
    }

    @Test func reorderTimeoutAndPPP() {
        let session = Session(
            tunnelID: TunnelID(1), peerTunnelID: TunnelID(2), id: SessionID(3), peerID: SessionID(4),
            pseudowireType: .ppp, cookie: Cookie(1 as UInt32), reorderTimeout: .milliseconds(252))
        #expect(
            TextOutput().text(of: [session]) == """
                Session 3 in tunnel 1
                  Peer session 4, tunnel 2
                  offset 0, peer offset 0
                  cookie 00000001  reorder timeout: 252

                """)
    }

    /// IPv6 checksums: (tx, rx, word).
    @Test(arguments: [(true, true, "enabled"), (true, false, "tx"), (false, true, "rx"), (false, false, "disabled")])
    func ipv6Checksums(transmit: Bool, receive: Bool, word: String) {
        let udp = UDPParameters(
            sourcePort: 1, destinationPort: 2, ipv6TransmitChecksum: transmit, ipv6ReceiveChecksum: receive)
        let tunnel = Tunnel(
            id: TunnelID(1), peerID: TunnelID(2), encapsulation: .udp(udp), local: .v6(.any), peer: .v6(.any))
        #expect(TextOutput().text(of: [tunnel]).hasSuffix("\n  UDP checksum: \(word)\n"))
    }

    @Test func tunnelWithoutSocket() {
        let udp = UDPParameters(sourcePort: 0, destinationPort: 0)
        let tunnel = Tunnel(id: TunnelID(1), peerID: TunnelID(2), encapsulation: .udp(udp), local: nil, peer: nil)
        #expect(
            TextOutput().text(of: [tunnel])
                == "Tunnel 1, encap UDP\n  From ??? to ???\n  Peer tunnel 2\n  UDP source / dest ports: 0/0\n")
    }

    @Test func oneLineForEachRecord() {
        let bench = bench()
        #expect(
            bench("-o show tunnel encap ip tid 3").output
                == "Tunnel 3, encap IP\\  From 2001:db8::1 to 2001:db8::3\\  Peer tunnel 13\n")
        #expect(bench("-oneline show session").output.split(separator: "\n").count == 5)
        #expect(
            bench("-o show session sid 104").output
                == "Session 104 in tunnel 2\\  Peer session 204, tunnel 12\\  interface name: l2tpeth2\\"
                + "  offset 0, peer offset 0\\  sequence numbering: recv\n")
    }

    /// What selects, and the identifiers then shown.
    @Test(arguments: [
        ("tunnel tid 2", [2]), ("tunnel ptid 14", [4]), ("tunnel remote 198.51.100.2", [2, 5]),
        ("tunnel local 2001:db8::1", [3, 4]), ("tunnel tid 2 ptid 14", []), ("tunnel tid 99", []),
        ("tunnel tid 2 remote 198.51.100.2", [2]), ("tunnel local any", []), ("tunnel encap ip", [3, 5]),
        ("tunnel encap udp", [1, 2, 4]), ("tunnel udp_sport 5002", [2]), ("tunnel udp_dport 6004", [4]),
        ("tunnel udp_dport 6004 encap ip", []),
        ("session tid 1", [101, 102, 103]), ("session sid 104", [104]), ("session tid 2 sid 104", [104]),
        ("session tid 1 sid 104", []), ("session psid 205", [105]), ("session ptid 12", [104, 105]),
        ("session name full", [101]), ("session ifname full tid 2", []),
        ("session remote 198.51.100.1", [101, 102, 103]),
        ("session remote 198.51.100.2 sid 104", [104]), ("session local 2001:db8::1", []), ("session sid 99", []),
        ("session encap udp tid 2", [104, 105]), ("session encap ip", []), ("session udp_sport 5002", [104, 105]),
        ("session cookie 00000001", [105]), ("session peer_cookie 89abcdef", [103]), ("session cookie 89abcdef", []),
        ("session tid 99 sid 101", []), ("session name none", []), ("session tunnel", [101, 102, 103, 104, 105]),
    ])
    func filters(words: String, identifiers: [Int]) {
        let run = bench()("show \(words)")
        let found = run.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map { line in
            Int(line.split(separator: " ")[1].filter(\.isNumber))
        }
        #expect(found == identifiers)
        #expect(run.status == .success)
        #expect(run.error == "")
    }

    /// Other keywords are ignored, but not in silence.
    @Test func whatDoesNotSelect() {
        let bench = bench()
        #expect(
            bench("show tunnel tid 3 sid 5 seq both")
                == Run(
                    status: .success, output: bench("show tunnel tid 3").output,
                    error: "l2tp: session_id, seq do not select tunnels: ignored\n"))
        #expect(bench("show tunnel tid 0").status == .usage)
    }

    /// A tunnel whose local address is the wildcard, as the kernel keeps one that is not connected.
    @Test func localAnyIsTheWildcard() {
        let tunnel = Tunnel(
            id: TunnelID(1), peerID: TunnelID(2), encapsulation: .ip, local: .v6(.any), peer: .v4(.any))
        #expect(Filter(local: .any).matches(tunnel))
        #expect(Filter(local: .any, peer: .any).matches(tunnel))
        #expect(!Filter(local: AddressWord("2001:db8::1")).matches(tunnel))
    }

    /// Several sessions report the same name after a renaming: all of them are shown.
    @Test func severalSessionsOfOneName() {
        let bench = bench()
        bench.kernel.renameLink("full", to: "other")
        #expect(bench("add session tid 2 sid 106 psid 206 name full") == Run(status: .success))
        let found = bench("show session name full").output.split(separator: "\n").filter { $0.hasPrefix("Session") }
        #expect(found == ["Session 101 in tunnel 1", "Session 106 in tunnel 2"])
    }

    @Test func renamedInterface() {
        let bench = bench()
        bench.kernel.renameLink("full", to: "other")
        let hint =
            "there is an interface other, but the kernel knows a session by the name its interface was created with; "
            + "no interface is called so now: session 101 in tunnel 1 was created with full"
        #expect(bench("show session name other") == Run(status: .success, error: "l2tp: \(hint)\n"))
        #expect(
            bench("lookup name other")
                == Run(status: .refused, error: "l2tp: no session has name other\n  \(hint)\n"))
        #expect(bench("-j show session name other").output == "[]\n")
        // Here it is not the name that does not agree.
        #expect(bench("show session name full sid 102") == Run(status: .success))
    }

    @Test func lookup() {
        let bench = bench()
        #expect(bench("lookup name full") == bench("show session sid 101"))
        #expect(bench("lookup tunnel remote 198.51.100.2") == bench("show tunnel remote 198.51.100.2"))
        #expect(bench("lo tid 3 -j") == bench("-j show tunnel tid 3"))
        #expect(
            bench("lookup session tid 1 sid 99 name none")
                == Run(status: .refused, error: "l2tp: no session has tunnel_id 1, session_id 99, name none\n"))
        #expect(bench("lookup tid 99") == Run(status: .refused, error: "l2tp: no tunnel has tunnel_id 99\n"))
        #expect(bench("lookup tunnel").status == .usage)
        #expect(
            bench("lookup cookie 76543210 encap ip udp_dport 5 local any").error
                == "l2tp: no session has cookie as given, local any, encap ip, udp_dport 5\n")
    }

    @Test func nothingToShow() {
        let bench = Bench()
        #expect(bench("show tunnel") == Run(status: .success))
        #expect(bench("list session") == Run(status: .success))
        #expect(bench("-j show tunnel") == Run(status: .success, output: "[]\n"))
        #expect(bench("-p show tunnel") == Run(status: .success, output: "[ ]\n"))
    }

    @Test(arguments: ["show tunnel", "show session", "-j show tunnel", "show session sid 5 tid 3", "lookup tid 3"])
    func notPermitted(line: String) {
        let bench = Bench()
        bench.kernel.behavior.isPrivileged = false
        let run = bench(line)
        #expect(run.status == .failure)
        #expect(run.output == "")
        #expect(run.error.contains("not permitted (EPERM)\n  L2TP needs CAP_NET_ADMIN"))
    }
}
