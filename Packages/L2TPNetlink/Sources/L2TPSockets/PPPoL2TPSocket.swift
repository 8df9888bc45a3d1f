internal import CLibmnl
internal import L2TPWire
public import Netlink
public import SystemPackage

/// The socket of a PPP session: what connects it with the kernel's PPP. It closes itself and cannot be copied.
///
/// Connecting attaches it to a PPP session of an existing tunnel, or creates the session, which then ends with the
/// socket. Its frames are the business of ``PPPChannel``.
///
/// ```swift
/// var socket = try PPPoL2TPSocket()
/// try socket.connect(to: PPPoL2TPAddress(.v2OverIPv4, tunnelID: TunnelID(1), sessionID: SessionID(2), …))
/// let channel = try PPPChannel(socket.channelIndex())
/// ```
///
/// Errors are of type ``SocketError``. It needs no privilege. The protocol is `PX_PROTO_OL2TP` of `AF_PPPOX`.
public struct PPPoL2TPSocket: ~Copyable, Sendable {
    private let socket: PPPoL2TPDescriptor
    private let namespace: PinnedNamespace

    /// Opens a socket, in another network namespace if one is given.
    ///
    /// Throws ``SocketError`` with reason `namespace`, `notPermitted`, `notSupported` (module `l2tp_ppp` is missing)
    /// or `other`. The corresponding C function is `socket`.
    public init(in namespace: NetworkNamespace = .current) throws(SocketError) {
        self.namespace = PinnedNamespace(namespace)
        socket = try PPPoL2TPDescriptor("PPPoL2TP socket", in: self.namespace)
    }

    /// The descriptor.
    public var fileDescriptor: FileDescriptor { socket.descriptor }

    /// Attaches the socket to a session, which is created if the tunnel has none of that identifier.
    ///
    /// Throws ``SocketError`` with reason `invalid`, `notFound` (the tunnel), `wrongType` (the session does not carry
    /// PPP), `exists` (it has a socket), `busy` (this socket is connected) or `other`. The corresponding C function is
    /// `connect`.
    public borrowing func connect(to address: PPPoL2TPAddress) throws(SocketError) {
        guard address.sessionID.rawValue != 0 || address.peerSessionID.rawValue != 0 else {
            throw SocketError(
                .connect, socket.object, .invalid, "session 0 stands for the tunnel",
                remedy: "for the tunnel itself use PPPoL2TPManagementSocket")
        }
        try socket.connect(to: address)
    }

    /// What the socket is connected to.
    ///
    /// Throws ``SocketError`` with reason `notConnected` or `other`. The corresponding C function is `getsockname`.
    public borrowing func address() throws(SocketError) -> PPPoL2TPAddress {
        try socket.address()
    }

    /// The value of an option.
    ///
    /// Throws ``SocketError`` with reason `notConnected`, `notSupported` or `other`. The corresponding C function is
    /// `getsockopt`.
    public borrowing func option(_ option: PPPoL2TPOption) throws(SocketError) -> Int32 {
        try socket.option(option)
    }

    /// Changes an option.
    ///
    /// Throws ``SocketError`` with reason `notConnected`, `notSupported`, `invalid` or `other`. The corresponding C
    /// function is `setsockopt`.
    public borrowing func setOption(_ option: PPPoL2TPOption, to value: Int32) throws(SocketError) {
        try socket.setOption(option, to: value)
    }

    /// The session's counters.
    ///
    /// Throws ``SocketError`` with reason `notConnected` or `other`. The corresponding C function is `ioctl` with
    /// `PPPIOCGL2TPSTATS`.
    public borrowing func statistics() throws(SocketError) -> PPPoL2TPStatistics {
        try socket.statistics(session: 0)
    }

    /// The number of the PPP channel that the socket is.
    ///
    /// Throws ``SocketError`` with reason `notConnected` or `other`. The corresponding C function is `ioctl` with
    /// `PPPIOCGCHAN`.
    public borrowing func channelIndex() throws(SocketError) -> PPPChannelIndex {
        do {
            return PPPChannelIndex(rawValue: try SocketCalls.control(fileDescriptor, UInt(L2TP_PPPIOCGCHAN)))
        } catch {
            throw SocketError(.read, socket.object, error)
        }
    }

    /// The PPP channel that the socket is, to bridge it or to give it to a PPP unit.
    ///
    /// Throws ``SocketError`` as ``channelIndex()`` does, and as opening a `PPPChannel` does.
    public borrowing func channel() throws(SocketError) -> PPPChannel {
        try PPPChannel(try channelIndex(), in: namespace)
    }
}
