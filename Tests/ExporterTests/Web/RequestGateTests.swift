import NIOCore
import NIOEmbedded
import SystemPackage
import Testing

@testable import L2TPExporterWeb

@Suite("What clients send that nobody waits for")
struct RequestGateTests {
    /// Counts what the kernel is asked for.
    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    private let channel = EmbeddedChannel()
    private let reads = ReadCounter()
    private let gate = RequestGate()

    init() throws {
        try channel.pipeline.syncOperations.addHandlers([reads, gate])
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 1)).wait()
        reads.count = 0
    }

    private func arrives(_ count: Int) throws -> Int {
        try channel.writeInbound(ByteBuffer(repeating: 0, count: count))
        return try channel.readInbound(as: ByteBuffer.self)?.readableBytes ?? 0
    }

    @Test("While a request is answered nothing more is read, and what was asked for meanwhile is read afterwards")
    func backpressure() throws {
        channel.read()
        #expect(reads.count == 1)
        gate.shut()
        channel.read()
        channel.read()
        #expect(reads.count == 1)
        gate.open()
        #expect(reads.count == 2)
        channel.read()
        #expect(reads.count == 3)
    }

    @Test("What has come with the request goes on; of more than that nothing, until the connection ends")
    func surplus() throws {
        var fullCount = 0
        gate.whenFull = { fullCount += 1 }
        #expect(try arrives(100_000) == 100_000)
        gate.shut()
        #expect(try arrives(RequestGate.surplusLimit - 1) == RequestGate.surplusLimit - 1)
        #expect(try arrives(1) == 1)
        gate.open()
        #expect(try arrives(100_000) == 100_000)
        gate.shut()
        #expect(try arrives(RequestGate.surplusLimit) == RequestGate.surplusLimit)
        #expect(fullCount == 0)
        for _ in 0..<3 { #expect(try arrives(1) == 0) }
        #expect(fullCount == 1)
        gate.open()
        #expect(try arrives(1) == 0)
        let readCount = reads.count
        channel.read()
        #expect(reads.count == readCount)
        gate.discard()
        #expect(reads.count == readCount + 1)
        #expect(channel.isActive)
    }

    @Test("After the last response what comes is read and thrown away, however much it is")
    func discarding() throws {
        gate.shut()
        channel.read()
        gate.discard()
        #expect(reads.count == 1)
        for _ in 0..<100 { #expect(try arrives(100_000) == 0) }
        gate.open()
        gate.shut()
        #expect(try arrives(1) == 0)
        #expect(channel.isActive)
    }

    @Test(
        "While an answer is owed the kernel keeps what comes; after the last one it is read, and kept by nobody",
        .timeLimit(.minutes(5)),
        arguments: [
            "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close, upgrade\r\nUpgrade: x\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        ], [false, true])
    func flood(_ request: String, _ isEncrypted: Bool) async throws {
        try await TestServer.withFolder { folder in
            for name in ["server.pem", "server.key"] { try TestServer.copy(name, to: folder.appending(name)) }
            let file = folder.appending("web.yml")
            let tls = "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n"
            try TestServer.write(isEncrypted ? tls : "", to: file)
            let hold = Gate()
            try await TestServer.run(StubResponder("x 1\n", gate: hold), { $0.configurationFile = file }) {
                server, address in
                let client = try await TestClient.connect(
                    to: address, tls: isEncrypted ? try TestServer.clientTLS() : nil)
                try await client.send(request)
                await hold.waitForArrival()
                // More than the kernel's buffers of both sides hold.
                let flood = String(repeating: "x", count: 1 << 20)
                let sent = Recorder<Int>()
                let flooding = Task {
                    for index in 0..<64 {
                        try await client.send(flood)
                        sent.add(index)
                    }
                }
                try await Task.sleep(for: .milliseconds(300))
                #expect(sent.elements.count < 64)
                hold.open()
                let response = try #require(await client.response())
                #expect(response.text == "x 1\n")
                #expect(response.headers["connection"] == "close")
                _ = await client.remainder()
                _ = await flooding.result
                while server.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
            }
        }
    }

    @Test("A request for another server is answered as one that is not known, and is the last", .timeLimit(.minutes(5)))
    func connect() async throws {
        try await TestServer.run { _, address in
            let client = try await TestClient.connect(to: address)
            try await client.send("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n" + String(repeating: "x", count: 100_000))
            let answer = await client.remainder()
            #expect(answer.hasPrefix("HTTP/1.1 404 "))
            #expect(answer.contains("onnection: close\r\n"))
        }
    }

    @Test("Of many requests that come together sixteen are answered, and the connection ends", .timeLimit(.minutes(5)))
    func pipeline() async throws {
        let hold = Gate()
        let responder = StubResponder("x 1\n", gate: hold)
        try await TestServer.run(responder) { _, address in
            let client = try await TestClient.connect(to: address)
            try await client.send(String(repeating: "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", count: 1000))
            await hold.waitForArrival()
            hold.open()
            let answers = await client.remainder()
            #expect(answers.ranges(of: "HTTP/1.1 200 OK").count == 16)
            #expect(answers.ranges(of: "onnection: close").count == 1)
            #expect(answers.hasSuffix("x 1\n"))
        }
        #expect(responder.questions.count == 16)
    }

    @Test("Who sends too much behind a request is answered nevertheless", .timeLimit(.minutes(5)))
    func tooMuch() async throws {
        let hold = Gate()
        try await TestServer.run(StubResponder("x 1\n", gate: hold)) { server, address in
            let client = try await TestClient.connect(to: address)
            let request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
            try await client.send(request)
            await hold.waitForArrival()
            try await client.send(
                request + "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"
                    + String(repeating: "x", count: 200_000))
            // Now the server reads to the end.
            try await client.closeOutput()
            hold.open()
            #expect(await client.remainder().hasPrefix("HTTP/1.1 200 OK"))
            while server.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
    }
}
