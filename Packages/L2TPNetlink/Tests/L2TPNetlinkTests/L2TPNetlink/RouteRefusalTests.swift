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
}
