public import Netlink
public import SystemPackage

/// A transport that talks to a ``FakeKernel``.
public struct FakeTransport: NetlinkTransport, Sendable, ~Copyable {
    /// The port identifier the kernel gave the transport.
    public let portID: UInt32
    private let kernel: FakeKernel
    private let netlinkProtocol: NetlinkProtocol
    private let mailbox: Mailbox
    /// How many of the deliveries are to be read until a dump has been read to its end.
    private var unreadDumpCount = 0

    init(_ kernel: FakeKernel, _ netlinkProtocol: NetlinkProtocol, portID: UInt32, _ mailbox: Mailbox) {
        self.kernel = kernel
        self.mailbox = mailbox
        self.netlinkProtocol = netlinkProtocol
        self.portID = portID
    }

    /// Hands a datagram to the kernel, which answers it at once. It refuses a dump with `EBUSY` while an
    /// earlier one has not been read to its end.
    public mutating func send(_ datagram: Span<UInt8>) throws(NetlinkError) {
        if kernel.fuse?.isBlown ?? false { throw NetlinkError(.send, .ioError) }
        let request = [UInt8](copying: datagram)
        guard let header = Self.headers(of: request).first, header.flags.isSuperset(of: .dump) else {
            let answers = kernel.answer(request, over: netlinkProtocol, to: portID)
            kernel.noteReceiveBuffer(mailbox.put(answers, limit: receiveBufferByteCount))
            return
        }
        guard unreadDumpCount == 0 else {
            let refusal = Reply(acknowledging: request, .resourceBusy)
            mailbox.put([.datagram(refusal.bytes(sequence: header.sequence, portID: portID))])
            return
        }
        let answer = kernel.answer(request, over: netlinkProtocol, to: portID)
        let end = answer.firstIndex { delivery in
            if case .datagram(let bytes) = delivery {
                Self.headers(of: bytes).contains { $0.type == .done }
            } else {
                false
            }
        }
        unreadDumpCount = end.map { mailbox.count + $0 + 1 } ?? 0
        mailbox.put(answer)
    }

    /// The kernel's ``Behavior/receiveBufferByteCount``.
    public var receiveBufferByteCount: Int { kernel.behavior.receiveBufferByteCount }

    /// Readable while a datagram waits.
    public var fileDescriptor: FileDescriptor? { mailbox.descriptor }

    /// Makes the transport a member of a multicast group.
    public mutating func join(_ group: UInt32) throws(NetlinkError) {
        try kernel.join(group, over: netlinkProtocol, mailbox)
    }

    /// The headers of a datagram's messages, up to the first that is malformed.
    private static func headers(of datagram: [UInt8]) -> [NetlinkMessageHeader] {
        var headers: [NetlinkMessageHeader] = []
        var messages = NetlinkMessageReader(datagram.span)
        do throws(NetlinkError) {
            while let message = try messages.next() { headers.append(message.header) }
        } catch {
            // What is malformed is not looked at here.
        }
        return headers
    }

    /// Hands over the next datagram; fails with `EAGAIN` if there is none.
    public mutating func receive(_ body: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError) {
        guard let delivery = mailbox.take() else { throw NetlinkError(.receive, .resourceTemporarilyUnavailable) }
        unreadDumpCount = max(unreadDumpCount - 1, 0)
        switch delivery {
        case .datagram(let bytes): try body(bytes.span)
        case .failure(let errno): throw NetlinkError(.receive, errno)
        }
    }
}

/// What a transport receives.
enum Delivery {
    case datagram([UInt8])
    case failure(Errno)
}
