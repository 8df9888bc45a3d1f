internal import NIOCore

/// What a connection is waiting for, and until when: a function of what has happened to it, without input or output.
struct ConnectionState {
    /// What it is waiting for.
    private enum Phase {
        /// The first byte of a request after another.
        case idle
        /// The rest of a request; for the first one, also the handshake and the first byte.
        case request
        /// The response.
        case response
        /// The client's end, after the last response.
        case linger
    }

    /// A client that reads takes something at least so often.
    private static let patience = TimeAmount.seconds(1)

    private let limits: WebLimits
    private var phase = Phase.request
    private var phaseStart: NIODeadline
    private var requests = 0
    /// Bytes have come since the last complete head: the next request has begun.
    private var hasPartialHead = false
    private var unwritten = 0
    private var lastWrite: NIODeadline

    /// A connection that is just opened.
    init(limits: WebLimits, now: NIODeadline) {
        self.limits = limits
        phaseStart = now
        lastWrite = now
    }

    /// Since when it waits for its client: for a request, or to take more of the response, which it should have done by
    /// then. Nil while the client waits, which one does not that has sent its next request already: it would never cease.
    var waitingSince: NIODeadline? {
        guard phase == .response, requests <= 1 else { return phaseStart }
        return unwritten > 0 ? lastWrite + Self.patience : nil
    }

    /// When it is to be closed, if nothing happens until then.
    var deadline: NIODeadline {
        switch phase {
        case .idle: phaseStart + TimeAmount(limits.idleTimeout)
        case .request: phaseStart + TimeAmount(limits.requestTimeout)
        case .linger: phaseStart + TimeAmount(limits.lingerTimeout)
        case .response:
            unwritten == 0
                ? phaseStart + TimeAmount(limits.responseTimeout)
                : min(phaseStart + TimeAmount(limits.responseTimeout), lastWrite + TimeAmount(limits.writeTimeout))
        }
    }

    /// Bytes have come, of whatever.
    mutating func bytesArrived(now: NIODeadline) {
        hasPartialHead = true
        if phase == .idle { enter(.request, now) }
    }

    /// A request's head is complete.
    mutating func requestArrived(now: NIODeadline) {
        hasPartialHead = false
        requests += 1
        if phase == .idle || phase == .request { enter(.response, now) }
    }

    /// A response has left for the client.
    mutating func responseSent(now: NIODeadline) {
        requests = max(0, requests - 1)
        guard phase == .response else { return }
        enter(requests > 0 ? .response : hasPartialHead ? .request : .idle, now)
    }

    /// The last response has left; the connection ends when the client has read it.
    mutating func lastResponseSent(now: NIODeadline) {
        enter(.linger, now)
    }

    /// Bytes are to be sent.
    mutating func writeBegan(now: NIODeadline) {
        if unwritten == 0 { lastWrite = now }
        unwritten += 1
    }

    /// Some of them have left.
    mutating func writeEnded(now: NIODeadline) {
        unwritten -= 1
        lastWrite = now
    }

    private mutating func enter(_ phase: Phase, _ now: NIODeadline) {
        self.phase = phase
        phaseStart = now
    }
}
