import Foundation
import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// A client lives in the namespace it was opened for, and nobody else does.
    @Suite(.sitePair)
    struct NamespaceTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            for side in Side.allCases { try pair[side].deleteAllTunnels() }
        }

        @Test func seesOnlyItsOwn() throws {
            var left = try pair.left.client()
            var right = try pair.right.client()
            var specification = TunnelSpecification.udp(1)
            try left.createTunnel(specification)
            try left.createSession(.named("pw", 31, in: 1))
            #expect(try right.tunnels() == [])
            #expect(try right.sessions() == [])
            #expect(try right.tunnel(TunnelID(1)) == nil)
            #expect(try right.session(interface: "pw") == nil)

            (specification.local, specification.peer) = (specification.peer, specification.local)
            try right.createTunnel(specification)
            try right.createSession(.named("pw", 31, in: 1))
            try left.deleteTunnel(TunnelID(1))
            #expect(try right.tunnels().count == 1)
            #expect(try right.sessions().count == 1)
        }

        @Test("A namespace is identified whatever way leads to it")
        func identity() throws {
            let (left, right) = (pair.left.networkNamespace, pair.right.networkNamespace)
            let own = try NetworkNamespace.current.identity()
            #expect(Set([own, try left.identity(), try right.identity()]).count == 3)
            #expect(try NetworkNamespace.path(pair.left.path).identity() == left.identity())
            let inside = try SystemCalls.inNamespace(pair.left.path) { try NetworkNamespace.current.identity() }
            #expect(try inside == left.identity())
        }

        @Test func callerStaysWhereItIs() throws {
            let before = try SystemCalls.namespaceNumber()
            let inside = try SystemCalls.inNamespace(pair.left.path) { try SystemCalls.namespaceNumber() }
            #expect(inside != before)
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            try client.createSession(.named("pw", 31, in: 1))
            _ = try client.sessions()
            try client.deleteTunnel(TunnelID(1))
            #expect(try SystemCalls.namespaceNumber() == before)
        }

        /// A connector's sockets are all in the namespace that the path meant when the first was opened.
        @Test func connectorHoldsItsNamespace() throws {
            var left = try pair.left.client()
            try left.createTunnel(.udp(1))
            let files = FileManager.default
            let path = files.temporaryDirectory.appending(path: "namespace-\(UUID().uuidString)").path
            defer { try? files.removeItem(atPath: path) }
            try files.createSymbolicLink(atPath: path, withDestinationPath: pair.left.path)
            let connector = NetlinkConnector.kernel(in: .path(path))
            _ = try connector.open(.route)

            try files.removeItem(atPath: path)
            try files.createSymbolicLink(atPath: path, withDestinationPath: pair.right.path)
            var held = try L2TPClient(connector)
            var fresh = try L2TPClient(.kernel(in: .path(path)))
            #expect(try held.tunnels().count == 1)
            #expect(try fresh.tunnels().count == 0)
        }

        /// The same, of the thread that opened the first socket.
        @Test func connectorHoldsTheCurrentNamespace() throws {
            var left = try pair.left.client()
            try left.createTunnel(.udp(1))
            let connector = NetlinkConnector.kernel()
            _ = try connector.open(.generic)
            let counts = try SystemCalls.inNamespace(pair.left.path) {
                var held = try L2TPClient(connector)
                var fresh = try L2TPClient(.kernel())
                return [try held.tunnels().count, try fresh.tunnels().count]
            }
            #expect(counts == [0, 1])
        }

        @Test func currentAndPathMeanTheSame() throws {
            var named = try pair.left.client()
            try named.createTunnel(.udp(1))
            var byPath = try L2TPClient(.kernel(in: .path(pair.left.path)))
            #expect(try byPath.tunnels().map(\.id) == [TunnelID(1)])
            let current = try SystemCalls.inNamespace(pair.left.path) {
                var client = try L2TPClient(.kernel())
                return try client.tunnels().map(\.id)
            }
            #expect(current == [TunnelID(1)])
        }

        @Test func unknownNamespace() throws {
            let error = #expect(throws: L2TPError.self) {
                _ = try L2TPClient(.kernel(in: .named("no-such-namespace")))
            }
            #expect(error?.reason == .namespace)
            #expect(error?.errno == .noSuchFileOrDirectory)
            #expect(error?.explanation.contains("/run/netns/no-such-namespace") == true)
        }

        @Test func notANamespace() throws {
            let error = #expect(throws: L2TPError.self) {
                _ = try L2TPClient(.kernel(in: .path("/etc/passwd")))
            }
            #expect(error?.reason == .namespace)
            #expect(error?.errno == .invalidArgument)
        }

        /// Tunnels die with their namespace, whose end others do not notice.
        @Test func endOfANamespace() throws {
            try TestNamespace.with(1) { namespaces in
                try Shell.ip(["address add 203.0.113.1/24 dev lo"], in: namespaces[0])
                var client = try namespaces[0].client()
                var specification = TunnelSpecification.udp(1)
                specification.local = try #require(IPAddress("203.0.113.1"))
                specification.peer = try #require(IPAddress("203.0.113.2"))
                try client.createTunnel(specification)
                try client.createSession(.unnamed(31, in: 1))
                #expect(try client.sessions().count == 1)
            }
            var client = try pair.left.client()
            #expect(try client.tunnels() == [])
        }
    }
}
