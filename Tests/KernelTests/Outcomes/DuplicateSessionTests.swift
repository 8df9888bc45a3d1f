import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    /// The same session identifier more than once, and what the kernel makes of it.
    ///
    /// Linux 6.11 and later find an identifier that only one tunnel has through every tunnel; one that
    /// several tunnels have (or had at the same time) only through the right one.
    @Suite(.sitePair)
    struct DuplicateSessionTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
            var client = try pair.left.client()
            for number: UInt32 in 1...3 { try client.createTunnel(.udp(number)) }
        }

        private func key(_ tunnelID: UInt32, _ interface: String? = nil) -> RawL2TP.SessionKey {
            RawL2TP.SessionKey(tunnelID: TunnelID(tunnelID), id: SessionID(31), interface: interface)
        }

        @Test func kernelFindsAnotherTunnelsSession() throws {
            var kernel = try RawL2TP(in: pair.left)
            try kernel.createSession(key(1, "one"))
            if Kernel.hasNamespaceWideSessions {
                #expect(try kernel.session(SessionID(31), in: TunnelID(2)) == key(1, "one"))
                try kernel.deleteSession(SessionID(31), in: TunnelID(2))
                let isGone = try eventually { try pair.left.link("one") == nil }
                #expect(isGone)
            } else {
                #expect(throws: NetlinkError(.request, .operationNotSupportedByDevice)) {
                    _ = try kernel.session(SessionID(31), in: TunnelID(2))
                }
                #expect(throws: NetlinkError(.request, .operationNotSupportedByDevice)) {
                    try kernel.deleteSession(SessionID(31), in: TunnelID(2))
                }
            }
        }

        @Test func ourClientLeavesAnotherTunnelsSessionAlone() throws {
            var client = try pair.left.client()
            try client.createSession(.named("one", 31, in: 1))
            #expect(try client.session(SessionID(31), in: TunnelID(2)) == nil)
            let error = #expect(throws: L2TPError.self) {
                try client.deleteSession(SessionID(31), in: TunnelID(2))
            }
            #expect(error?.reason == .notFound)
            #expect(error?.errno == .operationNotSupportedByDevice)
            #expect(try client.session(SessionID(31), in: TunnelID(1))?.interfaceName == "one")
            #expect(try pair.left.link("one") != nil)
        }

        @Test(arguments: [[1, 2, 3], [3, 2, 1], [2, 3, 1]] as [[UInt32]])
        func sameIdentifierInThreeTunnels(_ order: [UInt32]) throws {
            var client = try pair.left.client()
            var kernel = try RawL2TP(in: pair.left)
            for number: UInt32 in 1...3 { try client.createSession(.named("pw\(number)", 31, in: number)) }
            var rest: [UInt32] = [1, 2, 3]
            while true {
                #expect(try client.sessions().map(\.tunnelID.rawValue) == rest)
                #expect(try kernel.sessions().map(\.tunnelID.rawValue).sorted() == rest)
                for number: UInt32 in 1...3 {
                    let session = try client.session(SessionID(31), in: TunnelID(number))
                    #expect(session?.interfaceName == (rest.contains(number) ? "pw\(number)" : nil))
                }
                let links = try pair.left.links().keys.filter { $0.hasPrefix("pw") }.sorted()
                #expect(links == rest.map { "pw\($0)" })
                guard let next = order.first(where: rest.contains) else { break }
                try client.deleteSession(SessionID(31), in: TunnelID(next))
                rest.removeAll { $0 == next }
            }
        }

        /// Once identifiers have collided, the survivor is found through its own tunnel only.
        @Test func survivorOfACollision() throws {
            var client = try pair.left.client()
            var kernel = try RawL2TP(in: pair.left)
            try client.createSession(.named("one", 31, in: 1))
            try client.createSession(.named("two", 31, in: 2))
            try client.deleteSession(SessionID(31), in: TunnelID(1))
            #expect(try kernel.session(SessionID(31), in: TunnelID(2)) == key(2, "two"))
            #expect(throws: NetlinkError(.request, .operationNotSupportedByDevice)) {
                _ = try kernel.session(SessionID(31), in: TunnelID(1))
            }
        }

        @Test func twiceInOneTunnel() throws {
            var client = try pair.left.client()
            try client.createSession(.named("old", 31, in: 1))
            let error = #expect(throws: L2TPError.self) { try client.createSession(.named("new", 31, in: 1)) }
            #expect(error?.reason == .exists)
            #expect(error?.errno == .fileExists)
            #expect(error?.explanation.contains("old") == true)
            #expect(try pair.left.link("new") == nil)
        }

        /// What another program may have made on Linux 6.11 and later can be taken away, one by one.
        @Test func twiceInOneTunnelByAnotherProgram() throws {
            var client = try pair.left.client()
            var kernel = try RawL2TP(in: pair.left)
            try kernel.createSession(key(1, "old"))
            guard Kernel.hasNamespaceWideSessions else {
                #expect(throws: NetlinkError(.request, .fileExists)) { try kernel.createSession(key(1, "new")) }
                return
            }
            try kernel.createSession(key(1, "new"))
            #expect(try kernel.sessions() == [key(1, "new")])
            #expect(try pair.left.link("old") != nil)
            try client.deleteSession(SessionID(31), in: TunnelID(1))
            #expect(try kernel.sessions() == [key(1, "old")])
            #expect(try pair.left.link("new") == nil)
            try client.deleteSession(SessionID(31), in: TunnelID(1))
            #expect(try kernel.sessions() == [])
            #expect(try pair.left.link("old") == nil)
        }

        /// Identifiers are the namespace's unless both tunnels use UDP.
        @Test(arguments: [(1, 8), (8, 1), (8, 9)] as [(UInt32, UInt32)])
        func acrossIPTunnels(_ first: UInt32, _ second: UInt32) throws {
            var client = try pair.left.client()
            for number: UInt32 in 8...9 { try client.createTunnel(.ip(number)) }
            try client.createSession(.named("one", 31, in: first))
            let error = #expect(throws: L2TPError.self) { try client.createSession(.named("two", 31, in: second)) }
            #expect(error?.reason == .exists)
            #expect(error?.errno == .fileExists)
            #expect(error?.explanation == "the session id is taken by a session of tunnel \(first)")
            #expect(try client.sessions().map(\.tunnelID.rawValue) == [first])
            #expect(try pair.left.link("two") == nil)
        }
    }
}
