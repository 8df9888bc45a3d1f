import L2TPConfig
import L2TPModel
import L2TPWire
import Testing

/// docs/examples: nothing is to be said about them, and ends fit together.
@Suite struct ExampleTests {
    @Test("nothing is found in any", arguments: try Documents.examples())
    func findings(name: String) throws {
        let configuration = try Documents.example(name)
        #expect(!configuration.tunnels.isEmpty)
        for session in configuration.tunnels.flatMap(\.sessions) {
            #expect(session.specification.interfaceName?.isPattern == false)
        }
    }

    @Test("all are there")
    func names() throws {
        #expect(
            try Documents.examples() == [
                "bridge-a.toml", "bridge-b.toml", "hub-spoke.toml", "hub.toml", "ipsec-a.toml", "ipsec-b.toml",
                "ipv6-a.toml", "ipv6-b.toml", "pair-a.toml", "pair-b.toml", "router.toml", "vlans-a.toml",
                "vlans-b.toml", "wireguard-a.toml", "wireguard-b.toml",
            ])
    }

    @Test("ends mirror each other", arguments: ["bridge", "ipsec", "ipv6", "pair", "vlans", "wireguard"])
    func pairs(name: String) throws {
        try MirroredEnds(near: Documents.example("\(name)-a.toml"), far: Documents.example("\(name)-b.toml")).check()
    }

    @Test func hub() throws {
        let hub = try Documents.example("hub.toml")
        #expect(hub.tunnels.count == 50)
        #expect(hub.tunnels.reduce(0) { $0 + $1.sessions.count } == 50)
        try MirroredEnds(near: hub, far: Documents.example("hub-spoke.toml")).check(isWhole: false)
        let cookies = hub.tunnels.flatMap(\.sessions).flatMap {
            [$0.specification.cookie, $0.specification.peerCookie]
        }
        #expect(Set(cookies.compactMap { $0?.hexadecimal }).count == 100)
    }

    @Test("no two examples have the same cookie, but for two ends")
    func cookies() throws {
        var uses: [String: Int] = [:]
        for name in try Documents.examples() {
            for session in try Documents.example(name).tunnels.flatMap(\.sessions) {
                for cookie in [session.specification.cookie, session.specification.peerCookie] {
                    uses[try #require(cookie).hexadecimal, default: 0] += 1
                }
            }
        }
        #expect(uses.values.allSatisfy { $0 <= 2 })
    }

    @Test("numbers in the comments are those that come out")
    func mtus() throws {
        func overhead(_ name: String) throws -> Int {
            let tunnel = try #require(try Documents.example(name).tunnels.first)
            return tunnel.specification.overhead(of: try #require(tunnel.sessions.first).specification)
        }
        #expect(try 1500 - overhead("bridge-a.toml") == 1438)
        #expect(try Documents.text("examples/bridge-a.toml").contains(" 1438 "))
        #expect(try overhead("wireguard-a.toml") == 50)
        #expect(try Documents.text("examples/wireguard-a.toml").contains("takes off 50 more"))
        #expect(try 1420 - overhead("wireguard-a.toml") == 1370)
        #expect(try Documents.text("examples/wireguard-a.toml").contains("): 1370."))
        #expect(try overhead("ipsec-a.toml") == 50)
        #expect(try Documents.text("examples/ipsec-a.toml").contains("1500 - 50 - 45 = 1405"))
    }
}
