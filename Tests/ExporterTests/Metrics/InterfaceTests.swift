import L2TPMetrics
import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("Interfaces of sessions")
struct InterfaceTests {
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
