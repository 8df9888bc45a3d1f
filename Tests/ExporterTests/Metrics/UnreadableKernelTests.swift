import L2TPMetrics
import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@Suite("What cannot be read")
struct UnreadableKernelTests {
    private let kernel = FakeKernel()

    @Test("the family is missing, comes, goes and comes again")
    func family() throws {
        kernel.behavior.familyAbsent = true
        let walker = Walker(kernel)
        for _ in 0..<2 {
            let result = walker.walk()
            #expect(result.statuses.map(\.subject) == ["tunnels and sessions"])
            #expect(result.statuses[0].problem?.contains("this kernel has no L2TP") == true)
            let series = try Series(ExpositionFormat.text004.text(of: result.families))
            #expect(series["l2tp_up"] == "0")
            #expect(series["l2tp_tunnels"] == nil)
            #expect(series[#"l2tp_exporter_build_info{version="1.0"}"#] == "1")
            #expect(series["l2tp_scrape_duration_seconds"] != nil)
        }
        kernel.behavior.familyAbsent = false
        try kernel.addTunnel(3000)
        #expect(try walker.series()["l2tp_tunnels"] == "1")
        kernel.behavior.familyAbsent = true
        kernel.fail(.tunnelDump, with: .noSuchFileOrDirectory)
        #expect(try walker.series()["l2tp_up"] == "0")
        kernel.behavior.familyAbsent = false
        #expect(try walker.series()["l2tp_up"] == "1")
    }

    @Test("a module that was loaded again between two walks is no failure: the family is looked up again")
    func reloaded() throws {
        try kernel.addTunnel(3000)
        let walker = Walker(kernel)
        #expect(try walker.series()["l2tp_up"] == "1")
        kernel.forgetRequests()
        kernel.fail(.tunnelDump, with: .noSuchFileOrDirectory)
        let series = try walker.series()
        #expect(series["l2tp_up"] == "1")
        #expect(series["l2tp_tunnels"] == "1")
        #expect(kernel.count(.family) == 1)
    }

    @Test("EPERM names the capability, in one line")
    func privilege() throws {
        kernel.behavior.isPrivileged = false
        let problem = try #require(Walker(kernel).walk().statuses.first?.problem)
        #expect(problem.contains("not permitted (EPERM)"))
        #expect(
            problem.hasSuffix(
                "it needs CAP_NET_ADMIN, as root has, or a unit with AmbientCapabilities=CAP_NET_ADMIN, which its "
                    + "CapabilityBoundingSet= must not exclude"))
        #expect(!problem.contains("\n"))
    }

    @Test("a list of sessions that fails takes the tunnels along, for once")
    func sessions() throws {
        try kernel.addTunnel(3000)
        let walker = Walker(kernel)
        kernel.fail(.sessionDump, with: .noMemory)
        let series = try walker.series()
        #expect(series["l2tp_up"] == "0")
        #expect(series["l2tp_tunnels"] == nil)
        #expect(try walker.series()["l2tp_sessions"] == "0")
    }

    @Test("links that cannot be read do not keep the counters away")
    func links() throws {
        try kernel.addTunnel(3000)
        try kernel.addSession(1000, in: 3000)
        kernel.fail(.links, with: .noMemory)
        let walker = Walker(kernel)
        let series = try walker.series()
        #expect(series["l2tp_up"] == "0")
        #expect(series["l2tp_sessions"] == "1")
        #expect(series[#"l2tp_session_transmit_packets_total{tunnel_id="3000",session_id="1000"}"#] == "0")
        #expect(series.names(of: "l2tp_session_interface_mtu_bytes") == [])
        let later = try walker.series()
        #expect(later["l2tp_up"] == "1")
        #expect(later.names(of: "l2tp_session_interface_mtu_bytes").count == 1)
    }

    @Test("any request that goes wrong leaves a text that is valid, and the next walk is whole", arguments: 0..<8)
    func anywhere(index: Int) throws {
        try kernel.addTunnel(3000)
        try kernel.addSession(1000, in: 3000, interface: "pw0")
        for fault in [Fault.refuse(.ioError), .drop, .truncate(to: 7), .overflow] {
            let walker = Walker(kernel)
            let whole = try walker.series().values.keys.sorted()
            kernel.inject(fault, atRequestAfter: index)
            while kernel.hasPendingFaults {
                let series = try walker.series()
                #expect(series["l2tp_up"] != nil)
            }
            #expect(try walker.series().values.keys.sorted() == whole, "\(fault)")
        }
    }
}
