import Glibc
import L2TPModel
import L2TPWire
import LinkControl
import Testing

extension KernelTests {
    @Suite("A wait for a route", .sitePair)
    struct RouteWaitTests {
        let pair: SitePair
        private let limit = Duration.seconds(20)

        init() throws {
            pair = try SitePair.current()
        }

        /// Runs ip(8) with the words of each line, which may begin with options.
        private func ip(_ lines: [String]) throws {
            for line in lines { try Shell.require(["ip"] + line.words, in: pair.left) }
        }

        /// Waits for a route that lines of ip(8) make meanwhile.
        private func wait(
            for peer: String, from source: IPAddress? = nil, making lines: [String], undoing: [String] = []
        ) throws -> Route {
            let site = pair.left
            defer { #expect(throws: Never.self) { try ip(undoing) } }
            var reader = try site.linkClient()
            #expect((try? reader.route(to: ipAddress(peer), from: source))?.route == nil)
            return try Background.run { _ in
                usleep(100_000)
                try ip(lines)
            } during: { _ in
                let client = try site.linkClient()
                return try client.waitForRoute(to: ipAddress(peer), from: source, atMost: limit)
            }
        }

        @Test("is over at once where there is one", arguments: [IPVersion.v4, .v6])
        func already(_ version: IPVersion) throws {
            var client = try pair.left.linkClient()
            let peer = SitePair.address(.right, version)
            let found = try client.route(to: peer).route
            #expect(
                try client.waitForRoute(to: peer, from: SitePair.address(.left, version), atMost: .zero).linkIndex
                    == found?.linkIndex)
        }

        @Test(
            "ends when a route comes", arguments: [("203.0.113.1", "192.0.2.254"), ("fd09::1", "2001:db8::fe")])
        func comes(_ peer: String, _ gateway: String) throws {
            let route = try wait(
                for: peer, making: ["route add \(peer) via \(gateway) mtu 1400"], undoing: ["route delete \(peer)"])
            #expect(route.gateway == ipAddress(gateway) && route.pathMTU == 1400)
        }

        @Test("ends when a route takes the place of one that refuses", arguments: ["203.0.113.1", "fd09::1"])
        func replaced(_ peer: String) throws {
            try Shell.ip(["route add unreachable \(peer) metric 2000"], in: pair.left)
            let route = try wait(
                for: peer, making: ["route add \(peer) dev \(SitePair.interface) metric 10"],
                undoing: ["route delete \(peer) metric 10", "route delete unreachable \(peer) metric 2000"])
            #expect(route.gateway == nil && route.pathMTU == 1500)
        }

        @Test("ends when a rule leads to a route", arguments: [("", "203.0.113.1"), ("-6 ", "fd09::1")])
        func rule(_ option: String, _ peer: String) throws {
            try ip(["\(option)route add \(peer) dev \(SitePair.interface) table 77"])
            let route = try wait(
                for: peer, making: ["\(option)rule add to \(peer) lookup 77"],
                undoing: [
                    "\(option)rule delete to \(peer) lookup 77",
                    "\(option)route delete \(peer) dev \(SitePair.interface) table 77",
                ])
            #expect(route.pathMTU == 1500)
        }

        @Test("ends when the link is set up", arguments: ["10.77.0.2", "fd77::2"])
        func linkUp(_ peer: String) throws {
            let address = peer.contains(":") ? "fd77::1/64 nodad" : "10.77.0.1/24"
            try ip(["link add wait0 type veth peer name wait1", "link set wait1 up"])
            try pair.left.set("ipv6/conf/wait0/disable_ipv6", to: "0")
            try ip(["address add \(address) dev wait0"])
            // An IPv6 address that waits for its link is given its route then.
            let route = try wait(for: peer, making: ["link set wait0 up"], undoing: ["link delete wait0"])
            #expect(route.kind == .unicast && route.gateway == nil)
        }

        @Test("ends when the source address comes, and that of an IPv6 link")
        func source() throws {
            let line = "address add 192.0.2.77/24 dev \(SitePair.interface)"
            let route = try wait(
                for: "192.0.2.2", from: ipAddress("192.0.2.77"), making: [line],
                undoing: ["address delete 192.0.2.77/24 dev \(SitePair.interface)"])
            #expect(route.pathMTU == 1500)
            let prefix = "dev \(SitePair.interface)"
            let onLink = try wait(
                for: "fd78::2", making: ["address add fd78::1/64 \(prefix)"],
                undoing: ["address delete fd78::1/64 \(prefix)"])
            #expect(onLink.gateway == nil)
        }

        @Test("says what is missing when the time is over")
        func timeOut() throws {
            let client = try pair.left.linkClient()
            let none = linkFailure { () throws(LinkError) in
                _ = try client.waitForRoute(to: ipAddress("203.0.113.1"), atMost: .milliseconds(20))
            }
            #expect(none?.reason == .timedOut && none?.explanation == "there is none, after 0.02 seconds")
            let source = linkFailure { () throws(LinkError) in
                _ = try client.waitForRoute(
                    to: ipAddress("192.0.2.2"), from: ipAddress("192.0.2.77"), atMost: .milliseconds(20))
            }
            #expect(source?.explanation == "source address 192.0.2.77 is not on this host, after 0.02 seconds")
        }
    }
}
