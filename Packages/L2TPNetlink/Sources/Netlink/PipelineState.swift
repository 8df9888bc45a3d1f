internal import SystemPackage

/// The requests of a pipeline: which are under way, and what became of the others. Without input or output.
struct PipelineState {
    /// Where a request stands.
    private enum Progress {
        case waiting
        case inFlight(charge: Int, failure: NetlinkError?)
        case ended(RequestOutcome)
    }

    private var requests: [Progress]
    private let end: RequestEnd
    private let firstSequence: UInt32
    private let portID: UInt32
    private let replyCharge: Int
    private var budget: Int
    /// The first request that was neither sent nor put into the datagram.
    private var nextIndex = 0
    /// The first that was not sent.
    private var firstUnsent = 0
    private(set) var inFlightCount = 0
    private var charged = 0
    private var lossCount = 0

    /// Losses after which no more is sent: something other than the size of the answers must be the reason.
    private static let lossLimit = 64

    /// Requests whose numbers follow `sequence`.
    init(count: Int, end: RequestEnd, sequence: UInt32, portID: UInt32, replyByteCount: Int, budget: Int) {
        requests = Array(repeating: .waiting, count: count)
        self.end = end
        firstSequence = sequence &+ 1
        self.portID = portID
        replyCharge = ReceiveBudget.charge(for: replyByteCount)
        self.budget = budget
    }

    // MARK: Sending

    /// The request to be built next; nil if there is none.
    var next: Int? { nextIndex < requests.count ? nextIndex : nil }

    /// The number of a request.
    func sequence(of index: Int) -> UInt32 { firstSequence &+ UInt32(truncatingIfNeeded: index) }

    /// Whether the answer to one more request of so many bytes fits the receive buffer. One request is always
    /// under way, however small the buffer is.
    func hasRoom(forAnswerTo byteCount: Int) -> Bool {
        inFlightCount == 0 || charged + charge(for: byteCount) <= budget
    }

    private func charge(for byteCount: Int) -> Int {
        let acknowledgement = ReceiveBudget.chargeForAcknowledgement(of: byteCount)
        return end == .reply ? max(acknowledgement, replyCharge) : acknowledgement + replyCharge
    }

    /// Notes that the next request, of so many bytes, is in the datagram.
    mutating func took(_ byteCount: Int) {
        let charge = charge(for: byteCount)
        requests[nextIndex] = .inFlight(charge: charge, failure: nil)
        charged += charge
        inFlightCount += 1
        nextIndex += 1
    }

    /// Ends the next request without sending it.
    mutating func skip(_ outcome: RequestOutcome) {
        requests[nextIndex] = .ended(outcome)
        nextIndex += 1
    }

    /// Notes that the datagram was sent.
    mutating func sent() {
        firstUnsent = nextIndex
    }

    // MARK: Receiving

    /// Whether everything has ended.
    var isFinished: Bool { inFlightCount == 0 && nextIndex == requests.count }

    /// Whether answers must be taken before more is sent.
    var mustReceive: Bool { inFlightCount > 0 && (nextIndex == requests.count || charged > budget / 2) }

    /// Takes one message: an answer to a request under way, or nothing.
    mutating func take(
        _ message: borrowing NetlinkMessage,
        _ reply: (Int, borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        let header = message.header
        guard header.portID == portID else { return }
        let index = Int(header.sequence &- firstSequence)
        guard index < requests.count, case .inFlight(let charge, let failure) = requests[index] else { return }
        switch header.type {
        case .noOperation:
            return
        case .overrun:
            throw NetlinkError(.receive, .noBufferSpace)
        case .error:
            finish(index, failure ?? Self.error(in: message))
        default:
            var failure = failure
            do throws(NetlinkError) {
                try reply(index, message)
            } catch {
                failure = failure ?? error
            }
            if end == .reply {
                finish(index, failure)
            } else {
                requests[index] = .inFlight(charge: charge, failure: failure)
            }
        }
    }

    /// What an acknowledgement refuses with; where it cannot be read, that.
    private static func error(in message: borrowing NetlinkMessage) -> NetlinkError? {
        do throws(NetlinkError) {
            return try Acknowledgement(message).error
        } catch {
            return error
        }
    }

    private mutating func finish(_ index: Int, _ failure: NetlinkError?) {
        end(index, failure.map { .failed($0) } ?? .succeeded)
    }

    private mutating func end(_ index: Int, _ outcome: RequestOutcome) {
        if case .inFlight(let charge, _) = requests[index] {
            charged -= charge
            inFlightCount -= 1
        }
        requests[index] = .ended(outcome)
    }

    // MARK: Losses

    /// Whether other answers can still be received after this error.
    func survives(_ error: NetlinkError) -> Bool {
        lossCount < Self.lossLimit && (error.operation == .parse || error.errno == .noBufferSpace)
    }

    /// Everything under way is lost; what waits is still to be sent, fewer at a time.
    mutating func lose(_ loss: NetlinkError) {
        lossCount += 1
        budget /= 2
        for index in requests.indices[..<nextIndex] { endUnanswered(index, .unknown(loss)) }
    }

    /// Everything under way is lost, and nothing more is sent.
    mutating func giveUp(_ error: NetlinkError) {
        for index in requests.indices[..<nextIndex] { endUnanswered(index, .unknown(error)) }
        for index in requests.indices[nextIndex...] { endUnanswered(index, .notSent(error)) }
        nextIndex = requests.count
    }

    /// The datagram could not be sent, and nothing more is.
    mutating func giveUp(unsent error: NetlinkError) {
        for index in requests.indices[firstUnsent...] { endUnanswered(index, .notSent(error)) }
        nextIndex = requests.count
    }

    private mutating func endUnanswered(_ index: Int, _ outcome: RequestOutcome) {
        if case .ended = requests[index] { return }
        end(index, outcome)
    }

    /// What became of each request, when everything has ended.
    var outcomes: [RequestOutcome] {
        requests.map { if case .ended(let outcome) = $0 { outcome } else { preconditionFailure("a request goes on") } }
    }
}
