import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// What the kernel refuses to create, and what it means.
@Suite struct TunnelRefusalTests {
    typealias Release = FakeKernel.Release

    /// Creating fails, with this text, and nothing is left behind.
    private func expectRefusal(
        of tunnel: TunnelSpecification, by kernel: FakeKernel, _ reason: L2TPError.Reason, _ text: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var client = try L2TPClient(kernel.connector)
        let (tunnels, sessions, links) = (kernel.tunnels, kernel.sessions, kernel.links)
        let error = failure { () throws(L2TPError) in try client.createTunnel(tunnel) }
        #expect(error?.operation == .create, sourceLocation: sourceLocation)
        #expect(error?.object == .tunnel(tunnel.id), sourceLocation: sourceLocation)
        #expect(error?.reason == reason, sourceLocation: sourceLocation)
        #expect(error?.description == text, sourceLocation: sourceLocation)
        #expect(kernel.tunnels == tunnels, sourceLocation: sourceLocation)
        #expect(kernel.sessions == sessions, sourceLocation: sourceLocation)
        #expect(kernel.links == links, sourceLocation: sourceLocation)
    }

    @Test(arguments: Release.allCases)
    func theIdentifierIsTaken(release: Release) throws {
        let kernel = FakeKernel(release)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try expectRefusal(
            of: .ip(), by: kernel, .exists,
            "cannot create tunnel 3000: the tunnel id is taken by a tunnel from 192.0.2.1 to 192.0.2.2 (EEXIST)")
    }

    /// Somebody else was faster.
    @Test func theIdentifierIsTakenMeanwhile() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .fileExists)
        try expectRefusal(
            of: .udp(), by: kernel, .exists,
            """
            cannot create tunnel 3000: the tunnel id is taken (EEXIST)
              if it was just deleted, the kernel may still be removing it
            """)
    }

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

    @Test func thePortIsTakenByATunnel() throws {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        try expectRefusal(
            of: .udp(3001, peer: "192.0.2.3"), by: kernel, .portTaken,
            """
            cannot create tunnel 3001: UDP port 5000 on 192.0.2.1 is taken by tunnel 3000 (EADDRINUSE)
              every unmanaged UDP tunnel needs a local port of its own
            """)
    }

    @Test func thePortIsTakenByAnotherProgram() throws {
        let kernel = FakeKernel()
        kernel.openSocket(OpenSocket(nil, local: .any(.v4), peer: .any(.v4), localPort: 5000))
        try expectRefusal(
            of: .udp(), by: kernel, .portTaken,
            """
            cannot create tunnel 3000: UDP port 5000 on 192.0.2.1 is taken by another program (EADDRINUSE)
              to see which: ss -aunp sport = :5000
            """)
    }

    @Test func theIdentifierIsTakenBySocket() throws {
        let kernel = FakeKernel()
        kernel.openSocket(OpenSocket(.ip, local: address("192.0.2.1"), peer: .any(.v4)))
        try expectRefusal(
            of: .ip(), by: kernel, .portTaken,
            "cannot create tunnel 3000: tunnel id 3000 on 192.0.2.1 is taken by a socket of another program (EADDRINUSE)"
        )
    }

    @Test(
        arguments: [
            (.networkUnreachable, "ENETUNREACH"), (.noRouteToHost, "EHOSTUNREACH"),
        ] as [(Errno, String)])
    func thePeerIsNotRouted(errno: Errno, symbol: String) throws {
        let kernel = FakeKernel()
        kernel.refuseRoute(to: address("192.0.2.2"), with: errno)
        try expectRefusal(
            of: .udp(), by: kernel, .noRoute,
            """
            cannot create tunnel 3000: there is no route to 192.0.2.2 (\(symbol))
              the kernel wants a route when the tunnel is created: ip route get 192.0.2.2
            """)
        kernel.restoreRoute(to: address("192.0.2.2"))
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
    }

    /// The interface of the local address, or that of the peer's network.
    @Test(
        arguments: [
            (.networkUnreachable, "ENETUNREACH"), (.noRouteToHost, "EHOSTUNREACH"),
        ] as [(Errno, String)])
    func theInterfaceIsDown(errno: Errno, symbol: String) throws {
        let kernel = FakeKernel()
        kernel.setLink("eth0", isUp: false)
        for peer in ["192.0.2.2", "198.51.100.2"] {
            kernel.refuseRoute(to: address(peer), with: errno)
            try expectRefusal(
                of: .udp(peer: peer), by: kernel, .noRoute,
                """
                cannot create tunnel 3000: there is no route to \(peer): eth0 has 192.0.2.1/24 but is down (\(symbol))
                  set it up: ip link set eth0 up
                """)
        }
        kernel.setLink("eth0", isUp: true)
        let other = kernel.addLink(named: "eth1", isUp: false)
        kernel.addAddress(address("198.51.100.1"), prefixBitCount: 24, to: other)
        try expectRefusal(
            of: .udp(peer: "198.51.100.2"), by: kernel, .noRoute,
            """
            cannot create tunnel 3000: there is no route to 198.51.100.2: eth1 has 198.51.100.1/24 but is down \
            (\(symbol))
              set it up: ip link set eth1 up
            """)
    }

    /// A link that is down elsewhere has nothing to do with it, and a look that fails takes nothing away.
    @Test(arguments: [nil, .open(.route), .links, .addresses] as [Step?])
    func anotherInterfaceIsDown(failing step: Step?) throws {
        let kernel = FakeKernel()
        if let step {
            kernel.setLink("eth0", isUp: false)
            kernel.fail(step, with: .noMemory)
        }
        let other = kernel.addLink(named: "eth1", isUp: false)
        kernel.addAddress(address("198.51.100.1"), prefixBitCount: 24, to: other)
        kernel.refuseRoute(to: address("192.0.2.2"))
        try expectRefusal(
            of: .udp(), by: kernel, .noRoute,
            """
            cannot create tunnel 3000: there is no route to 192.0.2.2 (ENETUNREACH)
              the kernel wants a route when the tunnel is created: ip route get 192.0.2.2
            """)
    }

    @Test func thePeerIsLinkLocal() throws {
        try expectRefusal(
            of: .udp(local: "2001:db8::1", peer: "fe80::1"), by: FakeKernel(), .invalid,
            """
            cannot create tunnel 3000: fe80::1 is a link-local address, which needs an interface that netlink cannot \
            name (EINVAL)
              use global or unique local addresses
            """)
    }

    /// Whether the host has it or not.
    @Test(arguments: [
        TunnelSpecification.udp(local: "fe80::1", peer: "2001:db8::2"), .ip(local: "fe80::1", peer: "2001:db8::2"),
        .udp(local: "fe80::2", peer: "2001:db8::2"),
    ])
    func theLocalAddressIsLinkLocal(tunnel: TunnelSpecification) throws {
        let kernel = FakeKernel()
        kernel.addAddress(address("fe80::1"), prefixBitCount: 64, to: 2)
        try expectRefusal(
            of: tunnel, by: kernel, .invalid,
            """
            cannot create tunnel 3000: \(tunnel.local) is a link-local address, which needs an interface that netlink \
            cannot name (EINVAL)
              use global or unique local addresses
            """)
    }

    @Test func thePeerIsAGroup() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .invalidArgument)
        try expectRefusal(
            of: .udp(local: "2001:db8::1", peer: "ff02::1"), by: kernel, .invalid,
            """
            cannot create tunnel 3000: ff02::1 is a multicast group, which needs an interface that netlink cannot \
            name (EINVAL)
              use global or unique local addresses
            """)
    }

    @Test func theLocalAddressIsALoopback() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .invalidArgument)
        try expectRefusal(
            of: .udp(local: "127.0.0.1"), by: kernel, .invalid,
            "cannot create tunnel 3000: 127.0.0.1 is a loopback address, from which 192.0.2.2 cannot be reached (EINVAL)"
        )
    }

    @Test func theRouteIsABlackhole() throws {
        let kernel = FakeKernel()
        kernel.refuseRoute(to: address("192.0.2.2"), with: .invalidArgument)
        try expectRefusal(
            of: .udp(), by: kernel, .noRoute,
            """
            cannot create tunnel 3000: the kernel does not route from 192.0.2.1 to 192.0.2.2; a blackhole route is \
            refused like this (EINVAL)
              to see the route: ip route get 192.0.2.2
            """)
    }

    @Test func theRouteIsProhibited() throws {
        let kernel = FakeKernel()
        kernel.refuseRoute(to: address("192.0.2.2"), with: .permissionDenied)
        try expectRefusal(
            of: .udp(), by: kernel, .noRoute,
            """
            cannot create tunnel 3000: the route to 192.0.2.2 is prohibited, or it is a broadcast address (EACCES)
              to see which: ip route get 192.0.2.2
            """)
    }

    /// Why the module is missing depends on the host this runs on.
    @Test(arguments: [("192.0.2.1", "192.0.2.2", "l2tp_ip"), ("2001:db8::1", "2001:db8::2", "l2tp_ip6")])
    func theModuleIsMissing(local: String, peer: String, module: String) throws {
        let kernel = FakeKernel()
        kernel.behavior.missingModules = [module]
        var client = try L2TPClient(kernel.connector)
        let tunnel = TunnelSpecification.ip(local: local, peer: peer)
        let error = failure { () throws(L2TPError) in try client.createTunnel(tunnel) }
        #expect(error?.reason == .notSupported)
        #expect(error?.errno == .protocolNotSupported)
        #expect(error?.explanation.hasPrefix("encapsulation ip: module \(module) ") == true)
        #expect(kernel.tunnels.isEmpty)
    }

    @Test func udpNeverNeedsThatModule() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .protocolNotSupported)
        try expectRefusal(
            of: .udp(), by: kernel, .other, "cannot create tunnel 3000: Protocol not supported (EPROTONOSUPPORT)")
    }

    @Test func otherErrorsAreReportedAsTheyCome() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .noMemory)
        try expectRefusal(
            of: .udp(), by: kernel, .other, "cannot create tunnel 3000: Cannot allocate memory (ENOMEM)")
        kernel.fail(.tunnelCreate, with: .notSupportedOnSocket)
        try expectRefusal(
            of: .udp(), by: kernel, .notSupported,
            "cannot create tunnel 3000: this kernel does not know the command (EOPNOTSUPP)")
    }

    @Test func theAnswerIsLost() throws {
        let kernel = FakeKernel()
        kernel.inject(.drop, at: .tunnelCreate)
        var client = try L2TPClient(kernel.connector)
        let error = failure { () throws(L2TPError) in try client.createTunnel(.udp()) }
        #expect(error?.reason == .other)
        #expect(error?.errno == .resourceTemporarilyUnavailable)
        // It was carried out: the caller finds out by looking.
        let found = try client.tunnel(TunnelID(3000))
        #expect(found != nil)
    }
}
