import CommandLineSupport
import L2TPDrift
import L2TPExporterWeb
import L2TPMetrics
import Logging
import Netlink
import ServiceLifecycle
import SystemPackage
import UnixSignals

/// The program, over any transport: from the command line to the exit status.
struct Program<Transport: NetlinkTransport & Sendable & ~Copyable>: Sendable {
    private let surroundings: Surroundings<Transport>

    /// A program in its surroundings.
    init(_ surroundings: Surroundings<Transport>) {
        self.surroundings = surroundings
    }

    /// Runs a command line without the program's name.
    func run(_ arguments: [String]) async -> Status {
        let options: Options
        do throws(CommandLineEnding) {
            options = try Options(arguments)
        } catch {
            switch error {
            case .text(let text):
                surroundings.write(text.hasSuffix("\n") ? text : text + "\n")
                return .success
            case .wrong(let message):
                let priority = surroundings.errorIsJournal ? "<\(LogLevel.error.priority)>" : ""
                surroundings.writeError("\(priority)l2tp-exporter: \(message)\n")
                return .usage
            }
        }
        let output = LogOutput(
            options.logFormat, level: options.logLevel.level, time: surroundings.time,
            toJournal: surroundings.errorIsJournal, write: surroundings.writeError)
        let logger = Logger(label: "l2tp-exporter") { _ in output }
        raiseOpenFileLimit(logger)
        switch options.action {
        case .write(let textfile): return write(options, textfile, logger)
        case .serve(let serving): return await serve(options, serving, logger)
        }
    }

    /// Each network namespace takes two descriptors, and each client one.
    private func raiseOpenFileLimit(_ logger: Logger) {
        do throws(Errno) {
            try OpenFileLimit.raise()
        } catch {
            logger.warning("the number of open files stays limited: \(error) (\(error.symbol))")
        }
    }

    /// Where the metrics come from.
    private func sources(_ options: Options) -> [any MetricSource] {
        let reader = KernelReader(
            surroundings.namespaces, options.namespaces, followsInterfaces: options.parts.contains(.interfaces),
            askingAgainAfter: .seconds(2))
        var sources: [any MetricSource] = [KernelSource(reader, options.parts)]
        if !options.configurationPaths.isEmpty {
            let namespace: String? = if case .named(let names) = options.namespaces { names.first } else { nil }
            sources.append(DriftSource(WatchedConfiguration(options.configurationPaths), reader, in: namespace))
        }
        return sources
    }

    // MARK: - Once

    private func write(_ options: Options, _ textfile: Textfile, _ logger: Logger) -> Status {
        if let path = textfile.pathMissedByCollector {
            logger.warning("\(path): node_exporter reads only files whose names end in .prom")
        }
        let result = WalkResult(walking: sources(options), version: Version.text)
        for status in result.statuses {
            guard let problem = status.problem else { continue }
            logger.error("\(CollectorEvent.failed(subject: status.subject, problem: problem))")
        }
        do throws(TextfileError) {
            try textfile.write(ExpositionFormat.text004.text(of: result.families))
        } catch {
            logger.error("\(error)")
            return error.errno == .permissionDenied || error.errno == .notPermitted ? .notPermitted : .refused
        }
        let causes = result.statuses.filter { $0.problem != nil }.map(\.cause)
        if causes.contains(.notPermitted) { return .notPermitted }
        if causes.contains(.notSupported) { return .notSupported }
        return causes.isEmpty ? .success : .refused
    }

    // MARK: - Serving

    private func serve(_ options: Options, _ serving: Options.Serving, _ logger: Logger) async -> Status {
        let collector: Collector<ScrapeAdapter.Answer>
        do throws(NetlinkError) {
            collector = try Collector(sources(options), version: Version.text) { event in
                switch event {
                case .failed: logger.error("\(event)")
                case .late: logger.warning("\(event)")
                case .recovered: logger.info("\(event)")
                }
            } answer: { text, format, isUp in
                ScrapeAdapter.Answer(text, format, isUp)
            }
        } catch {
            logger.error("\(error)")
            return .refused
        }
        var web = WebOptions(
            listenAddresses: serving.listenAddresses, name: "l2tp-exporter", version: Version.text,
            summary: "Counters of L2TP tunnels and sessions for Prometheus.")
        web.telemetryPath = serving.telemetryPath
        web.configurationFile = serving.configurationFile
        if serving.usesSystemdSockets {
            do throws(SocketActivationError) {
                web.inheritedSockets = try SocketActivation(
                    listenPID: surroundings.environment("LISTEN_PID"), listenFDs: surroundings.environment("LISTEN_FDS")
                ).descriptors
            } catch {
                logger.error("\(error)")
                return .usage
            }
            guard !web.inheritedSockets.isEmpty else {
                logger.error("--web.systemd-socket: systemd has handed over no socket; start l2tp-exporter.socket")
                return .usage
            }
        }
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        let adapter = ScrapeAdapter(collector)
        let server: WebServer
        do throws(WebServerError) {
            server = try await WebServer.start(web, responder: adapter, logger: logger)
        } catch {
            return fail(error, logger)
        }
        // Clients are served meanwhile; one that scrapes gets the same walk.
        Task { await adapter.look() }
        // What the group itself has to say is for its developers.
        var quiet = logger
        quiet.logLevel = .critical
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(
                        service: ReloadService(server: server, hangUps: hangUps), successTerminationBehavior: .ignore),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
        do {
            try await group.run()
        } catch {
            logger.error("\(error)")
            return .refused
        }
        collector.stop()
        logger.info("ended")
        return .success
    }

    private func fail(_ error: WebServerError, _ logger: Logger) -> Status {
        for line in "\(error)".split(separator: "\n") { logger.error("\(line)") }
        return error.status
    }
}
