internal import Glibc
internal import NIOCore
internal import NIOHTTP1

/// Refuses requests with bodies and without a host, ends connections that are to end after a response, and tells
/// ``ConnectionTimeouts`` and ``RequestGate`` where requests and responses begin and end.
final class RequestGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Why a request is not passed on.
    private struct Refusal {
        var status: HTTPResponseStatus
        var text: String
        /// Whether the text is sent: not to a request with method HEAD.
        var hasBody: Bool
    }

    /// As many requests may wait for their answers on a connection; what comes behind them is not answered.
    private static let longestPipeline = 16

    private let timeouts: ConnectionTimeouts
    private let gate: RequestGate
    private let registry: ConnectionRegistry
    /// The versions of the requests that have been passed on and not been answered.
    private var unanswered = CircularBuffer<HTTPVersion>()
    /// What comes is thrown away: a request was refused, or the connection ends.
    private var isDeaf = false
    /// A refusal that waits for the responses to requests before it.
    private var owedRefusal: Refusal?
    /// The connection ends with the response to the last request that was passed on.
    private var isLast = false

    /// A guard that works together with others in the same pipeline.
    init(timeouts: ConnectionTimeouts, gate: RequestGate, registry: ConnectionRegistry) {
        self.timeouts = timeouts
        self.gate = gate
        self.registry = registry
    }

    func handlerAdded(context: ChannelHandlerContext) {
        gate.whenFull = { self.ignoreFurtherRequests() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        gate.whenFull = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        if case .head(let head) = unwrapInboundIn(data) {
            guard unanswered.count < Self.longestPipeline else { return ignoreFurtherRequests() }
            timeouts.requestArrived()
            gate.shut()
            if let refusal = Self.refusal(of: head) {
                isDeaf = true
                owedRefusal = refusal
                if unanswered.isEmpty { refuse(context, refusal) }
                return
            }
            unanswered.append(head.version)
            registry.noteArrival(on: context.channel, at: .now)
            // NIO's decoder decodes nothing behind a request for another protocol, which may be answered in this one (RFC
            // 9110, section 7.8): that answer is the last.
            let isForAnotherProtocol = head.method == .CONNECT || head.headers.contains(name: "Upgrade")
            if !head.isKeepAlive || isForAnotherProtocol { isLast = true }
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
            if isLast, unanswered.count <= 1, owedRefusal == nil {
                head.headers.replaceOrAdd(name: "Connection", value: "close")
            } else if unanswered.first == .http1_0 {
                // It has asked for that; without being told so it would expect the end.
                head.headers.replaceOrAdd(name: "Connection", value: "keep-alive")
            }
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
        if unanswered.isEmpty, owedRefusal == nil {
            context.channel.close(promise: nil)
        } else {
            ignoreFurtherRequests()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What follows bytes that are no request cannot be read: the answer to that is the last.
        if error is HTTPParserError { isLast = true }
        context.fireErrorCaught(error)
    }

    /// The connection ends when those are answered that have come.
    private func ignoreFurtherRequests() {
        isDeaf = true
        isLast = true
    }

    private func responseSent(_ context: ChannelHandlerContext) {
        _ = unanswered.popFirst()
        timeouts.responseSent()
        guard unanswered.isEmpty else { return }
        if let owedRefusal {
            refuse(context, owedRefusal)
        } else if isLast {
            endConnection()
        } else {
            gate.open()
        }
    }

    private func refuse(_ context: ChannelHandlerContext, _ refusal: Refusal) {
        owedRefusal = nil
        isLast = true
        let headers = HTTPHeaders([
            ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "\(refusal.text.utf8.count)"),
            ("Connection", "close"), ("Date", HTTPDate.text(secondsSince1970: time(nil))),
        ])
        let head = HTTPResponseHead(version: .http1_1, status: refusal.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if refusal.hasBody {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: refusal.text)))), promise: nil)
        }
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenSuccess { self.endConnection() }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    }

    /// The last response has been sent.
    private func endConnection() {
        gate.discard()
        timeouts.lastResponseSent()
    }

    private static func refusal(of head: HTTPRequestHead) -> Refusal? {
        let hasBody = head.method != .HEAD
        if hasContent(head) {
            return Refusal(status: .payloadTooLarge, text: "Requests here have no body.\n", hasBody: hasBody)
        }
        // RFC 9112, section 3.2.
        let hosts = head.headers["Host"].count
        guard hosts == 1 || hosts == 0 && head.version != .http1_1 else {
            return Refusal(status: .badRequest, text: "A request has one Host header.\n", hasBody: hasBody)
        }
        return nil
    }

    private static func hasContent(_ head: HTTPRequestHead) -> Bool {
        if head.headers.contains(name: "Transfer-Encoding") { return true }
        return head.headers["Content-Length"].contains { $0 != "0" }
    }
}
