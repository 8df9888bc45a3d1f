internal import Glibc
internal import SystemPackage

/// Requests and their answers over one transport: sequence numbers, acknowledgements and dumps.
///
/// One request is under way at a time, except in a ``pipeline(_:flags:count:end:replyByteCount:build:reply:)``. Answers
/// that belong to an earlier, abandoned request are skipped by their sequence number, messages meant for another
/// socket by their port identifier.
public struct Exchange<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    /// How often a dump is repeated that the kernel reports as changed while it was read, or of which
    /// parts were lost.
    private static var dumpAttempts: Int { 8 }

    var transport: Transport
    var sequence: UInt32

    /// An exchange over a transport, whose first request has the sequence number after `lastSequence`.
    public init(over transport: consuming Transport, lastSequence: UInt32 = 0) {
        self.transport = transport
        sequence = lastSequence
    }

    /// Sends a request and waits until the kernel has carried it out.
    ///
    /// - Parameters:
    ///   - type: What the message is.
    ///   - flags: Flags besides `NLM_F_REQUEST` and `NLM_F_ACK`.
    ///   - build: Appends the protocol's header and the attributes.
    ///   - reply: Takes the messages the kernel sends besides its acknowledgement.
    /// - Throws: ``NetlinkError``, with operation `request` where the kernel refused. When `reply`
    ///   throws, the rest of the answer is skipped by the next request.
    public mutating func request(
        _ type: NetlinkMessageType,
        flags: NetlinkMessageFlags = [],
        build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void,
        reply: (borrowing NetlinkMessage) throws(NetlinkError) -> Void = { (_: borrowing NetlinkMessage) in }
    ) throws(NetlinkError) {
        try send(type, flags: flags.union([.request, .acknowledge]), build)
        var finished = false
        while !finished {
            try receive { (message) throws(NetlinkError) in
                switch message.header.type {
                case .error:
                    if let error = try Acknowledgement(message).error { throw error }
                    finished = true
                case .noOperation:
                    break
                default:
                    try reply(message)
                }
            }
        }
    }

    /// Asks for a whole list and hands its members to `member`, one message each.
    ///
    /// If the list changes while it is read, or parts of it are lost, it is asked for again after a pause;
    /// before each time `restart` is called, so that the members of an incomplete list can be thrown away.
    ///
    /// - Parameters:
    ///   - type: What the message is.
    ///   - build: Appends the protocol's header and the attributes.
    ///   - restart: Called before the first and every further attempt.
    ///   - member: Takes one member of the list.
    /// - Throws: ``NetlinkError``, with operation `request` where the kernel refused and `dump` when
    ///   the list did not hold still. When `member` throws, the rest of the list is read and dropped first.
    public mutating func dump(
        _ type: NetlinkMessageType,
        build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void,
        restart: () -> Void,
        member: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        for attempt in 0..<Self.dumpAttempts {
            // Other links that come and go may make the kernel call every list of links changed.
            if attempt > 0 { usleep(500 << UInt32(attempt)) }
            restart()
            if try dumpOnce(type, build, member) { return }
        }
        throw NetlinkError(.dump, .interrupted)
    }

    /// One attempt at a dump; false if the kernel reports that the list changed meanwhile or parts are lost.
    ///
    /// The kernel allows one dump a socket and refuses the next with `EBUSY` until this one has been read to
    /// its end, so it is, whatever happens on the way.
    private mutating func dumpOnce(
        _ type: NetlinkMessageType,
        _ build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void,
        _ member: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> Bool {
        try send(type, flags: [.request, .dump], build)
        var finished = false
        var isComplete = true
        var overruns = 0
        var failure: NetlinkError?
        while !finished {
            do throws(NetlinkError) {
                try receive { (message) throws(NetlinkError) in
                    if message.header.flags.contains(.dumpInterrupted) { isComplete = false }
                    switch message.header.type {
                    case .done:
                        finished = true
                        if let error = try Acknowledgement(message).error { throw error }
                    case .error:
                        finished = true
                        if let error = try Acknowledgement(message).error { throw error }
                    case .noOperation:
                        break
                    default:
                        guard failure == nil else { return }
                        do throws(NetlinkError) {
                            try member(message)
                        } catch {
                            failure = error
                        }
                    }
                }
            } catch {
                switch (error.operation, error.errno) {
                case (.receive, .noBufferSpace) where overruns < Self.dumpAttempts:
                    isComplete = false
                    overruns += 1
                case (.parse, _):
                    failure = failure ?? error
                default:
                    throw failure ?? error
                }
            }
        }
        if isComplete, let failure { throw failure }
        return isComplete
    }

    mutating func send(
        _ type: NetlinkMessageType,
        flags: NetlinkMessageFlags,
        _ build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        sequence &+= 1
        var writer = NetlinkMessageWriter(type, flags: flags, sequence: sequence)
        try build(&writer)
        try transport.send(writer.bytes)
    }

    /// Receives one datagram and hands on the messages in it that answer the current request.
    mutating func receive(
        _ body: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        let (sequence, portID) = (sequence, transport.portID)
        try transport.receive { (datagram) throws(NetlinkError) in
            var reader = NetlinkMessageReader(datagram)
            while let message = try reader.next() {
                guard message.header.sequence == sequence, message.header.portID == portID else { continue }
                if message.header.type == .overrun { throw NetlinkError(.receive, .noBufferSpace) }
                try body(message)
            }
        }
    }
}

extension Exchange: Sendable where Transport: Sendable & ~Copyable {}
