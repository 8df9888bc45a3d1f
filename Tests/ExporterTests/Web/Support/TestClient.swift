import NIOCore
import NIOPosix
import NIOSSL

/// A connection that sends what it is told, byte by byte if need be.
final class TestClient: Sendable {
    private final class Receiver: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        let continuation: AsyncStream<ByteBuffer>.Continuation

        init(_ continuation: AsyncStream<ByteBuffer>.Continuation) {
            self.continuation = continuation
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            continuation.yield(unwrapInboundIn(data))
        }

        func channelInactive(context: ChannelHandlerContext) {
            continuation.finish()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }

    private let channel: any Channel
    private let stream: AsyncStream<ByteBuffer>

    private init(_ channel: any Channel, _ stream: AsyncStream<ByteBuffer>) {
        self.channel = channel
        self.stream = stream
    }

    /// Connects to an address as a server tells it; over TLS if there is a context.
    static func connect(
        to address: String, tls: NIOSSLContext? = nil, readsAutomatically: Bool = true
    ) async throws -> TestClient {
        let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: false)
            .channelOption(.autoRead, value: readsAutomatically)
            .channelOption(.socketOption(.so_rcvbuf), value: 16384)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls {
                        try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                    }
                    try pipeline.addHandler(Receiver(continuation))
                }
            }
        let channel: any Channel
        if address.hasPrefix("unix:") {
            channel = try await bootstrap.connect(unixDomainSocketPath: String(address.dropFirst(5))).get()
        } else {
            let colon = address.lastIndex(of: ":") ?? address.startIndex
            let host = address[..<colon].filter { $0 != "[" && $0 != "]" }
            let port = Int(address[address.index(after: colon)...]) ?? 0
            channel = try await bootstrap.connect(host: host, port: port).get()
        }
        return TestClient(channel, stream)
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    /// Sends without caring whether it arrives.
    func trySend(_ text: String) async {
        try? await send(text)
    }

    /// The next response; nil if the connection ends before it is complete.
    func response(hasBody: Bool = true) async -> TestResponse? {
        var received: [UInt8] = []
        var length: Int?
        for await buffer in stream {
            received += buffer.readableBytesView
            length = length ?? TestResponse.length(of: received, hasBody: hasBody)
            if let length, received.count >= length { return TestResponse(received, hasBody: hasBody) }
        }
        return nil
    }

    /// Whatever comes until the connection ends.
    func remainder() async -> String {
        var received = ByteBuffer()
        for await buffer in stream { received.writeImmutableBuffer(buffer) }
        return String(buffer: received)
    }

    /// What the server has presented.
    func peerCertificate() async throws -> NIOSSLCertificate? {
        try await channel.nioSSL_peerCertificate().get()
    }

    func stopReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    func closeOutput() async throws {
        try await channel.close(mode: .output).get()
    }

    func close() async {
        try? await channel.close().get()
    }

    /// One request over a connection of its own, to its end.
    static func get(
        _ address: String, _ path: String, method: String = "GET", headers: [String] = [], tls: NIOSSLContext? = nil
    ) async throws -> TestResponse? {
        let client = try await connect(to: address, tls: tls)
        let lines = ["\(method) \(path) HTTP/1.1", "Host: test", "Connection: close"] + headers + ["", ""]
        try await client.send(lines.joined(separator: "\r\n"))
        let response = await client.response(hasBody: method != "HEAD")
        await client.close()
        return response
    }
}
