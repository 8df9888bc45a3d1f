internal import NIOCore

/// Lets a client's bytes in while a request is awaited. While one is answered, what comes next stays with the kernel; after
/// the last one, it is thrown away.
///
/// NIO's HTTP decoder keeps what comes behind a request for another protocol (`Upgrade`, `CONNECT`), however much that is. It
/// stands between TLS, whose own messages go on, and that decoder.
final class RequestGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private enum State {
        case open
        /// Nothing more is read. So many bytes have come nevertheless: with the request, or before the client's end, up
        /// to which NIO reads.
        case shut(surplus: Int)
        /// That was too much: nothing more is read, and what comes nevertheless is thrown away.
        case full
        /// What comes is read, so that the kernel does not reset the connection, and thrown away.
        case discarding
    }

    /// As many bytes may come behind a request before it is answered: some requests more.
    static let surplusLimit = 64 * 1024

    /// Called when so much has come that some was thrown away, while a request is answered: what is behind it cannot be.
    var whenFull: (() -> Void)?
    private var state = State.open
    private var owesRead = false
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .open: context.fireChannelRead(data)
        case .full, .discarding: break
        case .shut(let surplus):
            let count = surplus + unwrapInboundIn(data).readableBytes
            if count > Self.surplusLimit {
                state = .full
                whenFull?()
            } else {
                state = .shut(surplus: count)
                context.fireChannelRead(data)
            }
        }
    }

    func read(context: ChannelHandlerContext) {
        switch state {
        case .shut, .full: owesRead = true
        case .open, .discarding: context.read()
        }
    }

    /// A request is to be answered.
    func shut() {
        if case .open = state { state = .shut(surplus: 0) }
    }

    /// All requests are answered that have come.
    func open() {
        if case .shut = state { leave(for: .open) }
    }

    /// No request will be answered any more.
    func discard() {
        leave(for: .discarding)
    }

    private func leave(for next: State) {
        state = next
        guard owesRead else { return }
        owesRead = false
        context?.read()
    }
}
