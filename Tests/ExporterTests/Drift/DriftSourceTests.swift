import L2TPConfig
import L2TPConfigTestSupport
import L2TPDrift
import L2TPMetrics
import L2TPModel
import L2TPNetlink
import L2TPWire
import L2TPWireTestSupport
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("What is configured, and whether it is there")
struct DriftSourceTests {
    private let folder: TemporaryFolder
    private let kernel = FakeKernel()
    private let walker: Walker

    private static let tunnel = #"{tunnel="hq",tunnel_id="3000"}"#
    private static let lan = #"{tunnel="hq",session="lan",tunnel_id="3000",session_id="1000"}"#
    private static let voice = #"{tunnel="hq",session="voice",tunnel_id="3000",session_id="1001"}"#

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("a.toml", ExampleConfiguration.hq)
        let reader = KernelReader(.own(kernel))
        walker = Walker(
            KernelSource(reader), DriftSource(WatchedConfiguration([folder["a.toml"]]), reader))
    }

    /// The values of `l2tp_present` of the tunnel and its two sessions.
    private func presence() throws -> [String?] {
        let series = try walker.series()
        return [Self.tunnel, Self.lan, Self.voice].map { series["l2tp_present\($0)"] }
    }

    @Test("nothing is there, then the tunnel, then a session, then another than the configured one")
    func presences() throws {
        let series = try walker.series()
        #expect(series["l2tp_configuration_valid"] == "1")
        #expect(series.names(of: "l2tp_configured").allSatisfy { series[$0] == "1" })
        #expect(
            series.names(of: "l2tp_configured").map { String($0.dropFirst("l2tp_configured".count)) }
                == [Self.lan, Self.voice, Self.tunnel].sorted())
        #expect(try presence() == ["0", "0", "0"])
        try kernel.addTunnel(3000)
        #expect(try presence() == ["1", "0", "0"])
        try kernel.addSession(1000, in: 3000)
        #expect(try presence() == ["1", "1", "0"])
        try kernel.addSession(1001, in: 3000, peerID: 7)
        #expect(try presence() == ["1", "1", "0"])
        try kernel.removeSession(1001, in: 3000)
        try kernel.addSession(1001, in: 3000)
        #expect(try presence() == ["1", "1", "1"])
    }

    @Test("a tunnel that is another takes its sessions along")
    func otherTunnel() throws {
        try kernel.addTunnel(3000, port: 5555)
        try kernel.addSession(1000, in: 3000)
        #expect(try presence() == ["0", "0", "0"])
    }

    @Test("what can be changed in place is not missed")
    func modifiable() throws {
        try kernel.addTunnel(3000)
        try kernel.addSession(1000, in: 3000)
        var client = try L2TPClient(kernel.connector)
        _ = try client.modifySession(
            SessionID(1000), in: TunnelID(3000), SessionModification(requiresSequenceNumbers: true, lnsMode: true))
        #expect(try presence() == ["1", "1", "0"])
    }

    @Test("asks the kernel for nothing of its own")
    func requests() throws {
        _ = walker.walk()
        kernel.forgetRequests()
        _ = walker.walk()
        #expect(kernel.requests.map(\.step) == [.tunnelDump, .sessionDump])
    }

    @Test("a broken file is told, and what was configured before is compared")
    func broken() throws {
        try kernel.addTunnel(3000)
        #expect(try presence() == ["1", "0", "0"])
        try folder.write("a.toml", "[tunnel.hq")
        let result = walker.walk()
        #expect(result.statuses.last?.subject == "the configuration")
        #expect(result.statuses.last?.problem?.contains("a.toml:1:") == true)
        let series = try walker.series()
        #expect(series["l2tp_configuration_valid"] == "0")
        #expect(series["l2tp_present\(Self.tunnel)"] == "1")
        // The kernel can be read.
        #expect(series["l2tp_up"] == "1")
    }

    @Test("a configuration that never was good has no objects")
    func neverGood() throws {
        let source = DriftSource(WatchedConfiguration([folder["none.toml"]]), KernelReader(.own(kernel)))
        let series = try Walker(source).series()
        #expect(series["l2tp_configuration_valid"] == "0")
        #expect(series.names(of: "l2tp_configured") == [])
        #expect(series.names(of: "l2tp_present") == [])
    }

    @Test("nobody knows what is there if the kernel cannot be read")
    func unknown() throws {
        kernel.behavior.isPrivileged = false
        let series = try walker.series()
        #expect(series["l2tp_up"] == "0")
        #expect(series.names(of: "l2tp_configured").count == 3)
        #expect(series.names(of: "l2tp_present") == [])
    }

    @Test("labels and comparison follow a change of the file")
    func changedFile() throws {
        try kernel.addTunnel(3000)
        _ = walker.walk()
        try folder.write("a.toml", ExampleConfiguration.hq.replacing("tunnel.hq", with: "tunnel.\"new \\\"name\\\"\""))
        let series = try walker.series()
        #expect(series[#"l2tp_present{tunnel="new \"name\"",tunnel_id="3000"}"#] == "1")
        #expect(series.names(of: "l2tp_present").count == 3)
    }

    @Test("has the label of the namespace that it is about")
    func namespace() throws {
        try kernel.addTunnel(3000)
        let reader = KernelReader(.own(kernel), .named(["a"]))
        let configuration = WatchedConfiguration([folder["a.toml"]])
        let series = try Walker(DriftSource(configuration, reader, in: "a")).series()
        #expect(series[#"l2tp_present{netns="a",tunnel="hq",tunnel_id="3000"}"#] == "1")
        #expect(series[#"l2tp_configuration_valid{netns="a"}"#] == "1")
    }

    /// What the planner would create, of random configurations of which random parts are there, some of them changed.
    @Test("is what the planner would not create", arguments: 0..<20)
    func planner(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let endpoint = RandomConfiguration.Endpoints(
            local: try #require(IPAddress("192.0.2.1")), remote: try #require(IPAddress("192.0.2.2")))
        let drawing = RandomConfiguration(endpoints: [endpoint], tunnelCounts: 1...4, hasOddNames: true)
        let configuration = drawing.next(using: &generator)
        var client = try L2TPClient(kernel.connector)
        for tunnel in configuration.tunnels where Int.random(in: 0..<5, using: &generator) > 0 {
            var specification = tunnel.specification
            if Int.random(in: 0..<5, using: &generator) == 0 {
                specification.peerID = TunnelID(specification.peerID.rawValue ^ 1 | 2)
            }
            try client.createTunnel(specification)
            for session in tunnel.sessions where Int.random(in: 0..<5, using: &generator) > 0 {
                var specification = session.specification
                switch Int.random(in: 0..<8, using: &generator) {
                case 0: specification.peerID = SessionID(specification.peerID.rawValue ^ 1 | 2)
                case 1: specification.cookie = try Cookie(hexadecimal: "00112233")
                case 2: specification.peerCookie = specification.peerCookie == nil ? specification.cookie : nil
                case 3: specification.lnsMode.toggle()
                default: break
                }
                try client.createSession(specification)
            }
        }
        let links = Dictionary(kernel.links.map { ($0.name, $0) }) { first, _ in first }
        var interfaces: [SessionKey: InterfaceState] = [:]
        for session in kernel.sessions {
            interfaces[session.key] = links[session.interfaceName ?? ""].map { InterfaceState(link: $0) }
        }
        let plan = Planner(adopts: true).plan(
            configuration,
            current: CurrentState(
                tunnels: kernel.tunnels, sessions: kernel.sessions, interfaces: interfaces, links: kernel.links),
            owned: Ownership())
        let created = Set(plan.changes.filter { [.create, .recreate].contains($0.action) }.compactMap(\.path))
        try folder.write("a.toml", configuration.toml(withCookies: true))
        let samples = try #require(walker.walk().families.first { $0.definition == .present }).samples
        let paths = configuration.tunnels.flatMap { tunnel in
            [tunnel.path] + tunnel.sessions.map { ConfigurationPath(["tunnel", tunnel.name, "session", $0.name]) }
        }
        #expect(samples.map(\.value) == paths.map { MetricValue.integer(created.contains($0) ? 0 : 1) })
        let text = ExpositionFormat.openMetrics100.text(of: walker.walk().families)
        #expect(throws: Never.self) { try OpenMetricsRules.samples(String(decoding: text, as: UTF8.self)) }
    }
}
