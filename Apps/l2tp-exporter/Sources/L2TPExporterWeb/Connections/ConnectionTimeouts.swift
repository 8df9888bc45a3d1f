internal import NIOCore

/// Closes a connection that takes too long. First in the pipeline: it sees every byte, of the TLS handshake too, and when
/// bytes have left for the client.
final class ConnectionTimeouts: ChannelDuplexHandler {
    /// Closes the connection at once. Closing the channel would first take leave from the client by TLS, and wait for its answer.
    struct Abortion: Sendable {}

    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    /// Whether the server has closed the connection at once.
    private(set) var isAborted = false
    private let registry: ConnectionRegistry
    private var state: ConnectionState
    private var context: ChannelHandlerContext?
    private var timer: (deadline: NIODeadline, scheduled: Scheduled<Void>)?

    /// A handler for a connection that is just opened.
    init(limits: WebLimits, registry: ConnectionRegistry) {
        self.registry = registry
        state = ConnectionState(limits: limits, now: .now())
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        schedule()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.scheduled.cancel()
        timer = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        change { state, now in state.bytesArrived(now: now) }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is Abortion {
            isAborted = true
            return context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let promise = promise ?? context.eventLoop.makePromise()
        change { state, now in state.writeBegan(now: now) }
        promise.futureResult.assumeIsolated().whenComplete { _ in
            self.change { state, now in state.writeEnded(now: now) }
        }
        context.write(data, promise: promise)
    }

    /// A request's head is complete.
    func requestArrived() {
        change { state, now in state.requestArrived(now: now) }
    }

    /// A response has left for the client.
    func responseSent() {
        change { state, now in state.responseSent(now: now) }
    }

    /// The last response has left: the server's side ends now, the connection when the client has read it.
    func lastResponseSent() {
        linger()
        context?.channel.close(mode: .output, promise: nil)
    }

    /// The server's side is about to end, the connection when the client has read what was sent.
    func linger() {
        change { state, now in state.lastResponseSent(now: now) }
    }

    private func change(_ body: (inout ConnectionState, NIODeadline) -> Void) {
        let now = NIODeadline.now()
        let before = state.waitingSince
        body(&state, now)
        if let context, state.waitingSince != before {
            registry.note(context.channel, waitingSince: state.waitingSince)
        }
        schedule()
    }

    /// A timer that fires too early is put off then; only one that would fire too late is replaced.
    private func schedule() {
        guard let context else { return }
        if let timer {
            guard state.deadline < timer.deadline else { return }
            timer.scheduled.cancel()
        }
        let deadline = state.deadline
        let scheduled = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.timer = nil
            if self.state.deadline <= .now() {
                self.context?.close(promise: nil)
            } else {
                self.schedule()
            }
        }
        timer = (deadline, scheduled)
    }
}
