internal import Glibc
internal import SystemPackage

/// What ends a request of a pipeline.
public enum RequestEnd: Hashable, Sendable {
    /// Its acknowledgement. Messages that come before it are handed on.
    case acknowledgement
    /// Its first answer: no acknowledgement is asked for, which the kernel then sends for a refusal only. For
    /// requests that are answered with exactly one message.
    case reply
}

extension Exchange where Transport: ~Copyable {
    /// Sends many requests, several a datagram, without waiting for each, and takes their answers as they come.
    ///
    /// The kernel carries them out in their order. So many are under way that the receive buffer cannot
    /// overflow. Answers may come in any order; those that come twice, or late, or are another's, are skipped. An
    /// answer that is lost makes its own request's outcome unknown and no other's; the exchange is usable
    /// afterwards.
    ///
    /// - Parameters:
    ///   - type: What the messages are.
    ///   - flags: Flags besides `NLM_F_REQUEST` and `NLM_F_ACK`.
    ///   - count: How many requests there are.
    ///   - end: What ends each.
    ///   - replyByteCount: The longest message in bytes that a request is answered with, 0 if there is only an
    ///     acknowledgement. Where it is too small, answers may be lost.
    ///   - build: Appends the protocol's header and the attributes of the request of that index, counted from 0.
    ///   - reply: Takes the messages that the kernel sends besides acknowledgements, with the request's index.
    /// - Returns: What became of each request. What `build` or `reply` throws is the outcome of that request
    ///   alone.
    public mutating func pipeline(
        _ type: NetlinkMessageType,
        flags: NetlinkMessageFlags = [],
        count: Int,
        end: RequestEnd = .acknowledgement,
        replyByteCount: Int = 0,
        build: (Int, inout NetlinkMessageWriter) throws(NetlinkError) -> Void,
        reply: (Int, borrowing NetlinkMessage) throws(NetlinkError) -> Void = { (_, _: borrowing NetlinkMessage) in }
    ) -> [RequestOutcome] {
        var state = PipelineState(
            count: count, end: end, sequence: sequence, portID: transport.portID, replyByteCount: replyByteCount,
            budget: transport.receiveBufferByteCount)
        // Every request has its number, sent or not, so that a late answer is nobody else's.
        sequence &+= UInt32(truncatingIfNeeded: count)
        let flags = flags.union(end == .reply ? .request : [.request, .acknowledge])
        var batch = NetlinkBatch()
        var writer = NetlinkMessageWriter(type, flags: flags, sequence: 0, capacity: NetlinkBatch.pageByteCount)
        while !state.isFinished {
            fill(&batch, &writer, &state, type, flags, build)
            if batch.messageCount == 0 {
                if state.inFlightCount > 0 { receive(&state, reply) }
            } else {
                do throws(NetlinkError) {
                    try transport.send(batch.bytes)
                    state.sent()
                } catch {
                    state.giveUp(unsent: error)
                }
            }
            // Half of the answers are taken before more is sent, so that datagrams are well filled.
            while state.mustReceive { receive(&state, reply) }
        }
        return state.outcomes
    }

    /// Fills a datagram with the requests that are next.
    private func fill(
        _ batch: inout NetlinkBatch, _ writer: inout NetlinkMessageWriter, _ state: inout PipelineState,
        _ type: NetlinkMessageType, _ flags: NetlinkMessageFlags,
        _ build: (Int, inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) {
        batch.reset()
        while let index = state.next {
            writer.restart(type, flags: flags, sequence: state.sequence(of: index))
            do throws(NetlinkError) {
                try build(index, &writer)
            } catch {
                state.skip(.failed(error))
                continue
            }
            guard state.hasRoom(forAnswerTo: writer.bytes.count), batch.append(writer) else { return }
            state.took(writer.bytes.count)
        }
    }

    /// Receives one datagram, or finds out that answers are lost.
    private mutating func receive(
        _ state: inout PipelineState,
        _ reply: (Int, borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) {
        do throws(NetlinkError) {
            try transport.receive { (datagram) throws(NetlinkError) in
                var reader = NetlinkMessageReader(datagram)
                while let message = try reader.next() { try state.take(message, reply) }
            }
        } catch {
            guard state.survives(error) else {
                state.giveUp(error)
                return
            }
            drain(&state, error, reply)
        }
    }

    /// Takes what the kernel has answered already, after which what is still missing is lost.
    ///
    /// It answers before `send` returns: nothing comes later that is not there.
    private mutating func drain(
        _ state: inout PipelineState, _ loss: NetlinkError,
        _ reply: (Int, borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) {
        while state.inFlightCount > 0 {
            if let descriptor = transport.fileDescriptor,
                (try? Readiness.wait(for: [descriptor], atMost: .zero)) != [true]
            {
                break
            }
            do throws(NetlinkError) {
                try transport.receive { (datagram) throws(NetlinkError) in
                    var reader = NetlinkMessageReader(datagram)
                    while let message = try reader.next() { try state.take(message, reply) }
                }
            } catch {
                guard state.survives(error) else { break }
            }
        }
        state.lose(loss)
    }
}
