import L2TPModel
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("The route to a peer")
struct RouteTests {
    private let kernel = FakeKernel()

    private func lookup(_ peer: String, from source: String? = nil) throws -> RouteLookup {
        var client = try LinkClient(kernel.connector)
        return try client.route(to: address(peer), from: source.map { address($0) })
    }

    @Test("names link, source and path MTU", arguments: [("192.0.2.2", "192.0.2.1"), ("2001:db8::2", "2001:db8::1")])
    func found(_ peer: String, _ source: String) throws {
        kernel.changeLink("eth0") { $0.mtu = 1400 }
        let route = Route(linkIndex: 2, source: address(source), pathMTU: 1400)
        #expect(try lookup(peer) == .route(route))
        #expect(try lookup(peer, from: source) == .route(route))
        #expect(kernel.requests.filter { $0.step == .route }.count == 2)
        #expect(kernel.changeRequests.isEmpty)
    }

    @Test("has a path MTU of its own, and a router")
    func metric() throws {
        let route = Route(linkIndex: 2, source: address("192.0.2.1"), gateway: address("192.0.2.254"), metricMTU: 1300)
        kernel.setRoute(route, to: address("198.51.100.7"))
        let found = try lookup("198.51.100.7").route
        #expect(found?.gateway == address("192.0.2.254"))
        #expect(found?.metricMTU == 1300 && found?.pathMTU == 1300)
    }

    @Test("to this host itself takes packets of 65535 bytes at most")
    func local() throws {
        let found = try #require(try lookup("192.0.2.1").route)
        #expect(found.kind == .local)
        #expect(found.pathMTU == 65535)
    }

    @Test("has no path MTU if its link is gone")
    func withoutLink() throws {
        kernel.setRoute(Route(linkIndex: 99), to: address("192.0.2.2"))
        #expect(try lookup("192.0.2.2") == .route(Route(linkIndex: 99)))
    }

    @Test(
        "may be missing or refuse packets",
        arguments: [
            (Errno.networkUnreachable, RouteLookup.noRoute), (.noRouteToHost, .unreachable),
            (.permissionDenied, .prohibited), (.invalidArgument, .blackhole),
        ])
    func refused(_ errno: Errno, _ outcome: RouteLookup) throws {
        kernel.refuseRoute(to: address("192.0.2.2"), with: errno)
        #expect(try lookup("192.0.2.2") == outcome)
        #expect(try lookup("192.0.2.2", from: "192.0.2.1") == outcome)
        #expect(outcome.route == nil)
        kernel.restoreRoute(to: address("192.0.2.2"))
        #expect(try lookup("192.0.2.2").route != nil)
    }

    @Test(
        "may be described and refuse packets",
        arguments: [
            (Route.Kind.unreachable, RouteLookup.unreachable), (.prohibit, .prohibited), (.blackhole, .blackhole),
        ])
    func described(_ kind: Route.Kind, _ outcome: RouteLookup) throws {
        kernel.setRoute(Route(kind: kind, linkIndex: 1), to: address("2001:db8::9"))
        #expect(try lookup("2001:db8::9") == outcome)
    }

    @Test("needs a source that this host has, of the same IP version")
    func source() throws {
        var client = try LinkClient(kernel.connector)
        let foreign = failure { () throws(LinkError) in
            _ = try client.route(to: address("192.0.2.2"), from: address("192.0.2.9"))
        }
        #expect(foreign?.reason == .addressNotLocal)
        #expect(
            foreign?.description
                == "cannot find the route to 192.0.2.2: source address 192.0.2.9 is not on this host (ENETUNREACH)")
        let mixed = failure { () throws(LinkError) in
            _ = try client.route(to: address("192.0.2.2"), from: address("2001:db8::1"))
        }
        #expect(mixed?.reason == .invalid)
        kernel.fail(.route, with: .noMemory)
        let other = failure { () throws(LinkError) in _ = try client.route(to: address("192.0.2.2")) }
        #expect(other?.description == "cannot find the route to 192.0.2.2: Cannot allocate memory (ENOMEM)")
    }
}
