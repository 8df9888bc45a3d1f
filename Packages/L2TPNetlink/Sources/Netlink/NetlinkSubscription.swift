public import SystemPackage

/// A transport that listens to multicast groups.
///
/// The kernel drops messages that nobody takes in time and reports that once, with `ENOBUFS`; listening then
/// goes on with what comes afterwards.
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

extension NetlinkSubscription: Sendable where Transport: Sendable & ~Copyable {}
