import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import SystemPackage
import Testing

extension KernelTests {
    /// Why a tunnel cannot be created, and that nothing is left of it then.
    @Suite(.sitePair)
    struct TunnelCreationTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        @Test(arguments: [TunnelSpecification.udp(1), .udp(1, .v6), .ip(1), .ip(1, .v6)])
        func succeeds(_ tunnel: TunnelSpecification) throws {
            var client = try pair.left.client()
            try client.createTunnel(tunnel)
            let made = try #require(try client.tunnel(tunnel.id))
            #expect(try client.tunnels() == [made])
            #expect(made.id == tunnel.id)
            #expect(made.peerID == tunnel.peerID)
            #expect(made.protocolVersion == .v3)
            #expect(made.local == tunnel.local)
            #expect(made.peer == tunnel.peer)
            #expect(made.encapsulation == tunnel.encapsulation)
            try client.deleteTunnel(tunnel.id)
            #expect(try client.tunnel(tunnel.id) == nil)
        }

        @Test(arguments: [true, false], [true, false])
        func reportsChecksums(_ transmit: Bool, _ receive: Bool) throws {
            var client = try pair.left.client()
            for version in IPVersion.allCases {
                var tunnel = TunnelSpecification.udp(UInt32(version.rawValue), version)
                tunnel.setUDP {
                    switch version {
                    case .v4: $0.ipv4Checksum = transmit
                    case .v6: ($0.ipv6TransmitChecksum, $0.ipv6ReceiveChecksum) = (transmit, receive)
                    }
                }
                try client.createTunnel(tunnel)
                #expect(try client.tunnel(tunnel.id)?.encapsulation == tunnel.encapsulation)
            }
        }

        @Test(arguments: [TunnelSpecification.udp(1), .ip(1), .udp(1, .v6)])
        func identifierTaken(_ first: TunnelSpecification) throws {
            var client = try pair.left.client()
            try client.createTunnel(first)
            for second in [TunnelSpecification.udp(1), .ip(1), .udp(1, .v6), .ip(1, .v6)] {
                let error = #expect(throws: L2TPError.self) { try client.createTunnel(second) }
                #expect(error?.reason == .exists)
                #expect(error?.errno == .fileExists)
                #expect(error?.explanation.contains("\(first.local) to \(first.peer)") == true)
            }
            #expect(try client.tunnels().map(\.local) == [first.local])
        }

        @Test(arguments: [TunnelSpecification.udp(1), .ip(1), .udp(1, .v6), .ip(1, .v6)])
        func addressNotLocal(_ tunnel: TunnelSpecification) throws {
            var tunnel = tunnel
            let own = tunnel.local
            tunnel.local = tunnel.peer
            let error = try refusal(of: tunnel)
            #expect(error?.reason == .addressNotLocal)
            #expect(error?.errno == .addressNotAvailable)
            #expect(error?.explanation == "local address \(tunnel.peer) is not on this host")
            #expect(error?.remedy?.contains("\(SitePair.interface) has \(own)/") == true)
        }

        @Test(arguments: [TunnelSpecification.udp(1, .v6), .ip(1, .v6)])
        func addressTentative(_ tunnel: TunnelSpecification) throws {
            var tunnel = tunnel
            let address = "2001:db8::99"
            tunnel.local = try #require(IPAddress(address))
            // Tentative for half a minute, and added once more for a second.
            let setting = "ipv6/conf/\(SitePair.interface)/dad_transmits"
            try pair.left.set(setting, to: "30")
            defer { #expect(throws: Never.self) { try pair.left.set(setting, to: "1") } }
            try Shell.ip(["address add \(address)/64 dev \(SitePair.interface)"], in: pair.left)
            let error = try refusal(of: tunnel)
            #expect(error?.reason == .addressTentative)
            #expect(error?.errno == .addressNotAvailable)
            #expect(error?.explanation == "local address \(address) on \(SitePair.interface) is still tentative")
            try pair.left.set(setting, to: "1")
            try Shell.ip(
                [
                    "address delete \(address)/64 dev \(SitePair.interface)",
                    "address add \(address)/64 dev \(SitePair.interface)",
                ], in: pair.left)
            let works = try eventually {
                var client = try pair.left.client()
                return (try? client.createTunnel(tunnel)) != nil
            }
            #expect(works)
            try Shell.ip(["address delete \(address)/64 dev \(SitePair.interface)"], in: pair.left)
        }

        @Test func addressDuplicate() throws {
            let address = "2001:db8::98"
            try Shell.ip(["address add \(address)/64 dev \(SitePair.interface) nodad"], in: pair.right)
            try Shell.ip(["address add \(address)/64 dev \(SitePair.interface)"], in: pair.left)
            var tunnel = TunnelSpecification.udp(1, .v6)
            tunnel.local = try #require(IPAddress(address))
            var error: L2TPError?
            let isDetected = try eventually {
                error = try refusal(of: tunnel)
                return error?.explanation.contains("in use by another host") == true
            }
            #expect(isDetected, "\(error?.description ?? "")")
            #expect(error?.reason == .addressTentative)
            for side in Side.allCases {
                try Shell.ip(["address delete \(address)/64 dev \(SitePair.interface)"], in: pair[side])
            }
        }

        @Test func portTakenByATunnel() throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            var tunnel = TunnelSpecification.udp(2)
            tunnel.encapsulation = TunnelSpecification.udp(1).encapsulation
            let error = try refusal(of: tunnel)
            #expect(error?.reason == .portTaken)
            #expect(error?.errno == .addressInUse)
            #expect(error?.explanation == "UDP port 10001 on 192.0.2.1 is taken by tunnel 1")
        }

        /// To another peer it is no different.
        @Test func portTakenByATunnelToAnotherPeer() throws {
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            var tunnel = TunnelSpecification.udp(2)
            tunnel.encapsulation = TunnelSpecification.udp(1).encapsulation
            tunnel.peer = try #require(IPAddress("192.0.2.3"))
            #expect(try refusal(of: tunnel)?.reason == .portTaken)
        }

        @Test func portTakenByAnotherProgram() throws {
            let socket = try SystemCalls.inNamespace(pair.left.path) {
                try SystemCalls.socket(from: .udp(.v4(.any), port: 10001))
            }
            try socket.closeAfter {
                let error = try refusal(of: .udp(1))
                #expect(error?.reason == .portTaken)
                #expect(error?.errno == .addressInUse)
                #expect(error?.explanation == "UDP port 10001 on 192.0.2.1 is taken by another program")
            }
        }

        @Test(arguments: [TunnelSpecification.udp(1), .ip(1), .udp(1, .v6), .ip(1, .v6)])
        func noRoute(_ tunnel: TunnelSpecification) throws {
            var tunnel = tunnel
            let peer = tunnel.peer.version == .v4 ? "198.51.100.7" : "2001:db8:ffff::7"
            tunnel.peer = try #require(IPAddress(peer))
            let remedy = try expectNoRoute(tunnel, .networkUnreachable, "there is no route to \(peer)")
            #expect(remedy?.contains(" route add \(peer) via ROUTER dev ") == true, "\(remedy ?? "")")
            for (kind, errno, explanation) in [
                ("unreachable", Errno.noRouteToHost, "a route calls \(peer) unreachable"),
                ("prohibit", .permissionDenied, "a route prohibits packets to \(peer)"),
                ("blackhole", .invalidArgument, "a route drops packets to \(peer) (blackhole)"),
            ] {
                try Shell.ip(["route add \(kind) \(peer)"], in: pair.left)
                // What the remedy names shows the route.
                let remedy = try #require(try expectNoRoute(tunnel, errno, explanation))
                let words = remedy.replacing("to see which: ip ", with: "").split(separator: " ").map(String.init)
                let routes = try Shell.run(["ip", "-n", pair.left.name] + words)
                #expect(routes.output.contains("\(kind) \(peer)"), "\(remedy): \(routes)")
                try Shell.ip(["route delete \(kind) \(peer)"], in: pair.left)
            }
        }

        /// A route by an interface that is down does not count, and the interface is named.
        @Test(arguments: [TunnelSpecification.udp(1), .ip(1)])
        func interfaceDown(_ tunnel: TunnelSpecification) throws {
            try Shell.ip(["link add spare type dummy", "address add 203.0.113.1/24 dev spare"], in: pair.left)
            var tunnel = tunnel
            tunnel.peer = try #require(IPAddress("203.0.113.2"))
            let remedy = try expectNoRoute(
                tunnel, .networkUnreachable,
                "there is no route to 203.0.113.2: spare has 203.0.113.1/24 but is down")
            #expect(remedy == "set it up: ip link set spare up")
            try Shell.ip(["link delete spare"], in: pair.left)
        }

        @Test(arguments: [TunnelSpecification.udp(1, .v6), .ip(1, .v6)])
        func linkLocalPeer(_ tunnel: TunnelSpecification) throws {
            var tunnel = tunnel
            tunnel.peer = try #require(IPAddress("fe80::2"))
            let error = try refusal(of: tunnel)
            #expect(error?.reason == .invalid)
            #expect(error?.errno == .invalidArgument)
            #expect(error?.explanation.contains("link-local") == true)
        }

        /// A group of one link needs an interface just as a link-local address does.
        @Test func linkScopeGroup() throws {
            var tunnel = TunnelSpecification.udp(1, .v6)
            tunnel.peer = try #require(IPAddress("ff02::5"))
            let error = try refusal(of: tunnel)
            #expect(error?.errno == .invalidArgument)
            #expect(error?.reason == .invalid)
        }

        /// Nothing can be sent from 127.0.0.1 to another host.
        @Test(arguments: [TunnelSpecification.udp(1), .ip(1)])
        func loopbackAddress(_ tunnel: TunnelSpecification) throws {
            var tunnel = tunnel
            tunnel.local = try #require(IPAddress("127.0.0.1"))
            let error = try refusal(of: tunnel)
            #expect(error?.errno == .invalidArgument)
            #expect(error?.reason != .other)
        }

        /// The kernel answers as it does to a prohibited route.
        @Test(arguments: [TunnelSpecification.udp(1), .ip(1)], ["192.0.2.255", "255.255.255.255"])
        func broadcastPeer(_ tunnel: TunnelSpecification, _ peer: String) throws {
            try Shell.ip(["route replace 255.255.255.255 dev \(SitePair.interface)"], in: pair.left)
            var tunnel = tunnel
            tunnel.peer = try #require(IPAddress(peer))
            let error = try refusal(of: tunnel)
            #expect(error?.errno == .permissionDenied)
            #expect(error?.explanation == "\(peer) is a broadcast address")
        }

        /// The kernel takes a broadcast address for «any», and reports the one it uses; only those that are known
        /// without the host's addresses are refused.
        @Test(arguments: [TunnelSpecification.udp(1), .ip(1)], ["192.0.2.255"])
        func broadcastAsLocalAddress(_ tunnel: TunnelSpecification, _ local: String) throws {
            var specification = tunnel
            specification.local = try #require(IPAddress(local))
            var client = try pair.left.client()
            try client.createTunnel(specification)
            #expect(try client.tunnels().map(\.local) == [tunnel.local])
        }

        /// Expects a refusal for want of a route, and returns its remedy.
        @discardableResult
        private func expectNoRoute(
            _ tunnel: TunnelSpecification, _ errno: Errno, _ explanation: String,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws -> String? {
            let error = try refusal(of: tunnel, sourceLocation: sourceLocation)
            #expect(error?.reason == .noRoute, sourceLocation: sourceLocation)
            #expect(error?.errno == errno, sourceLocation: sourceLocation)
            #expect(error?.explanation == explanation, sourceLocation: sourceLocation)
            return error?.remedy
        }

        /// The error of a tunnel that must be refused without a trace.
        private func refusal(
            of tunnel: TunnelSpecification, sourceLocation: SourceLocation = #_sourceLocation
        ) throws -> L2TPError? {
            var client = try pair.left.client()
            let before = try client.tunnels()
            let error = #expect(throws: L2TPError.self, sourceLocation: sourceLocation) {
                try client.createTunnel(tunnel)
            }
            #expect(try client.tunnels() == before, sourceLocation: sourceLocation)
            return error
        }
    }
}
