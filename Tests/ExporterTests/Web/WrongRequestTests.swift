import Foundation
import L2TPExporterWeb
import Testing

@Suite("Requests that are wrong")
struct WrongRequestTests {
    private static let request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"

    /// Waits until a condition holds; the time limit of the suite ends it otherwise.
    private func wait(until condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(5)) }
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
}
