import L2TPWireTestSupport
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

private typealias Script = ScriptedTransport.Script
private typealias Entry = ScriptedTransport.Entry

private let requestType = NetlinkMessageType(rawValue: 27)

/// Answers with messages that bear the request's sequence number.
private func reply(_ messages: (type: UInt16, flags: UInt16, payload: [UInt8])...) -> Entry {
    .answer { request in
        let sequence = UInt32(littleEndian: request[8..<12].reversed().reduce(0) { $0 << 8 | UInt32($1) })
        return messages.flatMap { message in
            rawMessage(type: message.type, flags: message.flags, sequence: sequence, message.payload)
        }
    }
}

private let acknowledgement: (type: UInt16, flags: UInt16, payload: [UInt8]) = (2, 0x100, [0, 0, 0, 0])
private let done: (type: UInt16, flags: UInt16, payload: [UInt8]) = (3, 2, [0, 0, 0, 0])

private func refusal(_ errno: Errno) -> (type: UInt16, flags: UInt16, payload: [UInt8]) {
    (2, 0, hostBytes(UInt32(bitPattern: -errno.rawValue)))
}

private func member(_ byte: UInt8, flags: UInt16 = 2) -> (type: UInt16, flags: UInt16, payload: [UInt8]) {
    (27, flags, [byte])
}

@Suite struct ExchangeTests {
    private func request(_ script: Script, reply: ([UInt8]) -> Void = { _ in }) throws(NetlinkError) {
        var exchange = Exchange(over: ScriptedTransport(script))
        try exchange.request(requestType) { (writer) throws(NetlinkError) in
            try writer.append(genericCommand: 1, version: 1)
        } reply: { (message) throws(NetlinkError) in
            reply([UInt8](copying: message.payload))
        }
    }

    private func dump(_ script: Script) throws(NetlinkError) -> [UInt8] {
        var members: [UInt8] = []
        var exchange = Exchange(over: ScriptedTransport(script))
        try exchange.dump(requestType) { (_) throws(NetlinkError) in
        } restart: {
            members = []
        } member: { (message) throws(NetlinkError) in
            members.append(message.payload[0])
        }
        return members
    }

    @Test func requestHasTheFlagsAndAnAcknowledgementEndsIt() throws {
        let script = Script([reply(acknowledgement)])
        try request(script)
        // REQUEST and ACK, sequence 1, port 0.
        #expect(script.sent == [rawMessage(type: 27, flags: 5, sequence: 1, portID: 0, [1, 1, 0, 0])])
    }

    @Test func replyComesBeforeTheAcknowledgementInAnyNumberOfDatagrams() throws {
        var replies: [[UInt8]] = []
        try request(Script([reply((27, 0, [7]), acknowledgement)])) { replies.append($0) }
        try request(Script([reply((27, 0, [8])), reply((1, 0, [])), reply(acknowledgement)])) { replies.append($0) }
        #expect(replies == [[7], [8]])
    }

    @Test func refusalIsThrown() {
        let error = failure { () throws(NetlinkError) in try request(Script([reply(refusal(.fileExists))])) }
        #expect(error == NetlinkError(.request, .fileExists))
    }

    @Test func answersToOthersAreSkipped() throws {
        var replies: [[UInt8]] = []
        let script = Script([
            .datagram(rawMessage(type: 2, sequence: 0, hostBytes(UInt32(bitPattern: -17)))),
            .datagram(rawMessage(type: 2, sequence: 1, portID: 1, hostBytes(UInt32(bitPattern: -17)))),
            .datagram(rawMessage(type: 27, sequence: 99, [1]) + rawMessage(type: 27, sequence: 1, [2])),
            reply(acknowledgement),
        ])
        try request(script) { replies.append($0) }
        #expect(replies == [[2]])
    }

    @Test func aLostAnswerIsAnError() {
        #expect(
            failure { () throws(NetlinkError) in try request(Script([])) }?.errno == .resourceTemporarilyUnavailable)
        let overrun = failure { () throws(NetlinkError) in try request(Script([reply((4, 0, []))])) }
        #expect(overrun == NetlinkError(.receive, .noBufferSpace))
    }

    @Test func aMalformedAnswerIsAnError() {
        let script = Script([.datagram([1, 2, 3])])
        #expect(failure { () throws(NetlinkError) in try request(script) }?.operation == .parse)
    }

    @Test func sequenceNumbersGrow() throws {
        let script = Script([reply(acknowledgement), reply(acknowledgement)])
        var exchange = Exchange(over: ScriptedTransport(script))
        try exchange.request(requestType) { (_) throws(NetlinkError) in }
        try exchange.request(requestType, flags: [.dump]) { (_) throws(NetlinkError) in }
        #expect(script.sent.map { $0[8] } == [1, 2])
        #expect(script.sent[1][6...7] == [0x05, 0x03])
    }

    /// What an aborted request leaves unread belongs to nobody.
    @Test func aThrowingReplyLeavesTheExchangeUsable() throws {
        let stale = rawMessage(type: 2, sequence: 1, hostBytes(UInt32(bitPattern: -17)))
        let script = Script([reply((27, 0, [1])), .datagram(stale), reply(acknowledgement)])
        var exchange = Exchange(over: ScriptedTransport(script))
        let error = failure { () throws(NetlinkError) in
            try exchange.request(requestType) { (_) throws(NetlinkError) in
            } reply: { (_) throws(NetlinkError) in
                throw .malformed("not this")
            }
        }
        #expect(error?.message == "not this")
        try exchange.request(requestType) { (_) throws(NetlinkError) in }
        #expect(script.remainingEntryCount == 0)
    }

    @Test func whatCannotBeBuiltIsNotSent() {
        let script = Script([])
        var exchange = Exchange(over: ScriptedTransport(script))
        let error = failure { () throws(NetlinkError) in
            try exchange.request(requestType) { (writer) throws(NetlinkError) in
                try writer.append(header: [UInt8](repeating: 0, count: 5000))
            }
        }
        #expect(error?.operation == .build)
        #expect(script.sent.isEmpty)
    }

    // MARK: Dumps

    @Test func dumpEndsWithDone() throws {
        let script = Script([reply(member(1), member(2)), reply((1, 0, []), member(3)), reply(done)])
        #expect(try dump(script) == [1, 2, 3])
        #expect(script.sent == [rawMessage(type: 27, flags: 0x301, sequence: 1, portID: 0)])
        #expect(try dump(Script([reply((3, 2, []))])) == [])
    }

    @Test func dumpIsRefused() {
        for verdict in [refusal(.notPermitted), (3, 2, hostBytes(UInt32(bitPattern: -1)))] {
            let error = failure { () throws(NetlinkError) in _ = try dump(Script([reply(member(1), verdict)])) }
            #expect(error == NetlinkError(.request, .notPermitted))
        }
    }

    @Test func anInterruptedDumpIsRepeated() throws {
        let script = Script([
            reply(member(1, flags: 0x12)), reply(done),
            reply(member(1), (3, 0x12, [0, 0, 0, 0])),
            reply(member(1), member(2), done),
        ])
        #expect(try dump(script) == [1, 2])
        #expect(script.sent.map { $0[8] } == [1, 2, 3])
    }

    @Test func aDumpOfWhichPartsWereLostIsRepeated() throws {
        let script = Script([
            reply(member(1)), .failure(NetlinkError(.receive, .noBufferSpace)),
            // The rest of the first attempt.
            .datagram(
                rawMessage(type: 27, flags: 2, sequence: 1, [9]) + rawMessage(type: 3, sequence: 1, [0, 0, 0, 0])),
            reply(member(1), (4, 0, [])), reply(done),
            reply(member(1), member(2), done),
        ])
        #expect(try dump(script) == [1, 2])
        #expect(script.sent.count == 3)
    }

    /// The kernel refuses a dump on a socket on which another has not been read to its end.
    @Test(arguments: [NetlinkError.malformed("not wanted"), NetlinkError(.build, .canceled)])
    func aRefusedMemberLeavesTheSocketUsable(unwanted: NetlinkError) throws {
        let kernel = FakeKernel()
        for index in 0..<20 { kernel.addLink(named: "link\(index)") }
        kernel.behavior.messagesPerDatagram = 1
        var exchange = Exchange(over: try kernel.connector.open(.route))
        for _ in 1...3 {
            let error = failure { () throws(NetlinkError) in
                try exchange.dump(NetlinkMessageType(rawValue: 18)) { (writer) throws(NetlinkError) in
                    try writer.append(header: [UInt8](repeating: 0, count: 16))
                } restart: {
                } member: { (_) throws(NetlinkError) in
                    throw unwanted
                }
            }
            #expect(error == unwanted)
        }
        var count = 0
        try exchange.dump(NetlinkMessageType(rawValue: 18)) { (writer) throws(NetlinkError) in
            try writer.append(header: [UInt8](repeating: 0, count: 16))
        } restart: {
            count = 0
        } member: { (_) throws(NetlinkError) in
            count += 1
        }
        #expect(count == 22)
    }

    @Test func aDumpThatNeverHoldsStillIsGivenUp() {
        let script = Script(Array(repeating: reply((3, 0x12, [0, 0, 0, 0])), count: 100))
        #expect(failure { () throws(NetlinkError) in _ = try dump(script) } == NetlinkError(.dump, .interrupted))
        #expect(script.sent.count == 8)
        let lossy = Script(Array(repeating: .failure(NetlinkError(.receive, .noBufferSpace)), count: 100))
        #expect(failure { () throws(NetlinkError) in _ = try dump(lossy) } == NetlinkError(.receive, .noBufferSpace))
        #expect(lossy.sent.count == 1)
    }

    @Test func otherErrorsAreNotRepeated() {
        let script = Script([.failure(NetlinkError(.receive, .badFileDescriptor))])
        let error = failure { () throws(NetlinkError) in _ = try dump(script) }
        #expect(error == NetlinkError(.receive, .badFileDescriptor))
        #expect(script.sent.count == 1)
    }
}
