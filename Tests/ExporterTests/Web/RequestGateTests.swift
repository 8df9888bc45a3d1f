import NIOCore
import NIOEmbedded
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

    @Test("What has come with the request goes on; more than that ends the connection")
    func surplus() throws {
        #expect(try arrives(100_000) == 100_000)
        gate.shut()
        #expect(try arrives(RequestGate.surplusLimit - 1) == RequestGate.surplusLimit - 1)
        #expect(try arrives(1) == 1)
        gate.open()
        #expect(try arrives(100_000) == 100_000)
        gate.shut()
        #expect(channel.isActive)
        #expect(try arrives(RequestGate.surplusLimit + 1) == 0)
        #expect(!channel.isActive)
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
        "Behind a request for another protocol nothing is kept; it is answered in this one", .timeLimit(.minutes(1)),
        arguments: [
            ("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", 200),
            ("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close, upgrade\r\nUpgrade: x\r\n\r\n", 200),
            ("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        ])
    func otherProtocol(_ request: String, _ status: Int) async throws {
        try await TestServer.run { server, address in
            let client = try await TestClient.connect(to: address)
            try await client.send(request)
            // The server reads on for a moment, and keeps nothing of it.
            let flood = String(repeating: "x", count: 1 << 20)
            let flooding = Task { for _ in 0..<64 { await client.trySend(flood) } }
            let response = try #require(await client.response())
            #expect(response.status == status)
            #expect(response.headers["connection"] == "close")
            #expect(await client.remainder() == "")
            await flooding.value
            while server.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
    }
}
