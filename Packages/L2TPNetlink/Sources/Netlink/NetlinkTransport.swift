public import SystemPackage

/// Moves whole netlink datagrams between this process and a kernel.
///
/// ``NetlinkSocket`` talks to the real kernel; the test support has one that talks to a fake.
public protocol NetlinkTransport: ~Copyable {
    /// The port identifier that the kernel's answers bear in `nlmsg_pid`.
    var portID: UInt32 { get }

    /// Sends one datagram, which holds one or more messages.
    ///
    /// Throws ``NetlinkError`` with operation `send`.
    mutating func send(_ datagram: Span<UInt8>) throws(NetlinkError)

    /// Waits for one datagram and hands it to `body`, which must not keep it.
    ///
    /// Throws ``NetlinkError`` with operation `receive`: `ENOBUFS` if the kernel had to drop something, after which
    /// the next call goes on, and `EAGAIN` if nothing came within the transport's time. It throws what `body` throws.
    mutating func receive(_ body: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError)

    /// The descriptor that poll(2) reports readable while a datagram waits; nil if the transport has none.
    var fileDescriptor: FileDescriptor? { get }

    /// How many bytes of answers, counted as the kernel counts them, may wait to be received (`SO_RCVBUF`).
    var receiveBufferByteCount: Int { get }

    /// Makes the transport a member of a multicast group: from now on it receives the group's messages too.
    ///
    /// Throws ``NetlinkError`` with operation `join`.
    mutating func join(_ group: UInt32) throws(NetlinkError)
}

extension NetlinkTransport where Self: ~Copyable {
    /// None: a transport that cannot be waited for.
    public var fileDescriptor: FileDescriptor? { nil }

    /// What Linux gives a socket unless told otherwise (`net.core.rmem_default`).
    public var receiveBufferByteCount: Int { 212_992 }

    /// Refuses with `EOPNOTSUPP`: a transport without multicast groups.
    public mutating func join(_ group: UInt32) throws(NetlinkError) {
        throw NetlinkError(.join, .notSupportedOnSocket)
    }
}
