internal import NIOCore

/// Tells why a TLS handshake has failed. Stands behind the handler of TLS, whose errors it sees.
final class HandshakeWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let first: PlainRequestRefusal
    private let timeouts: ConnectionTimeouts
    private let log: ClientLog
    /// A closed connection has none any more.
    private var client = ""
    private var isTold = false

    /// A handler that works together with those before TLS.
    init(after first: PlainRequestRefusal, timeouts: ConnectionTimeouts, log: ClientLog) {
        self.first = first
        self.timeouts = timeouts
        self.log = log
    }

    func channelActive(context: ChannelHandlerContext) {
        client = ClientAddress.text(context.remoteAddress)
        context.fireChannelActive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !isTold, !first.isPlain, let failure = HandshakeFailure(error) {
            isTold = true
            if timeouts.isAborted {
                log.debug("a client has given place to another before the TLS handshake", client: client)
            } else if failure.isEnd, !first.hasBytes {
                // Mostly somebody who only looks whether the port is open.
                log.debug("a client has gone before the TLS handshake", client: client)
            } else {
                log.tell(
                    failure.isEnd ? .handshakeEnd : .handshake(name: failure.name),
                    "a TLS handshake has failed: \(failure.reason)", client: client)
            }
        }
        context.fireErrorCaught(error)
    }
}
