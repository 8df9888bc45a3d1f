internal import HTTPTypes
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// The exporter's web server: metrics, a landing page and two paths that tell how it is, over HTTP/1.1, with TLS and
/// passwords if a configuration file says so.
///
/// It serves from ``start(_:responder:logger:)`` until ``shutDown()``; as a service, ``run()`` shuts it down when the
/// others are to stop.
public final class WebServer: Service {
    private let options: WebOptions
    private let security: WebSecurity
    private let registry: ConnectionRegistry
    private let listeners: [Listener]
    private let logger: Logger

    private init(
        _ options: WebOptions, _ security: WebSecurity, _ registry: ConnectionRegistry, _ listeners: [Listener],
        _ logger: Logger
    ) {
        self.options = options
        self.security = security
        self.registry = registry
        self.listeners = listeners
        self.logger = logger
    }

    /// Reads the configuration, begins to listen everywhere, and serves.
    ///
    /// - Parameters:
    ///   - options: Where to listen, and what to serve.
    ///   - responder: Answers the scrapes.
    ///   - logger: Is told what becomes of the configuration, and of clients that get nothing: of each kind once a minute.
    ///     With level `debug` it is told of every request, and of each such client.
    /// - Returns: The server.
    /// - Throws: ``WebServerError``; nothing listens then.
    public static func start(
        _ options: WebOptions, responder: any ScrapeResponder, logger: Logger
    ) async throws(WebServerError) -> WebServer {
        guard !options.listenAddresses.isEmpty || !options.inheritedSockets.isEmpty else { throw .nowhere }
        let security: WebSecurity
        do throws(WebConfigurationError) {
            security = try WebSecurity(file: options.configurationFile)
        } catch {
            throw .configuration(error)
        }
        let registry = ConnectionRegistry(capacity: options.limits.connections)
        let initialize = initializer(options, responder, security, registry, logger)
        var listeners: [Listener] = []
        do throws(WebServerError) {
            for descriptor in options.inheritedSockets {
                listeners.append(try await Listener.take(descriptor, initialize: initialize))
            }
            for address in options.listenAddresses {
                listeners.append(
                    try await Listener.open(address, permissions: options.socketPermissions, initialize: initialize))
            }
        } catch {
            for listener in listeners { await listener.close() }
            registry.closeAll()
            throw error
        }
        let access = security.current.description
        for listener in listeners { logger.info("listening on \(listener.address), \(access)") }
        if let file = options.configurationFile, security.current.isOpen {
            logger.warning("\(file) sets up neither TLS nor passwords: whoever can connect may look")
        }
        return WebServer(options, security, registry, listeners, logger)
    }

    /// Where it listens, in the order of the options, inherited sockets first.
    public var addresses: [String] { listeners.map(\.address) }

    /// How many connections there are.
    public var connectionCount: Int { registry.count }

    /// Reads the configuration file, and those it names, again. What cannot be used is logged, and changes nothing.
    public func reload() async {
        await updateSecurity(always: true)
    }

    /// Serves until the task is cancelled or its service group stops, looking for changes of the configuration
    /// meanwhile; then shuts down.
    public func run() async {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: self.options.configurationInterval)) != nil {
                await self.updateSecurity(always: false)
            }
        }
        await shutDown()
    }

    /// Stops listening, closes idle connections, and waits for responses that have been begun, at most for
    /// ``WebLimits/drainTimeout``.
    public func shutDown() async {
        for listener in listeners { await listener.close() }
        // Not a sleep: the task may be cancelled.
        let registry = registry
        let timer = MultiThreadedEventLoopGroup.singleton.next()
            .scheduleTask(in: TimeAmount(options.limits.drainTimeout)) { registry.closeAll() }
        await registry.drain()
        timer.cancel()
    }

    private func updateSecurity(always: Bool) async {
        // It reads files.
        let security = security
        let outcome = try? await NIOThreadPool.singleton.runIfActive { security.update(always: always) }
        switch outcome {
        case .replaced(let hasOtherRequirements):
            logger.info("the web configuration was read again: \(security.current.description)")
            // Whoever is connected has met those from before.
            if hasOtherRequirements { registry.endAll() }
        case .failed(let error):
            for problem in error.problems { logger.error("the web configuration stays as it was: \(problem)") }
        case .unchanged, nil: break
        }
    }

    private static func initializer(
        _ options: WebOptions, _ responder: any ScrapeResponder, _ security: WebSecurity,
        _ registry: ConnectionRegistry, _ logger: Logger
    ) -> @Sendable (any Channel) -> EventLoopFuture<Void> {
        var links = [(path: "/-/healthy", label: "Health"), (path: "/-/ready", label: "Readiness")]
        links.insert((path: options.telemetryPath.text, label: "Metrics"), at: 0)
        let router = Router(
            scrapes: responder, telemetryPath: options.telemetryPath.text,
            landingPage: LandingPage(
                title: options.name, version: options.version, summary: options.summary, links: links),
            security: security, passwords: PasswordChecker())
        let memory = ResponseMemory(limit: options.limits.responseMemory, registry: registry)
        let log = ClientLog(logger)
        return { channel in
            // A closed connection has no address any more.
            let (client, text) = (ClientAddress(channel.remoteAddress), ClientAddress.text(channel.remoteAddress))
            guard registry.admit(channel, of: client, now: .now()) else {
                return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
            }
            let handler = WebChannel(
                responder: { request, _, channel in
                    let answer = await router.respond(
                        to: request.head, from: client, arrival: registry.takeArrival(on: channel) ?? .now)
                    // The client is gone: there is nobody to answer, and nothing to tell.
                    try Task.checkCancellation()
                    if let scrape = answer.scrape { memory.begin(scrape, on: channel) }
                    defer { if let scrape = answer.scrape { memory.end(scrape, on: channel) } }
                    log.debug("\(request.method) \(request.head.path ?? "") \(answer.status.code)", client: text)
                    if let refusal = answer.refusal { log.tell(refusal.kind, "\(refusal)", client: text) }
                    try await AnswerSender.send(answer, hasBody: request.method != .head, on: channel)
                },
                limits: options.limits, security: security, registry: registry, log: log)
            return handler.setup(channel: channel, logger: logger).map { value in
                // No parent waits for it: the registry does, until the connection is closed. Then nobody wants an answer.
                let task = Task { await handler.handle(value: value, logger: logger) }
                channel.closeFuture.whenComplete { _ in task.cancel() }
            }
        }
    }
}
