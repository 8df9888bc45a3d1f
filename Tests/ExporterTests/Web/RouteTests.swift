import L2TPExporterWeb
import Testing

@Suite("What is at which path")
struct RouteTests {
    private static let largeText = String(
        repeating: "l2tp_session_receive_bytes_total{tunnel_id=\"1\"} 1\n", count: 20_000)

    @Test("Metrics are served with the type that the responder gives")
    func metrics() async throws {
        let responder = StubResponder("l2tp_up 1\n")
        try await TestServer.run(responder) { _, address in
            let response = try #require(
                try await TestClient.get(
                    address, "/metrics?collect=x",
                    headers: ["Accept: application/openmetrics-text", "X-Prometheus-Scrape-Timeout-Seconds: 10"]))
            #expect(response.status == 200)
            #expect(response.text == "l2tp_up 1\n")
            #expect(response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(response.headers["content-encoding"] == nil)
            #expect(response.headers["vary"] == "Accept, Accept-Encoding")
            #expect(response.headers["connection"] == "close")
        }
        let question = try #require(responder.questions.first)
        #expect(responder.questions.count == 1)
        #expect(question.accept == "application/openmetrics-text")
        // Less what has passed since the request came.
        let timeout = try #require(question.timeout)
        #expect(timeout <= .milliseconds(9500) && timeout > .milliseconds(5000))
    }

    @Test("A body that is longer than a piece arrives as a whole, compressed or not")
    func large() async throws {
        try await TestServer.run(StubResponder(Self.largeText)) { _, address in
            let plain = try #require(try await TestClient.get(address, "/metrics"))
            #expect(plain.text == Self.largeText)
            let packed = try #require(try await TestClient.get(address, "/metrics", headers: ["Accept-Encoding: gzip"]))
            #expect(packed.headers["content-encoding"] == "gzip")
            #expect(packed.body.count < plain.body.count / 20)
            #expect(try await GzipTests.gunzip(packed.body) == plain.body)
            let refused = try await TestClient.get(address, "/metrics", headers: ["Accept-Encoding: gzip;q=0"])
            #expect(refused?.headers["content-encoding"] == nil)
        }
    }

    @Test("HEAD is answered as GET is, without the body", arguments: ["/metrics", "/", "/-/healthy", "/nothing"])
    func head(_ path: String) async throws {
        try await TestServer.run(StubResponder(Self.largeText)) { _, address in
            let get = try #require(try await TestClient.get(address, path))
            let head = try #require(try await TestClient.get(address, path, method: "HEAD"))
            #expect(head.status == get.status)
            #expect(get.headers["date"]?.hasSuffix(" GMT") == true)
            #expect(head.headers.filter { $0.key != "date" } == get.headers.filter { $0.key != "date" })
            #expect(Int(head.headers["content-length"] ?? "") == get.body.count)
            let client = try await TestClient.connect(to: address)
            try await client.send("HEAD \(path) HTTP/1.0\r\n\r\n")
            #expect(await client.remainder().hasSuffix("\r\n\r\n"))
        }
    }

    @Test("The landing page leads to the metrics, wherever they are")
    func landing() async throws {
        try await TestServer.run(StubResponder(), { $0.telemetryPath = try TelemetryPath("/l2tp'x") }) { _, address in
            let page = try #require(try await TestClient.get(address, "/"))
            #expect(page.status == 200)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("<h1>exporter &lt;test&gt;</h1>"))
            #expect(page.text.contains("<a href=\"/l2tp&#39;x\">Metrics</a>"))
            #expect(try await TestClient.get(address, "/l2tp'x")?.text == "# HELP l2tp_up Up.\n")
            #expect(try await TestClient.get(address, "/metrics")?.status == 404)
        }
    }

    @Test("Metrics may take the landing page's place")
    func root() async throws {
        try await TestServer.run(StubResponder("x 1\n"), { $0.telemetryPath = try TelemetryPath("/") }) { _, address in
            let response = try await TestClient.get(address, "/")
            #expect(response?.text == "x 1\n")
        }
    }

    @Test("Healthy means that it serves, ready that a scrape finds what it needs")
    func health() async throws {
        let responder = StubResponder()
        try await TestServer.run(responder) { _, address in
            #expect(try await TestClient.get(address, "/-/ready")?.status == 200)
            responder.readinessProblem = "cannot read x: y"
            let response = try #require(try await TestClient.get(address, "/-/ready"))
            #expect(response.status == 503)
            #expect(response.text == "Not ready: cannot read x: y\n")
            #expect(try await TestClient.get(address, "/-/healthy")?.text == "Healthy\n")
        }
    }

    @Test("Other paths and methods are refused in few words")
    func refused() async throws {
        try await TestServer.run { _, address in
            for path in ["/metrics/", "/metric", "/METRICS", "/../etc/passwd", "/-/reload"] {
                let response = try #require(try await TestClient.get(address, path))
                #expect(response.status == 404)
                #expect(response.text == "Not found. The metrics are at /metrics\n")
            }
            for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
                let response = try #require(try await TestClient.get(address, "/metrics", method: method))
                #expect(response.status == 405)
                #expect(response.headers["allow"] == "GET, HEAD")
            }
        }
    }
}
