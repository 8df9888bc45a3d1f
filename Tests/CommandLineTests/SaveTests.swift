import L2TPApply
import L2TPConfig
import L2TPConfigTOML
import L2TPConfigTestSupport
import L2TPModel
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp

/// `save`.
@Suite struct SaveTests {
    /// A tunnel and a session with everything, whose interface is up, with an address.
    private func bench() -> Bench {
        let bench = Bench()
        bench(Lines.tunnel)
        bench(Lines.session + " name lan cookie 0123456789abcdef peer_cookie 01234567 seq both reorder_timeout 100")
        bench.kernel.setLink("lan", isUp: true)
        return bench
    }

    /// What a text says.
    private func configuration(_ text: String) -> ConfigurationReading {
        ConfigurationLoader().load([ConfigurationFile(name: "saved.toml", text: text)], secrets: NoSecrets())
    }

    @Test func everything() throws {
        let run = bench()("save --with-cookies")
        #expect(run.status == .success)
        #expect(run.error == "")
        let reading = configuration(run.output)
        #expect(reading.isValid, "\(reading.diagnostics)")
        let tunnel = try #require(reading.configuration.tunnels.first)
        #expect(reading.configuration.tunnels.count == 1)
        #expect(tunnel.specification.id == TunnelID(3000))
        let session = try #require(tunnel.sessions.first)
        #expect(session.specification.id == SessionID(1000))
        #expect(session.specification.cookie?.byteCount == 8)
        #expect(session.specification.peerCookie?.byteCount == 4)
        #expect(session.specification.reorderTimeout == .milliseconds(100))
        #expect(session.specification.interfaceName?.text == "lan")
        #expect(session.interface.isUp)
    }

    /// What is printed is what there is: a plan finds nothing to do.
    @Test func aPlanFindsNoDifference() throws {
        let bench = bench()
        let reading = configuration(bench("save --with-cookies").output)
        let kernel = bench.kernel
        let networks = Networks(
            tunnels: kernel.connector, named: { _ in kernel.connector }, exists: { _ in false })
        var applier = try Applier(networks, store: bench.record, machineID: nil)
        let plan = try applier.plan(reading.configuration)
        #expect(plan.isEmpty)
        #expect(plan.unchangedCount == 2)
    }

    @Test func cookiesAreLeftOut() {
        let output = bench()("save").output
        #expect(!output.contains("0123456789abcdef"))
        #expect(!output.contains("01234567"))
        #expect(output.contains("cookie"))
        #expect(output.split(separator: "\n").filter { $0.contains("cookie") }.allSatisfy { $0.hasPrefix("#") })
        // What is left can be read, and says so.
        #expect(configuration(output).isValid)
        #expect(output.hasPrefix("# Cookies are left out: as it stands, this asks for sessions without."))
    }

    @Test func nothingIsSaidOfCookiesThatAreNotThere() {
        #expect(!Bench.withSession()("save").output.contains("ookie"))
    }

    /// The kernel does not tell the sublayer; the record does.
    @Test func theSublayer() throws {
        let bench = bench()
        let remark = bench("save").output.split(separator: "\n").filter { $0.contains("l2spec_type") }
        #expect(remark.count >= 1)
        #expect(remark.contains { $0.hasPrefix("#") })
    }

    @Test func nothing() {
        #expect(Bench()("save") == Run(status: .success))
    }

    @Test func missingNamespace() {
        let connector = NetlinkConnector<FakeTransport>.failing(.noSuchFileOrDirectory)
        let program = Program(console: .process, save: { _ in .unused(connector) }, connect: { _ in connector })
        #expect(program.run(["l2tp", "-n", "none", "save"]) == .usage)
    }

    @Test(arguments: [
        ("save tunnel", "save: it takes no words, so \"tunnel\" cannot follow"),
        ("save --with-cookie", "save: unknown option \"--with-cookie\"; did you mean \"--with-cookies\"?"),
        ("save --with-cookies=no", "save: --with-cookies: takes no value"),
        ("-j save", "save: it prints TOML and nothing else"),
    ])
    func mistakes(line: String, message: String) {
        #expect(Bench()(line) == Run(status: .usage, error: "l2tp: \(message)\n"))
    }

    @Test func notInABatch() {
        let bench = Bench()
        bench.files["f"] = "save\n"
        #expect(
            bench("-b f")
                == Run(
                    status: .failure,
                    error: "f:1: save cannot stand in a batch: its output would mix with that of others\n"))
    }

    @Test func failures() {
        let bench = bench()
        bench.kernel.fail(.sessionDump, with: .notPermitted)
        let run = bench("save")
        #expect(run.status == .failure)
        #expect(run.output == "")
        #expect(run.error.hasPrefix("l2tp: "))
        bench.outputError = .noSpace
        #expect(
            bench("save") == Run(status: .failure, error: "l2tp: cannot write: No space left on device (ENOSPC)\n"))
        bench.outputError = .brokenPipe
        #expect(bench("save") == Run(status: .failure))
    }
}
