import L2TPNetlink
import Netlink
import Synchronization
import SystemPackage

/// What passes over the sockets of one run, and what is to go wrong there.
final class NetlinkTrace: Sendable {
    /// What happens to one request.
    enum Fault: Hashable, Sendable {
        /// It and everything after it goes nowhere, as if the process had been killed just before.
        case stopBefore
        /// It is carried out, but nothing after it, as if the process had been killed just after.
        case stopAfter
        /// It is cut short, so that the kernel refuses it (EINVAL).
        case refused
        /// It cannot be sent (EIO).
        case notSent
        /// It is carried out, and yet sending it ends with an error (EIO).
        case answerLost
    }

    private struct State {
        var reads = 0
        var writes: [NetlinkMessageKind] = []
        var fault: (writes: Int, kind: Fault)?
        var event: (writes: Int, body: @Sendable () -> Void)?
        var hasStopped = false
    }

    private let state = Mutex(State())

    /// The requests that write, in order.
    var writes: [NetlinkMessageKind] { state.withLock { $0.writes } }
    /// How many requests only read.
    var readCount: Int { state.withLock { $0.reads } }
    /// Whether nothing gets through any more.
    var hasStopped: Bool { state.withLock { $0.hasStopped } }

    /// Forgets everything, and lets a fault happen to the writing request that comes after `count` others.
    func restart(_ fault: Fault? = nil, after count: Int = 0) {
        state.withLock { $0 = State(fault: fault.map { (count, $0) }) }
    }

    /// Forgets everything, and lets something happen before the writing request that comes after `count` others.
    func restart(after count: Int, _ event: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state = State()
            state.event = (count, event)
        }
    }

    /// Lets nothing get through any more.
    func stop() {
        state.withLock { $0.hasStopped = true }
    }

    /// Notes a request; what is to happen to it.
    func note(_ kind: NetlinkMessageKind) -> Fault? {
        let event = state.withLock { state in
            kind.isWriting && state.event?.writes == state.writes.count ? state.event?.body : nil
        }
        event?()
        return state.withLock { state in
            if state.hasStopped { return .stopBefore }
            guard kind.isWriting else {
                state.reads += 1
                return nil
            }
            let fault = state.fault.flatMap { $0.writes == state.writes.count ? $0.kind : nil }
            if fault == .stopBefore {
                state.hasStopped = true
                return .stopBefore
            }
            state.writes.append(kind)
            return fault
        }
    }
}

/// What a request asks for.
struct NetlinkMessageKind: Hashable, Sendable, CustomStringConvertible {
    let netlinkProtocol: NetlinkProtocol
    /// `nlmsg_type`.
    let type: UInt16
    /// The command of a generic netlink family; 0 for others.
    let command: UInt8

    /// Whether it changes something: neither GET nor a dump. Of rtnetlink's types those that read are 2 beyond a
    /// multiple of 4; of generic netlink's control family (16) only reading is used; of L2TP's commands those that
    /// read are 4 and 8.
    var isWriting: Bool {
        switch netlinkProtocol {
        case .route: type % 4 != 2
        case .generic: type != 16 && command != 4 && command != 8
        }
    }

    var description: String { netlinkProtocol == .route ? "route \(type)" : "l2tp \(command)" }
}

/// A socket of the kernel that notes what it sends, message by message, and lets faults happen.
struct TracedTransport: NetlinkTransport, ~Copyable {
    private var socket: NetlinkSocket
    private let netlinkProtocol: NetlinkProtocol
    private let trace: NetlinkTrace

    init(_ socket: consuming NetlinkSocket, _ netlinkProtocol: NetlinkProtocol, _ trace: NetlinkTrace) {
        self.socket = socket
        self.netlinkProtocol = netlinkProtocol
        self.trace = trace
    }

    var portID: UInt32 { socket.portID }
    var fileDescriptor: FileDescriptor? { socket.fileDescriptor }
    var receiveBufferByteCount: Int { socket.receiveBufferByteCount }

    mutating func send(_ datagram: Span<UInt8>) throws(NetlinkError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(datagram.count)
        for index in datagram.indices { bytes.append(datagram[index]) }
        var offset = 0
        while offset + 16 <= bytes.count {
            let count = Int(Self.number(bytes, offset, 4))
            let end = min(offset + (max(count, 16) + 3) & ~3, bytes.count)
            var message = Array(bytes[offset..<end])
            let command = count > 16 ? message[16] : 0
            let kind = NetlinkMessageKind(
                netlinkProtocol: netlinkProtocol, type: UInt16(Self.number(message, 4, 2)),
                command: netlinkProtocol == .generic ? command : 0)
            let fault = trace.note(kind)
            switch fault {
            case .stopBefore: throw NetlinkError(.send, .brokenPipe)
            case .notSent: throw NetlinkError(.send, .ioError)
            case .refused:
                // No attributes, nor all of the header of rtnetlink's families.
                message = Array(message.prefix(20))
                message[0] = UInt8(message.count)
                message[1] = 0
            case .stopAfter, .answerLost, nil: break
            }
            try socket.send(message.span)
            switch fault {
            case .stopAfter:
                trace.stop()
                throw NetlinkError(.send, .brokenPipe)
            case .answerLost: throw NetlinkError(.send, .ioError)
            default: break
            }
            offset = end
        }
    }

    mutating func receive(_ body: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError) {
        if trace.hasStopped { throw NetlinkError(.receive, .brokenPipe) }
        try socket.receive(body)
    }

    mutating func join(_ group: UInt32) throws(NetlinkError) {
        try socket.join(group)
    }

    /// A number in the byte order of the host, of which the tests know that it is little-endian.
    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt32 {
        (0..<count).reversed().reduce(0) { $0 << 8 | UInt32(bytes[offset + $1]) }
    }
}

extension NetlinkConnector where Transport == TracedTransport {
    /// Sockets of the kernel in a namespace, with a trace.
    static func traced(in namespace: NetworkNamespace, _ trace: NetlinkTrace) -> Self {
        let kernel = NetlinkConnector<NetlinkSocket>.kernel(in: namespace)
        return Self { (netlinkProtocol) throws(NetlinkError) in
            if trace.hasStopped { throw NetlinkError(.open, .brokenPipe) }
            return TracedTransport(try kernel.open(netlinkProtocol), netlinkProtocol, trace)
        }
    }
}
