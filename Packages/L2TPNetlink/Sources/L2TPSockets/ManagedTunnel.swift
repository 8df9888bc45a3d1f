public import L2TPModel
public import L2TPWire

/// A tunnel over a socket of this process, which it owns: when the handle goes, the tunnel and its sessions go.
///
/// ```swift
/// var client = try L2TPClient(.kernel())
/// let tunnel = try client.createTunnel(specification, over: socket)
/// try tunnel.send(hello.span)
/// while let message = try tunnel.receive() { … }
/// ```
///
/// The kernel takes the data messages of the tunnel's sessions; everything else is received here. Deleting the
/// tunnel with `L2TPClient.deleteTunnel(_:)` leaves the socket open and the handle usable for messages.
public struct ManagedTunnel: ~Copyable, Sendable {
    /// What was created.
    public let specification: ManagedTunnelSpecification
    /// The tunnel's socket. Sending and receiving over it is the control connection's part.
    public let socket: TunnelSocket

    /// Our identifier.
    public var id: TunnelID { specification.id }

    init(_ specification: ManagedTunnelSpecification, over socket: consuming TunnelSocket) {
        self.specification = specification
        var socket = socket
        socket.hasCarriedTunnel = true
        self.socket = socket
    }

    /// Sends one control message to the peer, see ``TunnelSocket/send(_:)``.
    public borrowing func send(_ message: Span<UInt8>) throws(SocketError) {
        try socket.send(message)
    }

    /// Waits for one control message, see ``TunnelSocket/receive(atMost:)``.
    public borrowing func receive(atMost limit: Duration? = nil) throws(SocketError) -> ReceivedMessage? {
        try socket.receive(atMost: limit)
    }

    /// Ends the tunnel by closing its socket, as the end of the handle's life does.
    ///
    /// The kernel removes tunnel and sessions in its own time. To be sure that identifiers and interface names are
    /// free, delete the tunnel with `L2TPClient.deleteTunnel(_:)`, which waits, before closing.
    public consuming func close() {}

    /// Gives the socket up without closing it. The tunnel, unless it was deleted, lives on with the socket, which
    /// cannot carry another: Linux 6.1 refuses that for ever, and on Linux 6.12, which takes it, such a second tunnel
    /// was once seen to outlive its socket.
    public consuming func takeSocket() -> TunnelSocket { socket }
}
