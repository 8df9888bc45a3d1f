internal import NIOCore

/// Tells a client that speaks HTTP where TLS is spoken what is wrong, and ends the connection.
///
/// It looks at the first byte alone: a TLS connection begins with a record of the handshake, a request with a letter. The
/// request is not read, and what comes after it is thrown away.
final class PlainRequestRefusal: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let response: ByteBuffer = {
        let text = "This port speaks TLS: the address begins with https://, in Prometheus scheme: https\n"
        let head = [
            "HTTP/1.0 400 Bad Request", "Content-Type: text/plain; charset=utf-8", "Content-Length: \(text.utf8.count)",
            "Connection: close", "", "",
        ]
        return ByteBuffer(string: head.joined(separator: "\r\n") + text)
    }()

    private let timeouts: ConnectionTimeouts
    private let log: ClientLog
    /// Whether the client has sent anything.
    private(set) var hasBytes = false
    /// Whether it has sent a request without TLS.
    private(set) var isPlain = false

    /// A handler that stands before that of TLS.
    init(timeouts: ConnectionTimeouts, log: ClientLog) {
        self.timeouts = timeouts
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isPlain else { return }
        if !hasBytes, let first = unwrapInboundIn(data).readableBytesView.first {
            hasBytes = true
            isPlain = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first)
        }
        guard isPlain else { return context.fireChannelRead(data) }
        log.tell(
            .plainRequest, "a client speaks HTTP without TLS, which is spoken here: it needs https://",
            client: ClientAddress.text(context.remoteAddress))
        context.writeAndFlush(wrapOutboundOut(Self.response)).assumeIsolated().whenComplete { _ in
            // From here, for TLS would first take leave. What is not read yet would make the kernel reset the connection.
            self.timeouts.linger()
            context.close(mode: .output, promise: nil)
        }
    }
}
