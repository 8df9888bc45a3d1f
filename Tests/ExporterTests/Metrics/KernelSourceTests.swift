import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import L2TPMetrics

@Suite("Metrics of the kernel's tunnels and sessions")
struct KernelSourceTests {
    private let kernel = FakeKernel()

    private static let session = #"{tunnel_id="3000",session_id="1000"}"#

    @Test(
        "are as they should be",
        arguments: [(ExpositionFormat.text004, "kernel.txt"), (.openMetrics100, "kernel.openmetrics")])
    func golden(format: ExpositionFormat, name: String) throws {
        try kernel.addTunnel(3000)
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(
            TunnelSpecification(
                id: TunnelID(7), peerID: TunnelID(8), local: try #require(IPAddress("2001:db8::1")),
                peer: try #require(IPAddress("2001:db8::2")), encapsulation: .ip))
        try kernel.addSession(1000, in: 3000, interface: "l2tp-lan")
        try kernel.addSession(1001, in: 3000)
        try client.createSession(
            SessionSpecification(
                tunnelID: TunnelID(7), id: SessionID(9), peerID: SessionID(10), pseudowireType: .ppp))
        kernel.changeLink("l2tp-lan") { $0.operationalState = .up }
        kernel.setStatistics(
            Statistics(
                transmitPackets: 1, transmitBytes: 2, transmitErrors: 3, receivePackets: 4, receiveBytes: 5,
                receiveErrors: 6, receiveSequenceDiscards: 7, receiveOutOfSequencePackets: 8,
                receiveCookieDiscards: 9, receiveInvalidPackets: 10), of: SessionID(1000), in: TunnelID(3000))
        kernel.setStatistics(
            Statistics(
                transmitPackets: 11, transmitBytes: 12, transmitErrors: 13, receivePackets: 14, receiveBytes: 15,
                receiveErrors: 16, receiveSequenceDiscards: 17, receiveOutOfSequencePackets: 18,
                receiveCookieDiscards: 19, receiveInvalidPackets: .max), of: TunnelID(3000))
        let families = Walker(kernel).walk().families.filter { $0.definition != .scrapeDuration }
        let text = String(decoding: format.text(of: families), as: UTF8.self)
        let expected = try GoldenFile(name: name).text()
        #expect(text == expected)
        // Cookies are nobody's business.
        #expect(!text.contains("0123456789") && !text.contains("fedcba"))
        if format == .openMetrics100 { _ = try OpenMetricsRules.samples(text) }
    }

    @Test("cost the kernel one list of each kind, and links only once")
    func requests() throws {
        try kernel.addTunnel(3000)
        try kernel.addSession(1000, in: 3000)
        let walker = Walker(kernel)
        kernel.forgetRequests()
        _ = walker.walk()
        #expect(kernel.requests.map(\.step) == [.family, .tunnelDump, .sessionDump, .links])
        kernel.forgetRequests()
        for _ in 0..<3 { _ = walker.walk() }
        #expect(
            kernel.requests.map(\.step)
                == [.tunnelDump, .sessionDump, .tunnelDump, .sessionDump, .tunnelDump, .sessionDump])
    }

    @Test("lack what an old kernel does not count")
    func oldKernel() throws {
        kernel.behavior.lacksDiscardCounters = true
        try kernel.addTunnel(3000)
        try kernel.addSession(1000, in: 3000)
        let series = try Walker(kernel).series()
        #expect(series.names(of: "l2tp_session_receive_cookie_discards_total") == [])
        #expect(series.names(of: "l2tp_tunnel_receive_invalid_packets_total") == [])
        #expect(!series.text.contains("cookie_discards"))
        #expect(series["l2tp_session_receive_sequence_discards_total\(Self.session)"] == "0")
    }

    @Test("begin at zero when a session is created anew, in the same series")
    func recreation() throws {
        try kernel.addTunnel(3000)
        try kernel.addSession(1000, in: 3000, interface: "pw0")
        kernel.setStatistics(Statistics(receivePackets: 77), of: SessionID(1000), in: TunnelID(3000))
        let walker = Walker(kernel)
        #expect(try walker.series()["l2tp_session_receive_packets_total\(Self.session)"] == "77")
        kernel.renameLink("pw0", to: "lan")
        try kernel.removeSession(1000, in: 3000)
        try kernel.addSession(1000, in: 3000, interface: "pw1", peerID: 5)
        let series = try walker.series()
        #expect(series["l2tp_session_receive_packets_total\(Self.session)"] == "0")
        #expect(
            series.names(of: "l2tp_session_info") == [
                #"l2tp_session_info{tunnel_id="3000",session_id="1000",peer_session_id="5",pseudowire="eth",interface="pw1"}"#
            ])
        #expect(series["l2tp_session_interface_mtu_bytes\(Self.session)"] != nil)
    }

    @Test("tell a session once of two with the same identifiers")
    func twins() throws {
        var sessions = ["a", "b"].map { name in
            Session(
                tunnelID: TunnelID(3000), peerTunnelID: TunnelID(4000), id: SessionID(1000), peerID: SessionID(2000),
                interfaceName: name)
        }
        sessions.append(sessions[0])
        sessions[2].id = SessionID(1001)
        let links = (1...3).map { Link(index: $0, name: "l\($0)", mtu: 1400) }
        var columns = SessionColumns()
        let metrics = SessionMetrics(
            NamespaceReading.Contents(sessions: sessions, interfaces: links), LabelSet(), &columns)
        for family in metrics.families + metrics.interfaceFamilies where !family.isEmpty {
            #expect(family.samples.count == 2, "\(family.definition.name)")
        }
        let info = try #require(metrics.families.first?.samples.first)
        #expect(String(decoding: info.labels.bytes, as: UTF8.self).hasSuffix("interface=\"l1\""))
    }

    @Test("have new labels when a fact changes, sessions come or go, or their order does")
    func labels() throws {
        func session(_ id: UInt32, peer: UInt32 = 1, name: String? = nil) -> Session {
            Session(
                tunnelID: TunnelID(1), peerTunnelID: TunnelID(1), id: SessionID(id), peerID: SessionID(peer),
                interfaceName: name)
        }
        let link = Link(index: 1, name: "l", mtu: 1400)
        let netns = LabelSet(.netns, "a")
        let walks: [([Session], [Link?], LabelSet)] = [
            ([session(1), session(2)], [], LabelSet()), ([session(1), session(2)], [], LabelSet()),
            ([session(1), session(3)], [], LabelSet()), ([session(1, peer: 9), session(3)], [], LabelSet()),
            ([session(1, name: "x"), session(3)], [], LabelSet()),
            ([session(1), session(3)], [link, nil], LabelSet()),
            ([session(1), session(3)], [nil, link], LabelSet()), ([session(1), session(3)], [nil, link], netns),
            ([session(3)], [link], netns), ([session(3), session(3)], [link, nil], netns), ([], [], netns),
            ([session(3)], [nil], netns),
        ]
        var kept = SessionColumns()
        var last: ([Session], [Link?])?
        var revision = InterfaceRevision()
        for (sessions, links, outer) in walks {
            var fresh = SessionColumns()
            var contents = NamespaceReading.Contents(sessions: sessions, interfaces: links)
            if last?.0.map(\.key) != sessions.map(\.key)
                || last?.0.map(\.interfaceName) != sessions.map(\.interfaceName)
                || last?.1 != links
            {
                revision = InterfaceRevision()
            }
            contents.interfaceRevision = revision
            last = (sessions, links)
            let one = SessionMetrics(contents, outer, &kept)
            let other = SessionMetrics(contents, outer, &fresh)
            func text(_ metrics: SessionMetrics) -> [UInt8] {
                ExpositionFormat.text004.text(of: metrics.families + metrics.interfaceFamilies)
            }
            #expect(text(one) == text(other))
        }
    }

    @Test("leave out what was not asked for")
    func parts() throws {
        try kernel.addTunnel(3000)
        try kernel.addSession(1000, in: 3000)
        func kinds(_ parts: KernelMetricParts) throws -> Set<String> {
            let names = try Walker(kernel, parts).series().values.keys.map { name in
                String(name.prefix { $0 != "{" })
            }
            return Set(names.filter { $0.contains("tunnel_") || $0.contains("session_") })
        }
        #expect(try kinds([]) == [])
        #expect(try kinds(.tunnels).allSatisfy { $0.hasPrefix("l2tp_tunnel_") })
        #expect(
            try kinds(.interfaces) == ["l2tp_session_interface_operational", "l2tp_session_interface_mtu_bytes"])
        let sessions = try kinds(.sessions)
        #expect(sessions.count == 10 && sessions.allSatisfy { $0.hasPrefix("l2tp_session_") })
        #expect(try kinds(.all).count == 8 + 10 + 2)
    }

    @Test("do not follow links if interfaces are not wanted")
    func withoutInterfaces() throws {
        try kernel.addTunnel(3000)
        try kernel.addSession(1000, in: 3000, interface: "pw0")
        kernel.forgetRequests()
        let source = KernelSource(KernelReader(.own(kernel), followsInterfaces: false))
        let series = try Walker(source).series()
        #expect(kernel.count(.links) == 0)
        #expect(series.names(of: "l2tp_session_interface_mtu_bytes") == [])
        #expect(series.names(of: "l2tp_session_info").first?.contains(#"interface="pw0""#) == true)
    }
}
