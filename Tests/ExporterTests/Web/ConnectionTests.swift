import Foundation
import L2TPExporterWeb
import Testing

@Suite("Clients that are slow, silent, greedy or wrong")
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
            let dripping = Task {
                while !Task.isCancelled {
                    await slow.trySend("X: y\r\n")
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            await slow.trySend("GET / HTTP/1.1\r\n")
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
            // Also long enough on a machine that is busy.
            options.limits.requestTimeout = .seconds(2)
        }
        try await TestServer.run(StubResponder(), adaptRequest) { _, address in
            let client = try await TestClient.connect(to: address)
            try await client.send(Self.request)
            #expect(await client.response() != nil)
            try await client.send("G")
            #expect(await client.remainder() == "")
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
        try await TestServer.run(StubResponder(text), adapt) { server, address in
            let client = try await TestClient.connect(to: address, readsAutomatically: false)
            try await client.send(Self.request)
            try await wait { server.connectionCount == 1 }
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

    @Test(
        "Requests with a body are refused, and the connection ends", .timeLimit(.minutes(5)),
        arguments: [
            "Content-Length: 5\r\n\r\nhello", "Content-Length: 1000000000000\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n",
        ])
    func body(_ rest: String) async throws {
        let responder = StubResponder()
        try await TestServer.run(responder) { _, address in
            let client = try await TestClient.connect(to: address)
            try await client.send("POST /metrics HTTP/1.1\r\nHost: x\r\n\(rest)")
            let answer = await client.remainder()
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.hasSuffix("Requests here have no body.\n"))
        }
        #expect(responder.questions == [])
    }

    @Test("A refusal comes after the responses to requests before it", .timeLimit(.minutes(5)))
    func pipelinedBody() async throws {
        let gate = Gate()
        try await TestServer.run(StubResponder("x 1\n", gate: gate)) { _, address in
            let client = try await TestClient.connect(to: address)
            try await client.send(Self.request + "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc" + Self.request)
            await gate.waitForArrival()
            gate.open()
            let answers = await client.remainder()
            #expect(answers.hasPrefix("HTTP/1.1 200 OK"))
            #expect(answers.contains("x 1\nHTTP/1.1 413 "))
            #expect(answers.hasSuffix("Requests here have no body.\n"))
        }
    }

    @Test("A refusal has a date, and no body for HEAD", .timeLimit(.minutes(5)), arguments: ["POST", "HEAD"])
    func refusal(_ method: String) async throws {
        try await TestServer.run { _, address in
            let client = try await TestClient.connect(to: address)
            try await client.send("\(method) /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")
            let answer = await client.remainder()
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.lowercased().contains("\r\ncontent-length: 28\r\n"))
            #expect(answer.lowercased().contains("\r\ndate: "))
            #expect(answer.hasSuffix(method == "HEAD" ? "\r\n\r\n" : "\r\n\r\nRequests here have no body.\n"))
        }
    }

    @Test(
        "HTTP/1.1 needs one Host", .timeLimit(.minutes(5)),
        arguments: [
            ("GET /metrics HTTP/1.1\r\n\r\n", 400), ("GET /metrics HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
            ("GET /metrics HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", 400), ("GET /metrics HTTP/1.0\r\n\r\n", 200),
            ("GET /metrics HTTP/1.0\r\nHost: x\r\n\r\n", 200),
            ("GET /metrics HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", 200),
        ])
    func host(_ request: String, _ status: Int) async throws {
        let responder = StubResponder()
        try await TestServer.run(responder) { _, address in
            let client = try await TestClient.connect(to: address)
            try await client.send(request)
            #expect(await client.remainder().hasPrefix("HTTP/1.1 \(status) "))
        }
        #expect(responder.questions.count == (status == 200 ? 1 : 0))
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

    @Test(
        "What is no request, or too large, is refused, and the connection ends", .timeLimit(.minutes(5)),
        arguments: [
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\r\n\r\n", "GET\r\n\r\n", "GET /metrics HTTP/9.9\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost : x\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 100_000) + "\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: x\r\n" + String(repeating: "X: y\r\n", count: 65) + "\r\n",
            "GET /metrics HTTP/1.1\r\nHost: x\r\n"
                + String(repeating: "X: \(String(repeating: "y", count: 4000))\r\n", count: 10) + "\r\n",
        ])
    func malformed(_ request: String) async throws {
        let responder = StubResponder()
        try await TestServer.run(responder) { server, address in
            let client = try await TestClient.connect(to: address)
            await client.trySend(request)
            let answer = await client.remainder()
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            try await wait { server.connectionCount == 0 }
            #expect(try await TestClient.get(address, "/-/healthy")?.status == 200)
        }
        #expect(responder.questions == [])
    }

    @Test("The limits leave room for what Prometheus sends")
    func roomy() async throws {
        try await TestServer.run { _, address in
            let headers = (0..<40).map { "X-Header-\($0): \(String(repeating: "v", count: 500))" }
            let response = try await TestClient.get(address, "/metrics", headers: headers)
            #expect(response?.status == 200)
        }
    }

    @Test("A new client gets the place of the one that has waited longest", .timeLimit(.minutes(5)))
    func tooMany() async throws {
        let gate = Gate()
        func adapt(_ options: inout WebOptions) { options.limits.connections = 3 }
        try await TestServer.run(StubResponder(gate: gate), adapt) { server, address in
            let busy = try await TestClient.connect(to: address)
            try await busy.send(Self.request)
            await gate.waitForArrival()
            let first = try await TestClient.connect(to: address)
            try await wait { server.connectionCount == 2 }
            let second = try await TestClient.connect(to: address)
            try await wait { server.connectionCount == 3 }
            let third = try await TestClient.connect(to: address)
            #expect(await first.remainder() == "")
            try await third.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await third.response()?.status == 200)
            #expect(server.connectionCount == 3)
            gate.open()
            #expect(await busy.response()?.status == 200)
            await second.close()
        }
    }

    @Test("Two hundred slow clients keep nobody out", .timeLimit(.minutes(5)))
    func manySlow() async throws {
        try await TestServer.run { server, address in
            var slow: [TestClient] = []
            for _ in 0..<200 {
                let client = try await TestClient.connect(to: address)
                await client.trySend("GET /metrics HTTP/1.1\r\nX: ")
                slow.append(client)
            }
            #expect(try await TestClient.get(address, "/metrics")?.status == 200)
            #expect(server.connectionCount <= WebLimits().connections)
            for client in slow { await client.close() }
        }
    }

    @Test("Nor do two hundred that take nothing of what they asked for", .timeLimit(.minutes(5)))
    func manyDeaf() async throws {
        // More than the kernel's buffers of both sides hold.
        let text = String(repeating: "x", count: 32 << 20)
        func adapt(_ options: inout WebOptions) { options.limits.connections = 20 }
        try await TestServer.run(StubResponder(text), adapt) { server, address in
            var deaf: [TestClient] = []
            for _ in 0..<200 {
                guard let client = try? await TestClient.connect(to: address, readsAutomatically: false) else {
                    continue
                }
                await client.trySend(Self.request)
                deaf.append(client)
            }
            // A client tries again until its place is free.
            var status: Int?
            while status == nil { status = (try? await TestClient.get(address, "/-/healthy"))??.status }
            #expect(status == 200)
            for client in deaf { await client.close() }
        }
    }

    @Test("Clients that do not read keep few different answers alive, the newest ones", .timeLimit(.minutes(5)))
    func memory() async throws {
        // More than the kernel's buffers of both sides hold.
        let text = String(repeating: "x", count: 8 << 20)
        func adapt(_ options: inout WebOptions) { options.limits.responseMemory = 20 << 20 }
        let responder = StubResponder(text, isShared: false)
        try await TestServer.run(responder, adapt) { server, address in
            var clients: [TestClient] = []
            for count in 1...6 {
                let client = try await TestClient.connect(to: address, readsAutomatically: false)
                try await client.send(Self.request)
                clients.append(client)
                try await wait { responder.questions.count == count && server.connectionCount == min(count, 2) }
            }
            #expect(try await TestClient.get(address, "/metrics")?.body.count == text.utf8.count)
            for client in clients { await client.close() }
        }
    }

    @Test("Clients that are sent the same answer cost it once", .timeLimit(.minutes(5)))
    func sharedMemory() async throws {
        let text = String(repeating: "x", count: 8 << 20)
        func adapt(_ options: inout WebOptions) { options.limits.responseMemory = 10 << 20 }
        try await TestServer.run(StubResponder(text), adapt) { server, address in
            var clients: [TestClient] = []
            for _ in 1...6 {
                let client = try await TestClient.connect(to: address, readsAutomatically: false)
                try await client.send(Self.request)
                clients.append(client)
            }
            #expect(try await TestClient.get(address, "/metrics")?.body.count == text.utf8.count)
            #expect(server.connectionCount >= 6)
            for client in clients { await client.close() }
        }
    }

    @Test("Clients that ask for more before they have got it keep nobody out", .timeLimit(.minutes(5)))
    func pipelining() async throws {
        let gate = Gate()
        func adapt(_ options: inout WebOptions) { options.limits.connections = 2 }
        try await TestServer.run(StubResponder(gate: gate), adapt) { _, address in
            var greedy: [TestClient] = []
            for _ in 0..<2 {
                let client = try await TestClient.connect(to: address)
                try await client.send(Self.request + Self.request)
                await gate.waitForArrival()
                greedy.append(client)
            }
            #expect(try await TestClient.get(address, "/-/healthy")?.status == 200)
            #expect(await greedy[0].remainder() == "")
            gate.open()
            await greedy[1].close()
        }
    }

    @Test("If no connection waits for its client, one more is turned away", .timeLimit(.minutes(5)))
    func allBusy() async throws {
        let gate = Gate()
        func adapt(_ options: inout WebOptions) { options.limits.connections = 1 }
        try await TestServer.run(StubResponder(gate: gate), adapt) { _, address in
            let busy = try await TestClient.connect(to: address)
            try await busy.send(Self.request)
            await gate.waitForArrival()
            let other = try await TestClient.connect(to: address)
            #expect(await other.remainder() == "")
            gate.open()
            #expect(await busy.response()?.status == 200)
        }
    }
}
