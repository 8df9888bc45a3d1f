import L2TPMetrics
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

@testable import l2tp_exporter

/// The program from the command line to the exit status.
@Suite struct ProgramTests {
    @Test func wrongCommandLines() async {
        let bench = ProgramBench()
        #expect(await bench.run("--web.listen-adress", ":1") == .usage)
        #expect(
            bench.log == "l2tp-exporter: unknown option '--web.listen-adress'. Did you mean '--web.listen-address'?\n")
        #expect(bench.kernel.requests.isEmpty)
    }

    @Test func helpAndVersion() async {
        let bench = ProgramBench()
        #expect(await bench.run("--version") == .success)
        #expect(bench.written == "l2tp-exporter 0.1.0\n")
        #expect(await bench.run("--help") == .success)
        #expect(bench.written.contains("--web.telemetry-path"))
        #expect(bench.log == "")
    }

    @Test func textfile() async throws {
        let folder = try TemporaryFolder()
        let bench = ProgramBench()
        try bench.kernel.addTunnel(10)
        try bench.kernel.addSession(1, in: 10, interface: "lan")
        let path = folder["l2tp.prom"]
        #expect(await bench.run("--textfile", path) == .success)
        let series = try Series(FileSystem.read(FilePath(path)))
        #expect(series["l2tp_up"] == "1")
        #expect(series["l2tp_sessions"] == "1")
        #expect(bench.log == "")
        // Parts that are switched off.
        #expect(
            await bench.run("--textfile", path, "--no-collector.session", "--no-collector.interface") == .success)
        let less = try Series(FileSystem.read(FilePath(path)))
        #expect(less.names(of: "l2tp_session_info").isEmpty)
        #expect(less.names(of: "l2tp_session_interface_operational").isEmpty)
        #expect(less.names(of: "l2tp_tunnel_info").count == 1)
        // Another name is written all the same.
        #expect(await bench.run("--textfile", folder["l2tp.txt"]) == .success)
        #expect(bench.log.contains("level=warn msg=\"\(folder["l2tp.txt"]): node_exporter reads only files whose"))
    }

    @Test func textfileThatCannotBeWritten() async throws {
        let bench = ProgramBench()
        #expect(await bench.run("--textfile", "/nonexistent/folder/l2tp.prom") == .refused)
        #expect(bench.log.contains("level=error"))
        #expect(bench.log.contains("cannot write /nonexistent/folder/l2tp.prom: No such file or directory"))
    }

    @Test(arguments: [(Errno.notPermitted, Status.notPermitted), (.noSuchFileOrDirectory, .notSupported)])
    func textfileWithoutL2TP(errno: Errno, status: Status) async throws {
        let folder = try TemporaryFolder()
        let bench = ProgramBench()
        bench.kernel.fail(errno == .notPermitted ? .tunnelDump : .family, with: errno, times: 9)
        let path = folder["l2tp.prom"]
        #expect(await bench.run("--textfile", path) == status)
        #expect(try Series(FileSystem.read(FilePath(path)))["l2tp_up"] == "0")
        #expect(bench.log.split(separator: "\n").count == 1, "\(bench.log)")
        #expect(bench.log.contains("level=error msg=\"cannot read tunnels and sessions: "))
        if errno == .notPermitted { #expect(bench.log.contains("CAP_NET_ADMIN")) }
    }

    @Test func textfileWithoutAllThatWasAskedFor() async throws {
        let folder = try TemporaryFolder()
        let bench = ProgramBench()
        #expect(await bench.run("--textfile", folder["l2tp.prom"], "--config", folder.path) == .refused)
        #expect(bench.log.contains("cannot read the configuration: \(folder.path) holds no file *.toml"))
        let series = try Series(FileSystem.read(FilePath(folder["l2tp.prom"])))
        #expect(series["l2tp_up"] == "1")
        #expect(series["l2tp_configuration_valid"] == "0")
    }

    @Test func openFiles() async throws {
        let limit = try OpenFileLimit.current()
        let lowered = OpenFileLimit(soft: limit.hard - 1, hard: limit.hard)
        try lowered.apply()
        #expect(await ProgramBench().run("--textfile", "-") == .success)
        #expect(try OpenFileLimit.current().soft == limit.hard)
        try limit.apply()
    }

    @Test func noSocketFromSystemd() async {
        var bench = ProgramBench()
        #expect(await bench.run("--web.systemd-socket") == .usage)
        #expect(bench.log.contains("systemd has handed over no socket"))
        bench.environment = ["LISTEN_PID": "1", "LISTEN_FDS": "1"]
        #expect(await bench.run("--web.systemd-socket") == .usage)
    }

    @Test func cannotListen() async throws {
        let folder = try TemporaryFolder()
        let bench = ProgramBench()
        #expect(await bench.run("--web.listen-address", "unix:\(folder.path)/no/socket") == .refused)
        #expect(bench.log.split(separator: "\n").count == 1, "\(bench.log)")
        #expect(await bench.run("--web.config.file", "\(folder.path)/web.yml") == .invalid)
        #expect(bench.log.contains("web.yml"))
    }

    @Test("Clients are served until the program is to end", .timeLimit(.minutes(2)))
    func serves() async throws {
        let folder = try TemporaryFolder()
        let bench = ProgramBench()
        try bench.kernel.addTunnel(10)
        let address = "unix:\(folder.path)/socket"
        let task = Task {
            await bench.run("--web.listen-address", address, "--web.telemetry-path", "/l2tp", "--log.level", "warn")
        }
        var first: TestResponse?
        while first == nil {
            first = try? await TestClient.get(address, "/l2tp")
            if first == nil { try await Task.sleep(for: .milliseconds(10)) }
        }
        #expect(first?.status == 200)
        #expect(first?.text.contains("\nl2tp_tunnels 1\n") ?? false)
        let other = try await TestClient.get(
            address, "/l2tp", headers: ["Accept: application/openmetrics-text;version=1.0.0"])
        #expect(other?.text.hasSuffix("# EOF\n") ?? false)
        #expect(try await TestClient.get(address, "/-/ready")?.status == 200)
        bench.kernel.fail(.tunnelDump, with: .notPermitted, times: 1000)
        #expect(try await TestClient.get(address, "/l2tp")?.text.contains("\nl2tp_up 0\n") ?? false)
        let requests = bench.kernel.requests.count
        let unready = try await TestClient.get(address, "/-/ready")
        #expect(unready?.status == 503)
        #expect(unready?.text.hasPrefix("Not ready: cannot read tunnels and sessions: ") ?? false)
        // The kernel is not asked again by those who only want to know whether it answers.
        #expect(bench.kernel.requests.count == requests)
        // Why is said once.
        #expect(bench.log.split(separator: "\n").count == 1, "\(bench.log)")
        task.cancel()
        _ = await task.value
        await #expect(throws: (any Error).self) { _ = try await TestClient.get(address, "/l2tp") }
    }

    @Test("What cannot be read is said before anybody scrapes, and once", .timeLimit(.minutes(2)))
    func firstLook() async throws {
        let folder = try TemporaryFolder()
        let bench = ProgramBench()
        bench.kernel.fail(.tunnelDump, with: .notPermitted, times: 1000)
        let address = "unix:\(folder.path)/socket"
        let task = Task { await bench.run("--web.listen-address", address, "--config", folder["none.toml"]) }
        while bench.log.split(separator: "\n").count < 3 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(bench.log.contains("msg=\"listening on \(address), plain HTTP, no password\""))
        #expect(bench.log.contains("level=error msg=\"cannot read tunnels and sessions: "))
        #expect(bench.log.contains("level=error msg=\"cannot read the configuration: cannot look at "))
        #expect(try await TestClient.get(address, "/metrics")?.text.contains("\nl2tp_up 0\n") ?? false)
        #expect(bench.log.split(separator: "\n").count == 3, "\(bench.log)")
        task.cancel()
        _ = await task.value
    }

    @Test("The journal gets priorities, and notes the time itself", .timeLimit(.minutes(2)))
    func journal() async {
        var bench = ProgramBench()
        bench.errorIsJournal = true
        #expect(await bench.run("--textfile", "/nonexistent/folder/l2tp.txt") == .refused)
        let lines = bench.log.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("<4>level=warn msg=\"/nonexistent/") ?? false, "\(bench.log)")
        #expect(lines.last?.hasPrefix("<3>level=error msg=\"cannot write /nonexistent/") ?? false, "\(bench.log)")
        #expect(await bench.run("--web.systemd-socket=x") == .usage)
        #expect(bench.log.split(separator: "\n").last?.hasPrefix("<3>l2tp-exporter: ") ?? false, "\(bench.log)")
    }
}
