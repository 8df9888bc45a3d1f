import L2TPModel
import L2TPWire
import LinkControl
import SystemPackage
import Testing

extension KernelTests {
    @Suite("The route to a peer", .sitePair)
    struct RouteLookupTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
        }

        private func lookup(_ peer: String, from source: IPAddress? = nil) throws -> RouteLookup {
            var client = try pair.left.linkClient()
            return try client.route(to: ipAddress(peer), from: source)
        }

        private func own(_ version: IPVersion) -> IPAddress { SitePair.address(.left, version) }

        @Test("on the link: device, source and its MTU", arguments: [IPVersion.v4, .v6])
        func onLink(_ version: IPVersion) throws {
            let wan = try pair.left.requireLink(SitePair.interface)
            for source in [nil, own(version)] {
                let route = try #require(try lookup("\(SitePair.address(.right, version))", from: source).route)
                #expect(route.kind == .unicast)
                #expect(route.linkIndex == wan.index)
                // IPv4 does not repeat a source that was asked for.
                #expect(route.source == own(version) || (source != nil && route.source == nil))
                #expect(route.gateway == nil)
                #expect(route.pathMTU == 1500)
            }
        }

        @Test(
            "by a router, with the route's own MTU",
            arguments: [("198.51.100.7", "192.0.2.254"), ("fd04::1", "2001:db8::fe")])
        func router(_ peer: String, _ gateway: String) throws {
            let line = "\(peer) via \(gateway) mtu 1400"
            try Shell.ip(["route add \(line)"], in: pair.left)
            defer { #expect(throws: Never.self) { try Shell.ip(["route delete \(line)"], in: pair.left) } }
            let route = try #require(try lookup(peer).route)
            #expect(route.gateway == ipAddress(gateway))
            #expect(route.metricMTU == 1400 && route.pathMTU == 1400)
        }

        @Test("of IPv4 by a router of IPv6")
        func via() throws {
            try Shell.ip(["route add 198.51.100.8 via inet6 2001:db8::fe"], in: pair.left)
            #expect(try lookup("198.51.100.8").route?.gateway == ipAddress("2001:db8::fe"))
            try Shell.ip(["route delete 198.51.100.8"], in: pair.left)
        }

        @Test("to this host itself", arguments: [IPVersion.v4, .v6])
        func local(_ version: IPVersion) throws {
            let route = try #require(try lookup("\(own(version))").route)
            #expect(route.kind == .local)
            #expect(route.linkIndex == (try pair.left.requireLink("lo").index))
            #expect(route.pathMTU == 65535)
        }

        @Test("there may be none", arguments: ["203.0.113.1", "fd09::1"])
        func none(_ peer: String) throws {
            #expect(try lookup(peer) == .noRoute)
        }

        @Test(
            "that refuses",
            arguments: [
                ("unreachable", RouteLookup.unreachable), ("prohibit", .prohibited), ("blackhole", .blackhole),
            ],
            [("203.0.113.1", IPVersion.v4), ("fd09::1", .v6)])
        func refuses(_ kind: (String, RouteLookup), _ peer: (String, IPVersion)) throws {
            try Shell.ip(["route add \(kind.0) \(peer.0)"], in: pair.left)
            defer { #expect(throws: Never.self) { try Shell.ip(["route delete \(kind.0) \(peer.0)"], in: pair.left) } }
            #expect(try lookup(peer.0) == kind.1)
            #expect(try lookup(peer.0, from: own(peer.1)) == kind.1)
        }

        @Test("from an address that this host lacks: IPv4 refuses, IPv6 does not look")
        func source() throws {
            var client = try pair.left.linkClient()
            let error = linkFailure { () throws(LinkError) in
                _ = try client.route(to: SitePair.address(.right, .v4), from: ipAddress("192.0.2.77"))
            }
            #expect(error?.reason == .addressNotLocal && error?.errno == .networkUnreachable)
            #expect(try lookup("2001:db8::2", from: ipAddress("2001:db8::77")).route != nil)
        }

        @Test("ends with the link")
        func down() throws {
            try Shell.ip(["link set \(SitePair.interface) down"], in: pair.left)
            #expect(try lookup("192.0.2.2") == .noRoute)
            try Shell.ip(
                [
                    "link set \(SitePair.interface) up", "address add 2001:db8::1/64 dev \(SitePair.interface) nodad",
                ], in: pair.left)
            let isBack = try eventually { try lookup("192.0.2.2").route != nil }
            #expect(isBack)
        }
    }
}
