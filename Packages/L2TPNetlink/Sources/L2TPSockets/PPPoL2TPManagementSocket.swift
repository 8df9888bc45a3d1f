public import L2TPModel
public import L2TPWire
public import Netlink
public import SystemPackage

/// The PPPoL2TP socket of a whole tunnel: the way to create a tunnel before netlink could, which Linux has kept.
///
/// Discouraged: it knows UDP only, tells less than netlink, and its counters name tunnels and sessions by 16 bits.
/// Create tunnels with `L2TPClient.createTunnel(_:over:)` instead. For such a tunnel or another, connecting with both
/// session identifiers 0 reaches the tunnel's counters here.
public struct PPPoL2TPManagementSocket: ~Copyable, Sendable {
    private let socket: PPPoL2TPDescriptor

    /// Opens a socket, in another network namespace if one is given.
    ///
    /// Throws ``SocketError`` with reason `namespace`, `notPermitted`, `notSupported` (module `l2tp_ppp` is missing)
    /// or `other`. The corresponding C function is `socket`.
    public init(in namespace: NetworkNamespace = .current) throws(SocketError) {
        socket = try PPPoL2TPDescriptor("PPPoL2TP management socket", in: PinnedNamespace(namespace))
    }

    /// The descriptor.
    public var fileDescriptor: FileDescriptor { socket.descriptor }

    /// Makes this the management socket of a tunnel, which is created over a UDP socket if there is none.
    ///
    /// The tunnel ends with its UDP socket, and with this socket if it was created here. Throws ``SocketError`` with
    /// reason `invalid` (among others for a tunnel over IP), `busy` or `other`. The corresponding C function is
    /// `connect` with both session identifiers 0.
    public borrowing func connect(
        to tunnel: ManagedTunnelSpecification, over tunnelSocket: borrowing TunnelSocket
    ) throws(SocketError) {
        let violations = tunnel.violations(over: tunnelSocket.encapsulation)
        guard violations.isEmpty else {
            throw SocketError(
                .connect, socket.object, .invalid, violations.map(\.description).joined(separator: "; "))
        }
        try socket.connect(
            to: PPPoL2TPAddress(
                PPPoL2TPAddress.Variant(tunnel.protocolVersion, over: tunnelSocket.version), tunnelID: tunnel.id,
                sessionID: SessionID(0), peerTunnelID: tunnel.peerID, peerSessionID: SessionID(0),
                tunnelDescriptor: tunnelSocket.fileDescriptor.rawValue))
    }

    /// The value of an option; of a management socket only `debug` has one.
    ///
    /// Throws ``SocketError`` with reason `notConnected`, `notSupported`, `invalid` or `other`. The corresponding C
    /// function is `getsockopt`.
    public borrowing func option(_ option: PPPoL2TPOption) throws(SocketError) -> Int32 {
        try socket.option(option)
    }

    /// Changes an option; of a management socket only `debug` can be.
    ///
    /// Throws ``SocketError`` with reason `notConnected`, `notSupported`, `invalid` or `other`. The corresponding C
    /// function is `setsockopt`.
    public borrowing func setOption(_ option: PPPoL2TPOption, to value: Int32) throws(SocketError) {
        try socket.setOption(option, to: value)
    }

    /// The counters of the tunnel, or of one of its PPP sessions.
    ///
    /// Throws ``SocketError`` with reason `invalid` (an identifier of more than 16 bits), `notConnected`, `notFound`
    /// (the session) or `other`. The corresponding C function is `ioctl` with `PPPIOCGL2TPSTATS`.
    public borrowing func statistics(of session: SessionID? = nil) throws(SocketError) -> PPPoL2TPStatistics {
        guard let number = UInt16(exactly: session?.rawValue ?? 0) else {
            throw SocketError(
                .read, socket.object, .invalid, "the kernel takes identifiers up to 65535 here",
                remedy: "use L2TPClient.session(_:in:)")
        }
        return try socket.statistics(session: number)
    }
}
