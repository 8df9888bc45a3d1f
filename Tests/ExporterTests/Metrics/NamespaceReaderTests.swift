import L2TPMetrics
import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import Synchronization
import SystemPackage
import Testing

@Suite("Network namespaces")
struct NamespaceReaderTests {
    private let namespaces = Namespaces()
    private let a = FakeKernel()
    private let b = FakeKernel()

    init() throws {
        try namespaces.own.addTunnel(1)
        try a.addTunnel(2)
        try a.addSession(20, in: 2)
        try b.addTunnel(3)
        try b.addTunnel(4, port: 5001)
        namespaces.add("a", 10, a)
        namespaces.add("b", 11, b)
    }

    private func tunnels(_ series: Series) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: series.names(of: "l2tp_tunnels").map { ($0, series[$0] ?? "") })
    }

    @Test("unasked for are not read, and no label tells the own one")
    func own() throws {
        let series = try namespaces.walker(.own).series()
        #expect(tunnels(series) == ["l2tp_tunnels": "1"])
        #expect(!series.text.contains("netns"))
    }

    @Test("by name have their name as label everywhere")
    func named() throws {
        let series = try namespaces.walker(.named(["b", "a", "b"])).series()
        #expect(tunnels(series) == [#"l2tp_tunnels{netns="a"}"#: "1", #"l2tp_tunnels{netns="b"}"#: "2"])
        for name in series.values.keys where !name.hasPrefix("l2tp_exporter") && !name.hasPrefix("l2tp_scrape") {
            #expect(name.contains(#"{netns=""#), "\(name)")
        }
        #expect(
            series.names(of: "l2tp_session_transmit_packets_total")
                == [#"l2tp_session_transmit_packets_total{netns="a",tunnel_id="2",session_id="20"}"#])
        let text = ExpositionFormat.openMetrics100.text(of: namespaces.walker(.named(["a", "b"])).walk().families)
        _ = try OpenMetricsRules.samples(String(decoding: text, as: UTF8.self))
    }

    @Test("by a name that none has are down, with the reason, and up when there is one")
    func missing() throws {
        let walker = namespaces.walker(.named(["a", "c"]))
        let result = walker.walk()
        #expect(
            result.statuses.first { $0.problem != nil }?.subject == "tunnels and sessions in network namespace c")
        let problem = try #require(result.statuses.compactMap(\.problem).first)
        #expect(problem.contains("cannot enter network namespace /run/netns/c: there is none (ENOENT)"))
        let series = try walker.series()
        #expect(series[#"l2tp_up{netns="a"}"#] == "1")
        #expect(series[#"l2tp_up{netns="c"}"#] == "0")
        namespaces.add("c", 12, b)
        #expect(try walker.series()[#"l2tp_up{netns="c"}"#] == "1")
    }

    @Test("all of them: those that come are found, those that go vanish")
    func all() throws {
        let walker = namespaces.walker(.all)
        let names = [#"l2tp_tunnels{netns=""}"#, #"l2tp_tunnels{netns="a"}"#, #"l2tp_tunnels{netns="b"}"#]
        #expect(try walker.series().names(of: "l2tp_tunnels") == names)
        namespaces.remove("a")
        let series = try walker.series()
        #expect(series.names(of: "l2tp_tunnels") == [names[0], names[2]])
        #expect(series.names(of: "l2tp_up").count == 2)
        #expect(walker.walk().statuses.allSatisfy { $0.problem == nil })
        namespaces.add("a", 13, a)
        #expect(try walker.series().names(of: "l2tp_tunnels") == names)
    }

    @Test("of several names are read once; the own one has none")
    func severalNames() throws {
        namespaces.add("also-b", 11, b)
        namespaces.add("home", 1, namespaces.own)
        let series = try namespaces.walker(.all).series()
        #expect(
            series.names(of: "l2tp_tunnels") == [
                #"l2tp_tunnels{netns=""}"#, #"l2tp_tunnels{netns="a"}"#, #"l2tp_tunnels{netns="also-b"}"#,
            ])
    }

    @Test("keep their sockets, until the name is another's")
    func sockets() throws {
        let walker = namespaces.walker(.named(["a"]))
        for _ in 0..<3 { _ = walker.walk() }
        #expect(namespaces.openedCount == 1)
        namespaces.add("a", 14, b)
        #expect(try walker.series()[#"l2tp_tunnels{netns="a"}"#] == "2")
        #expect(namespaces.openedCount == 2)
    }

    @Test("one that cannot be read does not keep the others away")
    func failure() throws {
        a.behavior.isPrivileged = false
        let series = try namespaces.walker(.all).series()
        #expect(series[#"l2tp_up{netns="a"}"#] == "0")
        #expect(series[#"l2tp_up{netns=""}"#] == "1")
        #expect(series[#"l2tp_tunnels{netns="b"}"#] == "2")
    }

    @Test("without L2TP are asked for it once, all of them together, and not again before its time")
    func absent() throws {
        let kernels = [namespaces.own, a, b]
        for kernel in kernels {
            kernel.behavior.familyAbsent = true
            kernel.forgetRequests()
        }
        func lookups() -> [Int] { kernels.map { $0.count(.family) } }
        let patient = Walker(KernelSource(KernelReader(namespaces.directory, .all, askingAgainAfter: .seconds(3600))))
        for _ in 0..<3 {
            let series = try patient.series()
            #expect(series.names(of: "l2tp_up").map { series[$0] } == ["0", "0", "0"])
            #expect(lookups() == [1, 0, 0])
        }
        let problems = patient.walk().statuses.compactMap(\.problem)
        #expect(problems.count == 3)
        #expect(Set(problems).count == 1)

        let walker = namespaces.walker(.all)
        for _ in 0..<2 { _ = walker.walk() }
        #expect(lookups() == [3, 0, 0])
        for kernel in kernels { kernel.behavior.familyAbsent = false }
        let series = try walker.series()
        #expect(series.names(of: "l2tp_up").map { series[$0] } == ["1", "1", "1"])
    }

    @Test("are let go of between walks when their names are gone or others'")
    func departure() throws {
        let reader = KernelReader(namespaces.directory, .named(["a", "b", "c"]))
        let source = KernelSource(reader)
        let walker = Walker(source)
        _ = walker.walk()
        let count = namespaces.openedCount
        source.release()
        _ = walker.walk()
        // The name that none has is tried again, the others' sockets are still open.
        #expect(namespaces.openedCount == count + 1)
        weak var gone: FakeKernel?
        do {
            let kernel = FakeKernel()
            gone = kernel
            namespaces.add("c", 15, kernel)
            #expect(try walker.series()[#"l2tp_up{netns="c"}"#] == "1")
            namespaces.remove("c")
        }
        #expect(gone != nil)
        source.release()
        #expect(gone == nil)
        #expect(try walker.series()[#"l2tp_up{netns="a"}"#] == "1")
    }
}
