import Foundation
import L2TPExporterWeb
import Testing

@Suite("Clients that are slow or silent")
struct ConnectionTests {
    private static let request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"

    /// Waits until a condition holds; the time limit of the suite ends it otherwise.
    private func wait(until condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test("One connection serves many requests, also such as come together", .timeLimit(.minutes(5)))
    func keepAlive() async throws {
        try await TestServer.run { _, address in
            let client = try await TestClient.connect(to: address)
            for _ in 0..<3 {
                try await client.send(Self.request)
                let response = try #require(await client.response())
                #expect(response.status == 200)
                #expect(response.headers["connection"] == nil)
            }
            let last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            try await client.send(Self.request + Self.request + last)
            let answers = await client.remainder()
            #expect(answers.components(separatedBy: "HTTP/1.1 200 OK").count == 4)
            #expect(
                answers.components(separatedBy: "connection: close").count
                    + answers.components(separatedBy: "Connection: close").count == 3)
        }
    }

    @Test("The server ends the connection after a request that says so, or is HTTP/1.0", .timeLimit(.minutes(5)))
    func close() async throws {
        try await TestServer.run { _, address in
            for request in ["GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"] {
                let client = try await TestClient.connect(to: address)
                try await client.send(request)
                #expect(await client.remainder().contains("</html>"))
            }
            let client = try await TestClient.connect(to: address)
            try await client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            // Without that header it would expect the end.
            let response = try #require(await client.response())
            #expect(response.status == 200)
            #expect(response.headers["connection"] == "keep-alive")
            try await client.send("GET / HTTP/1.0\r\n\r\n")
            let last = await client.remainder()
            #expect(last.contains("</html>"))
            #expect(!last.contains("keep-alive"))
        }
    }

    @Test("Who does not send a whole request in time is left", .timeLimit(.minutes(5)))
    func slowRequest() async throws {
        try await TestServer.run(StubResponder(), { $0.limits.requestTimeout = .milliseconds(300) }) {
            server, address in
            let silent = try await TestClient.connect(to: address)
            let slow = try await TestClient.connect(to: address)
            await slow.trySend("GET / HTTP/1.1\r\n")
            let dripping = Task {
                while !Task.isCancelled {
                    await slow.trySend("X: y\r\n")
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            #expect(await silent.remainder() == "")
            #expect(await slow.remainder() == "")
            dripping.cancel()
            try await wait { server.connectionCount == 0 }
        }
    }

    @Test("An idle connection ends; a request that has begun on it has to come in time", .timeLimit(.minutes(5)))
    func idle() async throws {
        func adapt(_ options: inout WebOptions) {
            options.limits.idleTimeout = .milliseconds(200)
            options.limits.requestTimeout = .seconds(3600)
        }
        try await TestServer.run(StubResponder(), adapt) { _, address in
            let client = try await TestClient.connect(to: address)
            try await client.send(Self.request)
            #expect(await client.response() != nil)
            #expect(await client.remainder() == "")
        }
        func adaptRequest(_ options: inout WebOptions) {
            options.limits.idleTimeout = .seconds(3600)
            options.limits.requestTimeout = .seconds(2)
        }
        try await TestServer.run(StubResponder(), adaptRequest) { _, address in
            // Where a machine stands still the first request may not be there in time either.
            for _ in 1...20 {
                let client = try await TestClient.connect(to: address)
                await client.trySend(Self.request)
                guard await client.response() != nil else { continue }
                try await client.send("G")
                #expect(await client.remainder() == "")
                return
            }
            Issue.record("no request was answered")
        }
    }

    @Test("Who says no more is still answered; who says nothing at all is left", .timeLimit(.minutes(5)))
    func halfClosed() async throws {
        try await TestServer.run { server, address in
            let asking = try await TestClient.connect(to: address)
            try await asking.send(Self.request)
            try await asking.closeOutput()
            #expect(await asking.response()?.status == 200)
            let silent = try await TestClient.connect(to: address)
            try await silent.closeOutput()
            #expect(await silent.remainder() == "")
            let partial = try await TestClient.connect(to: address)
            try await partial.send("GET / HT")
            try await partial.closeOutput()
            _ = await partial.remainder()
            try await wait { server.connectionCount == 0 }
        }
    }

    @Test("Who does not read the response is left", .timeLimit(.minutes(5)))
    func slowReader() async throws {
        // More than the kernel's buffers of both sides hold.
        let text = String(repeating: "x", count: 32 << 20)
        func adapt(_ options: inout WebOptions) {
            options.limits.writeTimeout = .milliseconds(300)
        }
        let responder = StubResponder(text)
        try await TestServer.run(responder, adapt) { server, address in
            let client = try await TestClient.connect(to: address, readsAutomatically: false)
            try await client.send(Self.request)
            try await wait { responder.questions.count == 1 }
            try await wait { server.connectionCount == 0 }
            await client.close()
        }
    }

    @Test("A response that takes too long in all is given up", .timeLimit(.minutes(5)))
    func slowResponse() async throws {
        let gate = Gate()
        func adapt(_ options: inout WebOptions) {
            options.limits.responseTimeout = .milliseconds(300)
        }
        try await TestServer.run(StubResponder(gate: gate), adapt) { _, address in
            let client = try await TestClient.connect(to: address)
            try await client.send(Self.request)
            #expect(await client.remainder() == "")
            gate.open()
        }
    }

    @Test("A request waits from its arrival on, not from when its turn has come", .timeLimit(.minutes(5)))
    func arrival() async throws {
        let gate = Gate()
        let responder = StubResponder("x 1\n", gate: gate)
        try await TestServer.run(responder) { _, address in
            let request = "GET /metrics HTTP/1.1\r\nHost: x\r\nX-Prometheus-Scrape-Timeout-Seconds: 10\r\n\r\n"
            let client = try await TestClient.connect(to: address)
            try await client.send(request + request)
            await gate.waitForArrival()
            let start = ContinuousClock.now
            while ContinuousClock.now - start < .milliseconds(200) { try await Task.sleep(for: .milliseconds(10)) }
            gate.open()
            #expect(await client.response()?.status == 200)
            await client.close()
        }
        try #require(responder.questions.count == 2)
        let timeouts = responder.questions.compactMap(\.timeout)
        #expect(timeouts[1] <= .milliseconds(9300))
        #expect(timeouts[0] > timeouts[1])
    }
}
