import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// A session whose interface others have renamed or moved away.
    @Suite(.sitePair)
    struct InterfaceTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
            var client = try pair.left.client()
            try client.createTunnel(.udp(1))
            try client.createSession(.named("pw", 31, in: 1))
        }

        /// The kernel goes on reporting the name at creation.
        @Test func renamed() throws {
            try Shell.ip(["link set pw name renamed"], in: pair.left)
            var client = try pair.left.client()
            #expect(try client.session(SessionID(31), in: TunnelID(1))?.interfaceName == "pw")
            #expect(try client.session(interface: "pw")?.id == SessionID(31))
            #expect(try client.session(interface: "renamed") == nil)
            try client.deleteSession(SessionID(31), in: TunnelID(1))
            let isGone = try eventually { try pair.left.link("renamed") == nil }
            #expect(isGone)
        }

        @Test func renamedAndDeletedWithTheTunnel() throws {
            try Shell.ip(["link set pw name renamed"], in: pair.left)
            var client = try pair.left.client()
            try client.deleteTunnel(TunnelID(1))
            let isGone = try eventually { try pair.left.link("renamed") == nil }
            #expect(isGone)
        }

        /// An interface that bears the old name by now is none of our business.
        @Test func renamedAndReplaced() throws {
            try Shell.ip(["link set pw name renamed", "link add pw type dummy"], in: pair.left)
            defer {
                #expect(throws: Never.self) { try Shell.ip(["link delete pw"], in: pair.left) }
            }
            var client = try pair.left.client()
            try client.deleteSession(SessionID(31), in: TunnelID(1), waitingAtMost: .seconds(5))
            #expect(try client.sessions() == [])
            #expect(try pair.left.link("pw") != nil)
        }

        /// Two sessions that report the same name.
        @Test func renamedAndReplacedByAnotherSession() throws {
            try Shell.ip(["link set pw name renamed"], in: pair.left)
            var client = try pair.left.client()
            try client.createSession(.named("pw", 32, in: 1))
            #expect(try client.sessions().map(\.interfaceName) == ["pw", "pw"])
            try client.deleteSession(SessionID(31), in: TunnelID(1), waitingAtMost: .seconds(5))
            #expect(try client.sessions().map(\.id) == [SessionID(32)])
            #expect(try pair.left.link("pw") != nil)
        }

        @Test func movedIntoAnotherNamespace() throws {
            try Shell.ip(["link set pw netns \(pair.right.name)"], in: pair.left)
            #expect(try pair.left.link("pw") == nil)
            #expect(try pair.right.link("pw") != nil)
            var client = try pair.left.client()
            #expect(try client.session(SessionID(31), in: TunnelID(1))?.interfaceName == "pw")
            var other = try pair.right.client()
            #expect(try other.sessions() == [])
            try client.deleteSession(SessionID(31), in: TunnelID(1))
            let isGone = try eventually { try pair.right.link("pw") == nil }
            #expect(isGone)
        }

        /// A session's interface goes only with the session.
        @Test func cannotBeDeletedByItself() throws {
            let outcome = try Shell.run(["ip", "link", "delete", "pw"], in: pair.left)
            #expect(!outcome.succeeded)
            #expect(try pair.left.link("pw") != nil)
        }
    }
}
