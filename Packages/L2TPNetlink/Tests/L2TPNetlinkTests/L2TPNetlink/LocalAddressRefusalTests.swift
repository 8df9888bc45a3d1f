import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Local addresses that the kernel refuses (`EADDRNOTAVAIL`), and what is recommended instead.
@Suite struct LocalAddressRefusalTests {
    @Test func theAddressIsElsewhere() throws {
        try expectRefusal(
            of: .udp(local: "192.0.2.9"), by: FakeKernel(), .addressNotLocal,
            """
            cannot create tunnel 3000: local address 192.0.2.9 is not on this host (EADDRNOTAVAIL)
              eth0 has 192.0.2.1/24; add the address first, or use local 192.0.2.1
            """)
        try expectRefusal(
            of: .ip(local: "2001:db8::9", peer: "2001:db8::2"), by: FakeKernel(), .addressNotLocal,
            """
            cannot create tunnel 3000: local address 2001:db8::9 is not on this host (EADDRNOTAVAIL)
              eth0 has 2001:db8::1/64; add the address first, or use local 2001:db8::1
            """)
    }

    /// The address that shares the peer's prefix is the better hint.
    @Test func theHintLooksAtPrefixes() throws {
        let kernel = FakeKernel()
        let link = kernel.addLink(named: "eth1")
        kernel.addAddress(address("203.0.113.1"), prefixBitCount: 24, to: link)
        try expectRefusal(
            of: .udp(local: "198.51.100.1", peer: "203.0.113.2"), by: kernel, .addressNotLocal,
            """
            cannot create tunnel 3000: local address 198.51.100.1 is not on this host (EADDRNOTAVAIL)
              eth1 has 203.0.113.1/24; add the address first, or use local 203.0.113.1
            """)
    }

    @Test func noAddressOfThatVersion() throws {
        let kernel = FakeKernel()
        kernel.removeAddress(address("2001:db8::1"))
        try expectRefusal(
            of: .udp(local: "2001:db8::9", peer: "2001:db8::2"), by: kernel, .addressNotLocal,
            """
            cannot create tunnel 3000: local address 2001:db8::9 is not on this host (EADDRNOTAVAIL)
              no interface has an IPv6 address to use; add the address first
            """)
    }

    @Test func theAddressIsTentative() throws {
        let kernel = FakeKernel()
        kernel.addAddress(address("2001:db8::7"), prefixBitCount: 64, to: 2, isTentative: true)
        try expectRefusal(
            of: .udp(local: "2001:db8::7", peer: "2001:db8::2"), by: kernel, .addressTentative,
            """
            cannot create tunnel 3000: local address 2001:db8::7 on eth0 is still tentative (EADDRNOTAVAIL)
              duplicate address detection takes a second or two; try again then
            """)
    }

    @Test func theAddressIsAnotherHostsToo() throws {
        let kernel = FakeKernel()
        kernel.addAddress(address("2001:db8::7"), prefixBitCount: 64, to: 2, isDuplicate: true)
        try expectRefusal(
            of: .udp(local: "2001:db8::7", peer: "2001:db8::2"), by: kernel, .addressTentative,
            """
            cannot create tunnel 3000: local address 2001:db8::7 on eth0 is in use by another host (EADDRNOTAVAIL)
              duplicate address detection failed; give eth0 another address
            """)
    }

    @Test func theAddressCannotBeBoundForAnUnknownReason() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .addressNotAvailable)
        try expectRefusal(
            of: .udp(), by: kernel, .other,
            "cannot create tunnel 3000: local address 192.0.2.1 on eth0 cannot be bound (EADDRNOTAVAIL)")
    }

    /// A look that fails takes nothing away from the error, whatever it fails of.
    @Test(arguments: [Step.open(.route), .links, .addresses])
    func theLookAtAddressesFails(step: Step) throws {
        let kernel = FakeKernel()
        kernel.fail(step, with: .notPermitted)
        try expectRefusal(
            of: .udp(local: "192.0.2.9"), by: kernel, .addressNotLocal,
            """
            cannot create tunnel 3000: local address 192.0.2.9 is not on this host, or not usable yet (EADDRNOTAVAIL)
            """)
    }

    @Test func aLinkReportedTwice() throws {
        let kernel = FakeKernel()
        kernel.inject(.duplicate, at: .links)
        try expectRefusal(
            of: .udp(local: "192.0.2.9"), by: kernel, .addressNotLocal,
            """
            cannot create tunnel 3000: local address 192.0.2.9 is not on this host (EADDRNOTAVAIL)
              eth0 has 192.0.2.1/24; add the address first, or use local 192.0.2.1
            """)
    }

    @Test(arguments: [("192.0.2.2", "192.0.2.1", "192.0.2.1/24"), ("2001:db8::2", "2001:db8::1", "2001:db8::1/64")])
    func theEndsAreSwapped(local: String, peer: String, own: String) throws {
        try expectRefusal(
            of: .udp(local: local, peer: peer), by: FakeKernel(), .addressNotLocal,
            """
            cannot create tunnel 3000: local address \(local) is not on this host (EADDRNOTAVAIL)
              eth0 has \(own), which is given as remote: local and remote are swapped
            """)
    }

    /// Neither a loopback nor a link-local address helps, nor one that another host has, even where it shares the prefix.
    @Test func whatCannotBeUsedIsNotRecommended() throws {
        let kernel = FakeKernel()
        kernel.removeAddress(address("192.0.2.1"))
        try expectRefusal(
            of: .udp(local: "198.51.100.9", peer: "127.0.0.2"), by: kernel,
            .addressNotLocal,
            """
            cannot create tunnel 3000: local address 198.51.100.9 is not on this host (EADDRNOTAVAIL)
              no interface has an IPv4 address to use; add the address first
            """)
        kernel.removeAddress(address("2001:db8::1"))
        kernel.addAddress(address("fe80::7"), prefixBitCount: 64, to: 2)
        kernel.addAddress(address("2001:db8::7"), prefixBitCount: 64, to: 2, isDuplicate: true)
        let elsewhere = TunnelSpecification.udp(local: "2001:db8::9", peer: "2001:db8::2")
        try expectRefusal(
            of: elsewhere, by: kernel, .addressNotLocal,
            """
            cannot create tunnel 3000: local address 2001:db8::9 is not on this host (EADDRNOTAVAIL)
              no interface has an IPv6 address to use; add the address first
            """)
        kernel.addAddress(address("2001:db8:1::1"), prefixBitCount: 64, to: 2)
        try expectRefusal(
            of: elsewhere, by: kernel, .addressNotLocal,
            """
            cannot create tunnel 3000: local address 2001:db8::9 is not on this host (EADDRNOTAVAIL)
              eth0 has 2001:db8:1::1/64; add the address first, or use local 2001:db8:1::1
            """)
    }
}
