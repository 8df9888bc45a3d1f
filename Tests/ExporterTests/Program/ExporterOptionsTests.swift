import CommandLineSupport
import L2TPExporterWeb
import L2TPMetrics
import SystemPackage
import Testing

@testable import l2tp_exporter

@Suite struct ExporterOptionsTests {
    private func options(_ line: String) throws(CommandLineEnding) -> Options {
        try Options(line.split(separator: " ").map(String.init))
    }

    private func serving(_ line: String) throws -> Options.Serving {
        guard case .serve(let serving) = try options(line).action else {
            throw CommandLineEnding.wrong("it does not serve")
        }
        return serving
    }

    @Test func defaults() throws {
        let options = try options("")
        #expect(options.parts == .all)
        #expect(options.namespaces == .own)
        #expect(options.configurationPaths == [])
        #expect(options.logLevel == .info)
        #expect(options.logFormat == .logfmt)
        let serving = try serving("")
        #expect(serving.listenAddresses == [.tcp(host: nil, port: 17010)])
        #expect(!serving.usesSystemdSockets)
        #expect(serving.telemetryPath.text == "/metrics")
        #expect(serving.configurationFile == nil)
    }

    @Test func everything() throws {
        let line =
            "--web.listen-address [::1]:1 --web.listen-address=unix:/run/x --web.telemetry-path /m --web.config.file w.yml "
            + "--no-collector.tunnel --collector.session --no-collector.interface --netns a --netns a --config x "
            + "--config y --log.level warn --log.format json"
        let options = try options(line)
        #expect(options.parts == .sessions)
        #expect(options.namespaces == .named(["a"]))
        #expect(options.configurationPaths == ["x", "y"])
        #expect(options.logLevel == .warn)
        #expect(options.logFormat == .json)
        let serving = try serving(line)
        #expect(serving.listenAddresses == [.tcp(host: "::1", port: 1), .unix("/run/x")])
        #expect(serving.telemetryPath.text == "/m")
        #expect(serving.configurationFile == "w.yml")
        #expect(try self.options("--netns-all").namespaces == .all)
        #expect(try self.options("--netns a --netns b").namespaces == .named(["a", "b"]))
        let systemd = try self.serving("--web.systemd-socket")
        #expect(systemd.usesSystemdSockets)
        #expect(systemd.listenAddresses == [])
    }

    @Test func textfile() throws {
        guard case .write(let textfile) = try options("--textfile /x/l2tp.prom").action else {
            Issue.record("it serves")
            return
        }
        #expect(textfile == .file("/x/l2tp.prom"))
        guard case .write(.standardOutput) = try options("--textfile -").action else {
            Issue.record("it serves")
            return
        }
    }

    @Test(arguments: [
        (
            "--web.listen-address 17010",
            "listen address \"17010\" has no port: :PORT, HOST:PORT, [IPv6]:PORT or unix:/PATH is expected"
        ),
        ("--web.listen-address :1 --web.listen-address :1", "--web.listen-address :1 stands twice"),
        (
            "--web.listen-address :1 --web.systemd-socket",
            "--web.systemd-socket and --web.listen-address exclude each other"
        ),
        (
            "--textfile - --web.systemd-socket",
            "--textfile writes once and listens nowhere, so that --web.systemd-socket means nothing"
        ),
        (
            "--textfile - --web.telemetry-path /x",
            "--textfile writes once and listens nowhere, so that --web.telemetry-path means nothing"
        ),
        ("--netns a --netns-all", "--netns and --netns-all exclude each other"),
        ("--netns a/b", "--netns \"a/b\": expected a name as ip netns shows it"),
        (
            "--netns a --netns b --config x",
            "--config is compared with one network namespace, so --netns cannot be repeated"
        ),
        ("--log.level loud", "--log.level \"loud\": expected one of debug, info, warn, error"),
        ("--log.format xml", "--log.format \"xml\": expected one of logfmt, json"),
        (
            "--collector.interface=false",
            "--collector.interface takes no value: --collector.interface is the one, --no-collector.interface the other"
        ),
        (
            "--no-collector.tunnel=true",
            "--no-collector.tunnel takes no value: --collector.tunnel is the one, --no-collector.tunnel the other"
        ),
        ("metrics", "unexpected argument 'metrics'; try --help"),
    ])
    func wrong(line: String, message: String) {
        #expect(throws: CommandLineEnding.wrong(message)) { try options(line) }
    }

    @Test(arguments: [
        (["--web.config.file", ""], "--web.config.file \"\": expected a file"),
        (["--config", ""], "--config \"\": expected a file or a folder, as /etc/l2tp"),
        (
            ["--textfile", "-", "--config", "x", "--config", ""],
            "--config \"\": expected a file or a folder, as /etc/l2tp"
        ),
        (["--textfile", ""], "--textfile \"\": expected a file, or - for standard output"),
    ])
    func empty(arguments: [String], message: String) {
        #expect(throws: CommandLineEnding.wrong(message)) { try Options(arguments) }
    }
}
