internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import NIOSSL

/// A connection's pipeline: time limits, TLS as it is configured at that moment, HTTP/1.1 with limits of size, and
/// Hummingbird's loop over the requests.
struct WebChannel: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// Answers requests.
    let responder: Responder
    /// What clients may cost.
    let limits: WebLimits
    /// Whether TLS is spoken, and how.
    let security: WebSecurity
    /// Where the connection is counted.
    let registry: ConnectionRegistry
    /// Is told of clients that get nothing.
    let log: ClientLog

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let timeouts = ConnectionTimeouts(limits: limits, registry: registry)
            try pipeline.addHandler(timeouts)
            if let tls = security.current.tls {
                let first = PlainRequestRefusal(timeouts: timeouts, log: log)
                try pipeline.addHandler(first)
                try pipeline.addHandler(NIOSSLServerHandler(context: tls))
                try pipeline.addHandler(HandshakeWatch(after: first, timeouts: timeouts, log: log))
            }
            let gate = RequestGate()
            try pipeline.addHandler(gate)
            var sizes = NIOHTTPDecoderLimitConfiguration()
            sizes.maxHeaderFieldSize = limits.headerFieldSize
            sizes.maxHeaderListSize = limits.headerListSize
            sizes.maxHeaderFieldCount = limits.headerFieldCount
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: HTTPResponseEncoder.Configuration(), withDecoderLimitConfiguration: sizes)
            try pipeline.addHandler(RequestGuard(timeouts: timeouts, gate: gate, registry: registry))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: security.current.tls != nil))
            // A client that has said all it will may still be answered.
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}
