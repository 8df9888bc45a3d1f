import L2TPExporterWeb
import Logging
import ServiceLifecycle
import SystemPackage
import Testing

@Suite("Shutting down")
struct ShutdownTests {
    private static let request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test("Idle connections end at once, what has begun is answered to its end", .timeLimit(.minutes(5)))
    func drains() async throws {
        let gate = Gate()
        // More than the kernel's buffers hold: it is sent while the server shuts down.
        let text = String(repeating: "x", count: 32 << 20)
        let server = try await WebServer.start(
            TestServer.options, responder: StubResponder(text, gate: gate), logger: TestServer.logger)
        let address = server.addresses[0]
        let busy = try await TestClient.connect(to: address)
        try await busy.send(Self.request)
        await gate.waitForArrival()
        let idle = try await TestClient.connect(to: address)
        async let end: Void = server.shutDown()
        #expect(await idle.remainder() == "")
        gate.open()
        let response = try #require(await busy.response())
        #expect(response.headers["connection"] == "close")
        #expect(response.body.count == text.utf8.count)
        #expect(await busy.remainder() == "")
        await end
        #expect(server.connectionCount == 0)
    }

    @Test("What does not end in time is ended", .timeLimit(.minutes(5)))
    func bounded() async throws {
        let gate = Gate()
        var options = TestServer.options
        options.limits.drainTimeout = .milliseconds(200)
        let server = try await WebServer.start(options, responder: StubResponder(gate: gate), logger: TestServer.logger)
        let busy = try await TestClient.connect(to: server.addresses[0])
        try await busy.send(Self.request)
        await gate.waitForArrival()
        await server.shutDown()
        #expect(await busy.remainder() == "")
        gate.open()
    }

    @Test("A service group shuts it down; so does cancelling", .timeLimit(.minutes(5)), arguments: [true, false])
    func service(_ isGraceful: Bool) async throws {
        let server = try await WebServer.start(
            TestServer.options, responder: StubResponder(), logger: TestServer.logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [server], logger: TestServer.logger))
        let running = Task { try await group.run() }
        #expect(try await TestClient.get(server.addresses[0], "/-/healthy")?.status == 200)
        if isGraceful { await group.triggerGracefulShutdown() } else { running.cancel() }
        _ = await running.result
        await #expect(throws: (any Error).self) { try await TestClient.get(server.addresses[0], "/-/healthy") }
    }

    @Test("While it runs, changes of the configuration are seen", .timeLimit(.minutes(5)))
    func watches() async throws {
        try await TestServer.withFolder { folder in
            let file = folder.appending("web.yml")
            try TestServer.write("", to: file)
            var options = TestServer.options
            options.configurationFile = file
            options.configurationInterval = .milliseconds(20)
            let server = try await WebServer.start(options, responder: StubResponder(), logger: TestServer.logger)
            let running = Task { await server.run() }
            #expect(try await TestClient.get(server.addresses[0], "/")?.status == 200)
            try TestServer.write("basic_auth_users:\n  me: \(AuthenticationTests.secret)\n", to: file)
            while try await TestClient.get(server.addresses[0], "/")?.status != 401 {}
            running.cancel()
            await running.value
        }
    }
}
