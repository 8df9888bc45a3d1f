import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Peers that the kernel does not connect to, and why.
@Suite struct RouteRefusalTests {
    @Test(
        arguments: [
            (
                .networkUnreachable,
                """
                there is no route to 192.0.2.2 (ENETUNREACH)
                  the kernel wants one when the tunnel is created: ip route add 192.0.2.2 via ROUTER dev eth0
                """
            ),
            (
                .noRouteToHost,
                """
                a route calls 192.0.2.2 unreachable (EHOSTUNREACH)
                  to see which: ip route show table all match 192.0.2.2
                """
            ),
            (
                .permissionDenied,
                """
                a route prohibits packets to 192.0.2.2 (EACCES)
                  to see which: ip route show table all match 192.0.2.2
                """
            ),
            (
                .invalidArgument,
                """
                a route drops packets to 192.0.2.2 (blackhole) (EINVAL)
                  to see which: ip route show table all match 192.0.2.2
                """
            ),
        ] as [(Errno, String)])
    func thePeerIsNotRouted(errno: Errno, text: String) throws {
        let kernel = FakeKernel()
        kernel.refuseRoute(to: address("192.0.2.2"), with: errno)
        try expectRefusal(of: .udp(), by: kernel, .noRoute, "cannot create tunnel 3000: \(text)")
        kernel.restoreRoute(to: address("192.0.2.2"))
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
    }

    @Test func theIPv6PeerIsNotRouted() throws {
        let kernel = FakeKernel()
        kernel.refuseRoute(to: address("2001:db8:1::2"), with: .networkUnreachable)
        try expectRefusal(
            of: .udp(local: "2001:db8::1", peer: "2001:db8:1::2"), by: kernel, .noRoute,
            """
            cannot create tunnel 3000: there is no route to 2001:db8:1::2 (ENETUNREACH)
              the kernel wants one when the tunnel is created: ip -6 route add 2001:db8:1::2 via ROUTER dev eth0
            """)
    }

    @Test func thePeerIsABroadcastAddress() throws {
        let kernel = FakeKernel()
        kernel.fail(.tunnelCreate, with: .permissionDenied)
        kernel.setRoute(Route(kind: .broadcast, linkIndex: 2), to: address("192.0.2.255"))
        try expectRefusal(
            of: .udp(peer: "192.0.2.255"), by: kernel, .noRoute,
            "cannot create tunnel 3000: 192.0.2.255 is a broadcast address (EACCES)")
    }

    /// The number alone says what it can, where the way cannot be seen or there is one by now.
    @Test(
        arguments: [
            (.networkUnreachable, "there is no route to 192.0.2.2 (ENETUNREACH)"),
            (.permissionDenied, "the route to 192.0.2.2 is prohibited, or it is a broadcast address (EACCES)"),
            (
                .invalidArgument,
                "the kernel does not route from 192.0.2.1 to 192.0.2.2; a blackhole route is refused like this (EINVAL)"
            ),
        ] as [(Errno, String)])
    func theWayIsNotSeen(errno: Errno, text: String) throws {
        for step in [nil, Step.open(.route), .route] {
            let kernel = FakeKernel()
            kernel.fail(.tunnelCreate, with: errno)
            if let step { kernel.fail(step, with: .noMemory) }
            try expectRefusal(
                of: .udp(), by: kernel, .noRoute,
                "cannot create tunnel 3000: \(text)\n  to see the route: ip route get 192.0.2.2")
        }
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
    @Test(
        arguments: [
            (nil, "the kernel wants one when the tunnel is created: ip route add 192.0.2.2 via ROUTER dev eth0"),
            (.open(.route), "to see the route: ip route get 192.0.2.2"),
            (.links, "the kernel wants one when the tunnel is created: ip route add 192.0.2.2 via ROUTER"),
            (.addresses, "the kernel wants one when the tunnel is created: ip route add 192.0.2.2 via ROUTER"),
        ] as [(Step?, String)])
    func anotherInterfaceIsDown(failing step: Step?, remedy: String) throws {
        let kernel = FakeKernel()
        if let step {
            kernel.setLink("eth0", isUp: false)
            kernel.fail(step, with: .noMemory, times: 9)
        }
        let other = kernel.addLink(named: "eth1", isUp: false)
        kernel.addAddress(address("198.51.100.1"), prefixBitCount: 24, to: other)
        kernel.refuseRoute(to: address("192.0.2.2"))
        try expectRefusal(
            of: .udp(), by: kernel, .noRoute,
            """
            cannot create tunnel 3000: there is no route to 192.0.2.2 (ENETUNREACH)
              \(remedy)
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
}
