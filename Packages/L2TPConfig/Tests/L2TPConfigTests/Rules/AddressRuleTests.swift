import L2TPConfig
import L2TPModel
import Testing

/// Which addresses of interfaces get into each other's way.
@Suite struct AddressRuleTests {
    @Test(
        "two interfaces may have these addresses",
        arguments: [
            (#"["10.0.0.1/24"]"#, #"["10.0.1.1/24"]"#),
            // Unnumbered links share an address.
            (#"["10.0.0.1/32"]"#, #"["10.0.0.1/32"]"#),
            (#"[{ local = "10.0.0.1", peer = "10.0.0.2" }]"#, #"[{ local = "10.0.0.1", peer = "10.0.0.3" }]"#),
            (#"[{ local = "10.0.0.1", peer = "10.0.0.2" }]"#, #"["10.0.0.1/32"]"#),
            // The longer prefix is meant.
            (#"["10.0.0.1/24"]"#, #"[{ local = "10.0.0.1", peer = "10.0.0.2" }]"#),
            // Each link has that.
            (#"["fe80::1/64"]"#, #"["fe80::1/64"]"#),
            (#"["2001:db8::1/64"]"#, #"["2001:db8:0:1::1/64"]"#),
            (#"["10.0.0.0/31"]"#, #"["10.0.0.2/31"]"#),
            (#"["2001:db8::/127"]"#, #"["2001:db8::2/127"]"#),
            (#"["10.0.0.1/24", "10.0.0.2/24", "10.0.0.1/25"]"#, "[]"),
            (#"["fe80::1/64", "10.0.0.1/24"]"#, #"["::10.0.0.1/120"]"#),
        ])
    func apart(first: String, second: String) {
        #expect(
            RuleTests.warnings(of: "interface.addresses = \(first)", "interface.addresses = \(second)") == [])
    }

    @Test(
        "two interfaces with these addresses have neighbours in common",
        arguments: [
            ("10.0.0.1/24", "10.0.0.2/24"), ("10.0.0.1/24", "10.0.0.1/24"), ("10.0.0.1/8", "10.1.2.2/30"),
            ("10.1.2.3/31", "10.0.0.1/8"), ("2001:db8::1/64", "2001:db8::2/64"), ("2001:db8::1/32", "2001:db8::9/127"),
        ])
    func together(first: String, second: String) {
        #expect(
            RuleTests.warnings(
                of: "interface.addresses = [\"\(first)\"]", "interface.addresses = [\"\(second)\"]")
                == [
                    "warning: s1.addresses[0]: the prefix of \(second) overlaps that of \(first) of s0: their "
                        + "neighbours are looked for behind one of the interfaces only; the other is at t:11:24"
                ])
    }

    @Test("a tunnel cannot start from an address that only a session's interface has")
    func nested() {
        let outer = RuleTests.tunnel(1, sessions: [#"interface.addresses = ["10.9.0.9/24", "10.0.0.1/30"]"#])
        let inner = RuleTests.tunnel(2, sessions: []).replacing("192.0.2.1", with: "10.0.0.1")
        let message =
            "error: tunnel.t2.local: 10.0.0.1 is what the interface of tunnel.t1.session.s0 is to have, and that is "
            + "made only when the local addresses of all tunnels are there: write one that the host has without it; "
            + "the other is at "
        #expect(RuleTests.findings(outer + inner) == ["t:13:9: \(message)t:11:39"])
        // Also in the tunnel's own session.
        let own = RuleTests.tunnel(2, sessions: [#"interface.addresses = ["10.0.0.1/30"]"#])
            .replacing("192.0.2.1", with: "10.0.0.1")
        #expect(RuleTests.findings(own) == ["t:2:9: \(message.replacing("t1", with: "t2"))t:11:24"])
    }

    @Test(
        "a tunnel may start from an address that the host may have without the session's interface",
        arguments: [
            // Unnumbered links share an address of another.
            #"interface.addresses = [{ local = "192.0.2.1", peer = "10.0.0.2" }]"#,
            #"interface.addresses = ["192.0.2.1/32"]"#,
            "interface.addresses = [\"192.0.2.1/24\"]\ninterface.netns = \"red\"",
            #"interface.addresses = ["192.0.2.2/24"]"#,
        ])
    func notNested(session: String) {
        #expect(RuleTests.findings(RuleTests.tunnel(1, sessions: [session])) == [])
    }

    @Test("thousands of addresses of one interface are compared", .timeLimit(.minutes(2)))
    func many() {
        func session(_ number: Int) -> SessionConfiguration {
            var interface = InterfaceConfiguration()
            interface.addresses = (1..<20_000).map {
                AddressSpecification(
                    .v4(IPv4Address(number: 0x0a00_0000 + UInt32(number) << 16 + UInt32($0))), prefixBitCount: 16)
            }
            return PlanningExample.session(UInt32(number), interface: nil) { $0.interface = interface }
        }
        let configuration = Configuration(tunnels: [PlanningExample.tunnel(sessions: [session(1), session(2)])])
        #expect(!configuration.findings().contains { $0.severity == .error })
    }

    @Test("the same peer on two links")
    func peerTwice() {
        let address = #"interface.addresses = [{ local = "10.0.0.1", peer = "10.0.0.2" }]"#
        #expect(RuleTests.warnings(of: address, address).count == 1)
    }

    @Test("network namespaces and VRFs have routes of their own; bridges have none for their ports")
    func separateTables() {
        let address = #"interface.addresses = ["10.0.0.1/24"]"#
        let red = "\ninterface.netns = \"red\""
        let vrf = "\ninterface.vrf = \"v\""
        let names = (0...4).map { "\ninterface.name = \"i\($0)\"" }
        #expect(
            RuleTests.warnings(
                of: address + names[0], address + names[1] + red, address + names[2] + vrf,
                address + names[3] + "\ninterface.vrf = \"w\"", address + names[4] + vrf + red) == [])
        #expect(RuleTests.warnings(of: address + vrf, address + vrf).count == 1)
        #expect(RuleTests.warnings(of: address + red + names[1], address + red).count == 1)
        #expect(
            RuleTests.warnings(of: address, address + "\ninterface.bridge = \"b\"") == [
                "warning: s1.addresses: a port of a bridge does not use its addresses: give them to b"
            ])
    }

    @Test("many interfaces in one network: one warning for each after the first")
    func manyOverlaps() {
        let sessions = (1...50).map { "interface.addresses = [\"10.0.0.\($0)/24\"]" }
        let found = RuleTests.findings(RuleTests.tunnel(1, sessions: sessions))
        #expect(found.count == 49)
        #expect(Set(found).count == 49)
    }

    @Test("the peer behind its own tunnel")
    func ownRoute() {
        let own = #"interface.addresses = ["198.51.100.77/24"]"#
        #expect(
            RuleTests.warnings(of: own) == [
                "warning: s0.addresses[0]: the prefix of 198.51.100.77/24 holds the tunnel's own remote 198.51.100.1, "
                    + "so that the tunnel's packets may be sent into the tunnel"
            ])
        for apart in ["netns = \"red\"", "vrf = \"v\"", "up = false"] {
            #expect(RuleTests.warnings(of: own + "\ninterface.\(apart)") == [])
        }
        // Another tunnel may run inside this one.
        let outer = RuleTests.tunnel(1, sessions: [#"interface.addresses = ["198.51.100.77/31"]"#])
        #expect(RuleTests.findings(outer + RuleTests.tunnel(76, sessions: [])) == [])
    }

    @Test("addresses that routers have together")
    func anycast() {
        #expect(
            RuleTests.warnings(of: #"interface.addresses = ["2001:db8::/64", "2001:db8:1::/128"]"#) == [
                "warning: s0.addresses[0]: 2001:db8:: is the anycast address of all routers of 2001:db8::/64 "
                    + "(RFC 4291), not of one host"
            ])
    }
}
