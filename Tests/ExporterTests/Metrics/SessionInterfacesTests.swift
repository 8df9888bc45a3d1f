import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import L2TPMetrics

@Suite("Interfaces of sessions")
struct SessionInterfacesTests {
    private let kernel = FakeKernel()
    private let walker: Walker

    init() throws {
        try kernel.addTunnel(3000)
        walker = Walker(kernel)
    }

    private func labels(_ session: Int) -> String { "{tunnel_id=\"3000\",session_id=\"\(session)\"}" }

    /// The label `interface` of a session.
    private func interface(_ session: Int, _ series: Series) throws -> Substring {
        let info = try #require(
            series.names(of: "l2tp_session_info").first { $0.contains("session_id=\"\(session)\",peer") })
        return try #require(info.firstMatch(of: /interface="([^"]*)"/)).1
    }

    @Test("a renamed one is followed, and its old name is not another's")
    func renamed() throws {
        try kernel.addSession(1000, in: 3000, interface: "pw0")
        #expect(try interface(1000, walker.series()) == "pw0")
        kernel.renameLink("pw0", to: "lan")
        kernel.changeLink("lan") { $0.mtu = 1234 }
        try kernel.addSession(1001, in: 3000, interface: "pw0")
        for _ in 0..<2 {
            let series = try walker.series()
            #expect(try interface(1000, series) == "lan")
            #expect(try interface(1001, series) == "pw0")
            #expect(series["l2tp_session_interface_mtu_bytes\(labels(1000))"] == "1234")
            #expect(series["l2tp_session_interface_mtu_bytes\(labels(1001))"] != "1234")
        }
    }

    @Test("names that two swap")
    func swapped() throws {
        try kernel.addSession(1000, in: 3000, interface: "a")
        try kernel.addSession(1001, in: 3000, interface: "b")
        _ = walker.walk()
        kernel.renameLink("a", to: "tmp")
        kernel.renameLink("b", to: "a")
        kernel.renameLink("tmp", to: "b")
        let series = try walker.series()
        #expect(try interface(1000, series) == "b")
        #expect(try interface(1001, series) == "a")
    }

    @Test("of two that report the same name before they were seen, none is guessed")
    func ambiguous() throws {
        try kernel.addSession(1000, in: 3000, interface: "pw0")
        kernel.renameLink("pw0", to: "lan")
        try kernel.addSession(1001, in: 3000, interface: "pw0")
        let series = try walker.series()
        #expect(series.names(of: "l2tp_session_interface_mtu_bytes") == [])
        #expect(try interface(1000, series) == "pw0")
    }

    @Test("of two sessions with the same identifiers are told apart by the names that the kernel reports")
    func twins() throws {
        for name in ["a", "b"] { kernel.addLink(named: name, mtu: 1400) }
        var links = try FollowedLinks(kernel.connector)
        var interfaces = SessionInterfaces()
        let (a, b) = (twin("a"), twin("b"))
        #expect(interfaces.links(of: [a, b], among: links).map { $0?.name } == ["a", "b"])
        kernel.renameLink("a", to: "lan")
        try links.update()
        #expect(interfaces.links(of: [b, a], among: links).map { $0?.name } == ["b", "lan"])
        // One that is created now gets the first's name; which of them keeps its interface cannot be told any more.
        kernel.addLink(named: "a", mtu: 1400)
        try links.update()
        #expect(interfaces.links(of: [a, a, b], among: links).map { $0?.name } == ["lan", nil, "b"])
    }

    private func twin(_ name: String) -> Session {
        Session(
            tunnelID: TunnelID(3000), peerTunnelID: TunnelID(4000), id: SessionID(1000), peerID: SessionID(2000),
            interfaceName: name)
    }

    @Test("one that has gone or moved away has no state, and is found again under its name")
    func gone() throws {
        try kernel.addSession(1000, in: 3000, interface: "pw0")
        _ = walker.walk()
        let link = try #require(kernel.links.first { $0.name == "pw0" })
        kernel.removeLink(named: "pw0")
        #expect(try walker.series().names(of: "l2tp_session_interface_mtu_bytes") == [])
        kernel.addLink(named: "pw0", mtu: 1400)
        #expect(try walker.series()["l2tp_session_interface_mtu_bytes\(labels(1000))"] == "1400")
        #expect(kernel.links.contains { $0.index == link.index } == false)
    }

    @Test("a link of another kind that has the name is not the session's")
    func otherKind() throws {
        try kernel.addSession(1000, in: 3000, interface: "pw0")
        kernel.renameLink("pw0", to: "lan")
        kernel.addLink(named: "pw0", kind: "veth")
        #expect(try walker.series().names(of: "l2tp_session_interface_operational") == [])
    }

    @Test(
        "operational is what is up, or unknown with a carrier",
        arguments: [
            (.up, [.up, .running, .lowerUp], "1"),
            (.unknown, [.up, .running, .lowerUp], "1"),
            (.unknown, [.up, .running], "0"),
            (.unknown, [.lowerUp], "0"),
            (.unknown, [], "0"),
            (.down, [.up, .lowerUp], "0"),
            (.dormant, [.up, .lowerUp], "0"),
            (.lowerLayerDown, [.up], "0"),
        ] as [(OperationalState, LinkFlags, String)])
    func operational(state: OperationalState, flags: LinkFlags, value: String) throws {
        try kernel.addSession(1000, in: 3000, interface: "pw0")
        _ = walker.walk()
        kernel.changeLink("pw0") { link in
            link.operationalState = state
            link.flags = flags
        }
        #expect(try walker.series()["l2tp_session_interface_operational\(labels(1000))"] == value)
    }

    @Test("lost notifications make the links be read again")
    func overrun() throws {
        try kernel.addSession(1000, in: 3000, interface: "pw0")
        _ = walker.walk()
        kernel.forgetRequests()
        kernel.behavior.losesNotifications = true
        kernel.renameLink("pw0", to: "lan")
        kernel.behavior.losesNotifications = false
        #expect(try interface(1000, walker.series()) == "lan")
        #expect(kernel.count(.links) == 1)
        #expect(try interface(1000, walker.series()) == "lan")
        #expect(kernel.count(.links) == 1)
    }
}
