internal import NIOCore
internal import NIOHTTP1

/// Refuses request bodies, ends connections that are to end after a response, and tells ``ConnectionTimeouts`` where
/// requests and responses begin and end.
final class RequestGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private static let refusal = Array("Requests here have no body.\n".utf8)

    private let timeouts: ConnectionTimeouts
    private let registry: ConnectionRegistry
    /// Requests that have been passed on and not been answered.
    private var unanswered = 0
    /// What comes is thrown away: a request was refused, or the connection ends.
    private var isDeaf = false
    /// A refusal waits for the responses to requests before it.
    private var owesRefusal = false
    /// The connection ends with the response to the last request that was passed on.
    private var isLast = false

    /// A guard that works together with a handler in the same pipeline.
    init(timeouts: ConnectionTimeouts, registry: ConnectionRegistry) {
        self.timeouts = timeouts
        self.registry = registry
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        if case .head(let head) = unwrapInboundIn(data) {
            timeouts.requestArrived()
            guard !Self.hasBody(head) else {
                isDeaf = true
                owesRefusal = true
                if unanswered == 0 { refuse(context) }
                return
            }
            unanswered += 1
            if !head.isKeepAlive { isLast = true }
        } else if case .end = unwrapInboundIn(data), isLast {
            isDeaf = true
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            // The event that says so may still be on its way.
            if registry.isDraining { isLast = true }
            if isLast, unanswered <= 1, !owesRefusal { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            let promise = promise ?? context.eventLoop.makePromise()
            promise.futureResult.assumeIsolated().whenSuccess { self.responseSent(context) }
            context.write(data, promise: promise)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        if unanswered == 0, !owesRefusal {
            context.channel.close(promise: nil)
        } else {
            isDeaf = true
            isLast = true
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What follows bytes that are no request cannot be read: the answer to that is the last.
        if error is HTTPParserError { isLast = true }
        context.fireErrorCaught(error)
    }

    private func responseSent(_ context: ChannelHandlerContext) {
        unanswered = max(0, unanswered - 1)
        timeouts.responseSent()
        guard unanswered == 0 else { return }
        if owesRefusal {
            refuse(context)
        } else if isLast {
            timeouts.lastResponseSent()
        }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        owesRefusal = false
        isLast = true
        let headers = HTTPHeaders([
            ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "\(Self.refusal.count)"),
            ("Connection", "close"),
        ])
        let head = HTTPResponseHead(version: .http1_1, status: .payloadTooLarge, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: Self.refusal)))), promise: nil)
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenSuccess { self.timeouts.lastResponseSent() }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    }

    private static func hasBody(_ head: HTTPRequestHead) -> Bool {
        if head.headers.contains(name: "Transfer-Encoding") { return true }
        return head.headers["Content-Length"].contains { $0 != "0" }
    }
}
