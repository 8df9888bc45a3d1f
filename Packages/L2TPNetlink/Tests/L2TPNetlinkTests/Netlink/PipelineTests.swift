import L2TPModel
import L2TPWireTestSupport
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

private typealias Script = ScriptedTransport.Script
private typealias Entry = ScriptedTransport.Entry

private let requestType = NetlinkMessageType(rawValue: 27)

/// A message that answers the request of an index, in a pipeline that is the exchange's first.
private func answer(_ index: UInt32, type: UInt16 = 2, portID: UInt32 = 4711, _ payload: [UInt8]) -> [UInt8] {
    rawMessage(type: type, sequence: index + 1, portID: portID, payload)
}

private func acknowledgement(_ index: UInt32, _ errno: Errno? = nil) -> [UInt8] {
    answer(index, hostBytes(UInt32(bitPattern: -(errno?.rawValue ?? 0))))
}

private func member(_ index: UInt32, _ byte: UInt8) -> [UInt8] { answer(index, type: 27, [byte]) }

private let lost = NetlinkError(.receive, .noBufferSpace)
private let silence = NetlinkError(.receive, .resourceTemporarilyUnavailable)

@Suite struct PipelineTests {
    /// What became of the requests, and the replies as `index: byte`.
    private func run(
        _ entries: [Entry], count: Int, end: RequestEnd = .acknowledgement
    ) -> (outcomes: [RequestOutcome], replies: [String], script: Script) {
        let script = Script(entries)
        var exchange = Exchange(over: ScriptedTransport(script))
        var replies: [String] = []
        let outcomes = exchange.pipeline(requestType, count: count, end: end) { (index, writer) throws(NetlinkError) in
            try writer.append(genericCommand: UInt8(index), version: 1)
        } reply: { (index, message) throws(NetlinkError) in
            replies.append("\(index): \(message.payload[0])")
        }
        return (outcomes, replies, script)
    }

    @Test("No requests: nothing is sent, nothing received")
    func none() {
        let (outcomes, replies, script) = run([.failure(silence)], count: 0)
        #expect(outcomes.isEmpty && replies.isEmpty && script.sent.isEmpty)
        #expect(script.remainingEntryCount == 1)
    }

    @Test("Requests share a datagram, in order, with numbers of their own")
    func oneDatagram() {
        let (outcomes, _, script) = run([.datagram((0..<3).flatMap { acknowledgement($0) })], count: 3)
        #expect(outcomes == [.succeeded, .succeeded, .succeeded])
        let expected = (0..<3).flatMap { index in
            rawMessage(type: 27, flags: 5, sequence: UInt32(index + 1), portID: 0, [UInt8(index), 1, 0, 0])
        }
        #expect(script.sent == [expected])
    }

    @Test("Requests that a reply ends ask for no acknowledgement")
    func replyEnds() {
        let (outcomes, replies, script) = run(
            [
                .datagram(member(0, 10)), .datagram(acknowledgement(1, .noSuchFileOrDirectory)),
                .datagram(member(2, 12)),
            ],
            count: 3, end: .reply)
        #expect(outcomes == [.succeeded, .failed(NetlinkError(.request, .noSuchFileOrDirectory)), .succeeded])
        #expect(replies == ["0: 10", "2: 12"])
        #expect(script.sent.count == 1)
        #expect(script.sent[0][6...7] == [1, 0])
    }

    @Test("However small the receive buffer is, what cannot be built does not stop the others", .timeLimit(.minutes(1)))
    func notBuilt() throws {
        let kernel = FakeKernel()
        kernel.behavior.receiveBufferByteCount = 0
        var exchange = Exchange(over: try kernel.connector.open(.route))
        let outcomes = exchange.pipeline(NetlinkMessageType(rawValue: 18), count: 4, end: .reply, replyByteCount: 1024)
        {
            (index, writer) throws(NetlinkError) in
            guard index % 2 == 1 else { throw .malformed("example") }
            // The loopback interface (RTM_GETLINK).
            try writer.append(header: [0, 0, 0, 0] + hostBytes(UInt32(1)) + [UInt8](repeating: 0, count: 8))
        }
        let failure = RequestOutcome.failed(.malformed("example"))
        #expect(outcomes == [failure, .succeeded, failure, .succeeded])
    }

    @Test("Each request has its own refusal")
    func refusals() {
        let (outcomes, _, _) = run(
            [.datagram(acknowledgement(0, .fileExists) + acknowledgement(1) + acknowledgement(2, .notPermitted))],
            count: 3)
        #expect(
            outcomes == [
                .failed(NetlinkError(.request, .fileExists)), .succeeded,
                .failed(NetlinkError(.request, .notPermitted)),
            ])
    }

    @Test("Answers may come in any order")
    func reordered() {
        let (outcomes, replies, _) = run(
            [
                .datagram(member(2, 12)), .datagram(acknowledgement(2)), .datagram(acknowledgement(1, .fileExists)),
                .datagram(member(0, 10) + acknowledgement(0)),
            ], count: 3)
        #expect(outcomes == [.succeeded, .failed(NetlinkError(.request, .fileExists)), .succeeded])
        #expect(replies == ["2: 12", "0: 10"])
    }

    @Test("What comes twice, or is another's, is skipped", arguments: [RequestEnd.acknowledgement, .reply])
    func duplicatesAndForeigners(end: RequestEnd) {
        let ending: (UInt32) -> [UInt8] = { end == .reply ? [] : acknowledgement($0) }
        let (outcomes, replies, _) = run(
            [
                // Another socket's, an older request's, a later one's, one of the kernel's own.
                .datagram(answer(0, portID: 1, hostBytes(UInt32(bitPattern: -17)))),
                .datagram(rawMessage(type: 2, sequence: 0, hostBytes(UInt32(bitPattern: -17)))),
                .datagram(rawMessage(type: 27, sequence: 3, [9])), .datagram(answer(0, type: 1, [])),
                .datagram(member(0, 10) + ending(0)), .datagram(member(0, 10) + ending(0)),
                .datagram(acknowledgement(0, .fileExists)), .datagram(member(1, 11) + ending(1)),
            ], count: 2, end: end)
        #expect(outcomes == [.succeeded, .succeeded])
        #expect(replies == ["0: 10", "1: 11"])
    }

    @Test("A lost answer is one request's: the others have theirs, and the next call is not disturbed")
    func overrun() throws {
        let script = Script([
            .datagram(acknowledgement(0)), .failure(lost), .datagram(acknowledgement(2, .fileExists)),
            .failure(silence),
            // Late, and then the next request's.
            .datagram(acknowledgement(1)), .datagram(rawMessage(type: 2, sequence: 4, [0, 0, 0, 0])),
        ])
        var exchange = Exchange(over: ScriptedTransport(script))
        let outcomes = exchange.pipeline(requestType, count: 3) { (_, _) throws(NetlinkError) in }
        #expect(outcomes == [.succeeded, .unknown(lost), .failed(NetlinkError(.request, .fileExists))])
        try exchange.request(requestType) { (_) throws(NetlinkError) in }
        #expect(script.remainingEntryCount == 0)
    }

    @Test("After an overrun inside a datagram what can still be received is")
    func overrunMessage() {
        let (outcomes, _, _) = run(
            [.datagram(acknowledgement(0) + answer(1, type: 4, [])), .datagram(acknowledgement(2))], count: 3)
        #expect(outcomes == [.succeeded, .unknown(lost), .succeeded])
    }

    @Test("A truncated datagram hides the answers in it alone")
    func truncated() {
        let (outcomes, _, _) = run(
            [.datagram(acknowledgement(0) + acknowledgement(1).dropLast(4)), .datagram(acknowledgement(2))], count: 3)
        #expect(outcomes[0] == .succeeded && outcomes[2] == .succeeded)
        guard case .unknown(let error) = outcomes[1] else {
            Issue.record("\(outcomes[1])")
            return
        }
        #expect(error.operation == .parse)
    }

    @Test("Silence: what was sent is unknown, and what was not says so")
    func noAnswer() {
        let (outcomes, _, script) = run([], count: 1000)
        let unknown = outcomes.prefix { $0 == .unknown(silence) }.count
        let unsent = outcomes.drop { $0 == .unknown(silence) }
        #expect(unknown > 0 && !unsent.isEmpty)
        #expect(unsent.allSatisfy { $0 == .notSent(silence) })
        // A request has 20 bytes.
        #expect(script.sent.map(\.count).reduce(0, +) == 20 * unknown)
    }

    @Test("What cannot be built is not sent, and what cannot be read is its own request's failure")
    func throwingClosures() {
        let script = Script([.datagram(member(0, 10) + acknowledgement(0) + member(2, 12) + acknowledgement(2))])
        var exchange = Exchange(over: ScriptedTransport(script))
        let outcomes = exchange.pipeline(requestType, count: 3) { (index, writer) throws(NetlinkError) in
            if index == 1 { try writer.append(header: [UInt8](repeating: 0, count: 5000)) }
        } reply: { (index, message) throws(NetlinkError) in
            if index == 2 { throw .malformed("not this") }
        }
        #expect(outcomes[0] == .succeeded)
        #expect(outcomes[1].error?.operation == .build)
        #expect(outcomes[2] == .failed(.malformed("not this")))
        #expect(script.sent.count == 1 && script.sent[0].count == 32)
    }

    @Test("Numbers go on behind the largest", arguments: [UInt32.max - 1, .max, 0])
    func wrapAround(sequence: UInt32) throws {
        let echo = Entry.answer { request in
            stride(from: 0, to: request.count, by: 16).flatMap { start in
                let number = request[start + 8..<start + 12].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                return rawMessage(type: 2, sequence: number, [0, 0, 0, 0])
            }
        }
        let script = Script([echo, echo, echo])
        var exchange = Exchange(over: ScriptedTransport(script), lastSequence: sequence)
        let outcomes = exchange.pipeline(requestType, count: 4) { (_, _) throws(NetlinkError) in }
        #expect(outcomes == Array(repeating: .succeeded, count: 4))
        try exchange.request(requestType) { (_) throws(NetlinkError) in }
        try exchange.request(requestType) { (_) throws(NetlinkError) in }
        #expect(script.sent.last?[8..<12] == hostBytes(sequence &+ 6)[...])
    }
}

extension PipelineTests {
    /// Answers that are longer than was said overflow the buffer; then it is said of which the outcome is unknown.
    @Test("A window that is too large loses answers, but tells them apart")
    func overflow() throws {
        let kernel = FakeKernel()
        for index in 0..<100 { kernel.addLink(named: "link\(index)") }
        kernel.behavior.receiveBufferByteCount = 20_000
        var exchange = Exchange(over: try kernel.connector.open(.route))
        var readings: [Int: Int] = [:]
        let outcomes = exchange.pipeline(NetlinkMessageType(rawValue: 18), count: 100) {
            (index, writer) throws(NetlinkError) in
            var header = [UInt8](repeating: 0, count: 16)
            header[4] = UInt8(index + 1)
            try writer.append(header: header)
        } reply: { (index, _) throws(NetlinkError) in
            readings[index, default: 0] += 1
        }
        let unknown = outcomes.indices.filter { outcomes[$0] == .unknown(lost) }
        #expect(!unknown.isEmpty)
        #expect(outcomes.count { $0 == .succeeded } == 100 - unknown.count)
        #expect(readings.values.allSatisfy { $0 == 1 })
        #expect(outcomes.indices.allSatisfy { outcomes[$0] != .succeeded || readings[$0] == 1 })
        // Each was sent, once.
        #expect(kernel.requests.count == 100)
        kernel.behavior.receiveBufferByteCount = 212_992
        let again = exchange.pipeline(NetlinkMessageType(rawValue: 18), count: 1, end: .reply) {
            (_, writer) throws(NetlinkError) in
            try writer.append(header: [0, 0, 0, 0, 1, 0, 0, 0] + [UInt8](repeating: 0, count: 8))
        }
        #expect(again == [.succeeded])
    }

    @Test("Many links are read in the order given")
    func manyLinks() throws {
        let kernel = FakeKernel()
        for index in 0..<200 { kernel.addLink(named: "link\(index)") }
        var client = try LinkClient(kernel.connector)
        let names = (0..<200).map { "link\($0)" } + ["none", "a-name-that-is-too-long"]
        kernel.inject(.overflow, at: .link)
        let links = try client.links(named: names)
        #expect(links.map { $0?.name ?? "" } == names.dropLast(2) + ["", ""])
        let indices = links.compactMap { $0?.index }
        #expect(try client.links(indices: indices + [9999]).map { $0?.index } == indices + [nil])
        #expect(kernel.mostReceiveBufferBytes <= 212_992)
        kernel.fail(.link, with: .noMemory)
        #expect(failure { () throws(NetlinkError) in _ = try client.links(named: names) }?.errno == .noMemory)
    }
}
