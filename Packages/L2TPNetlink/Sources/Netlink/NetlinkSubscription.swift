public import SystemPackage

/// A transport that listens to multicast groups.
///
/// The kernel drops messages that nobody takes in time and reports that once, with `ENOBUFS`. It reports it before
/// the messages that it had queued by then, and until all of those have been taken it drops further ones without
/// another word. After a loss, ``receiveWaiting(_:)`` therefore comes before reading a list afresh: else what changes
/// after the list was read may go unnoticed, and messages older than the list come after it.
public struct NetlinkSubscription<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    private var transport: Transport
    /// Becomes readable when messages wait; see ``Readiness``.
    public let fileDescriptor: FileDescriptor

    /// Joins groups by their numbers.
    ///
    /// Throws ``NetlinkError`` with operation `join`, with `EOPNOTSUPP` if the transport cannot be waited for.
    public init(over transport: consuming Transport, groups: [UInt32]) throws(NetlinkError) {
        for group in groups { try transport.join(group) }
        guard let fileDescriptor = transport.fileDescriptor else {
            throw NetlinkError(.join, .notSupportedOnSocket)
        }
        self.fileDescriptor = fileDescriptor
        self.transport = transport
    }

    /// Takes one datagram and hands its messages over, those of other senders than the kernel included; call
    /// it when the descriptor is readable, otherwise it waits.
    ///
    /// Throws ``NetlinkError`` with operation `receive`, with `ENOBUFS` if messages have been lost, and what
    /// `body` throws.
    public mutating func receive(
        _ body: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        try transport.receive { (datagram) throws(NetlinkError) in
            var messages = NetlinkMessageReader(datagram)
            while let message = try messages.next() { try body(message) }
        }
    }
}

extension NetlinkSubscription where Transport: ~Copyable {
    /// More datagrams than can wait: Linux counts the least with 768 bytes, and a buffer has some mebibytes at most.
    private static var waitingLimit: Int { 65536 }

    /// Takes all datagrams that wait, without waiting for more, and hands their messages over.
    ///
    /// Losses meanwhile are not reported, nor what is malformed or what `body` finds malformed (operation `parse`): it
    /// is for whoever knows of a loss already.
    ///
    /// Throws ``NetlinkError`` with operation `receive` or `wait`, and what else `body` throws.
    public mutating func receiveWaiting(
        _ body: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        for _ in 0..<Self.waitingLimit {
            guard try Readiness.wait(for: [fileDescriptor], atMost: .zero) == [true] else { return }
            do throws(NetlinkError) {
                try receive(body)
            } catch {
                switch (error.operation, error.errno) {
                case (.receive, .noBufferSpace), (.receive, .resourceTemporarilyUnavailable), (.parse, _): break
                default: throw error
                }
            }
        }
    }
}

extension NetlinkSubscription: Sendable where Transport: Sendable & ~Copyable {}
