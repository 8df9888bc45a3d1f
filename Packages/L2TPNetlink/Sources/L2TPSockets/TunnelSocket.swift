internal import CLibmnl
internal import Glibc
internal import L2TPModel
public import L2TPWire
public import Netlink
public import SystemPackage

/// A socket that can carry a tunnel: of UDP, or of IP protocol 115. It closes itself and cannot be copied.
///
/// Bind it first, once, then connect it, then make it a tunnel with `L2TPClient.createTunnel(_:over:)`; or leave it
/// as it is to wait for peers: a socket bound to connection identifier 0 receives what sets up a connection.
///
/// ```swift
/// var socket = try TunnelSocket(.udp, .v4)
/// try socket.bind(to: .udp(local, port: 1701))
/// try socket.connect(to: .udp(peer, port: 1701))
/// ```
///
/// Errors are of type ``SocketError``. It needs no privilege, but for UDP ports below 1024.
public struct TunnelSocket: ~Copyable, Sendable {
    /// What the socket speaks.
    public let encapsulation: Encapsulation
    /// The version of its addresses.
    public let version: IPVersion
    /// The descriptor, which becomes readable when a message or an error waits; see `Readiness`.
    public let fileDescriptor: FileDescriptor
    /// What the socket was connected to; nil if it was not. (The kernel cannot be asked: getpeername(2) on a socket of
    /// protocol 115 fails.)
    public private(set) var peerAddress: TunnelSocketAddress?
    private var isBound = false
    /// Whether the socket carries or has carried a tunnel, after which it cannot carry another.
    var hasCarriedTunnel = false
    /// IP protocol 115 (`IPPROTO_L2TP`), which the C library does not name.
    private static let protocolNumber: CInt = 115

    /// Opens a socket, in another network namespace if one is given.
    ///
    /// Throws ``SocketError`` with reason `namespace`, `notPermitted`, `notSupported` (module `l2tp_ip` or `l2tp_ip6`
    /// is missing) or `other`. The corresponding C function is `socket`.
    public init(
        _ encapsulation: Encapsulation, _ version: IPVersion, in namespace: NetworkNamespace = .current
    ) throws(SocketError) {
        try self.init(encapsulation, version, in: PinnedNamespace(namespace))
    }

    /// Opens a socket in a namespace that is held.
    public init(
        _ encapsulation: Encapsulation, _ version: IPVersion, in namespace: PinnedNamespace
    ) throws(SocketError) {
        let module = KernelModule(version == .v4 ? "l2tp_ip" : "l2tp_ip6")
        let object = Self.object(encapsulation)
        fileDescriptor = try namespace.call(object) {
            .opening(object, $0, module: module)
        } _: { () throws(Errno) in
            try SocketCalls.open(
                version == .v4 ? AF_INET : AF_INET6, SOCK_DGRAM, encapsulation == .udp ? 0 : Self.protocolNumber)
        }
        self.encapsulation = encapsulation
        self.version = version
    }

    deinit {
        try? fileDescriptor.close()
    }

    /// The socket in words, for messages.
    var object: String { Self.object(encapsulation) }

    private static func object(_ encapsulation: Encapsulation) -> String {
        encapsulation == .udp ? "UDP socket" : "L2TPIP socket"
    }

    /// Gives the socket its local address. It can be done once only, and comes before ``connect(to:)`` for
    /// encapsulation ip.
    ///
    /// Throws ``SocketError`` with reason `invalid` (nothing was asked of the kernel, or the kernel says so),
    /// `addressNotLocal`, `exists` (taken), `notPermitted` or `other`. The corresponding C function is `bind`.
    public mutating func bind(to local: TunnelSocketAddress) throws(SocketError) {
        try check(local, .bind)
        guard !isBound else {
            throw SocketError(
                .bind, object, .invalid, "it is bound already", remedy: "open another socket for another address")
        }
        if local.address.isMulticast {
            throw SocketError(
                .bind, object, .invalid, "\(local.address) is a multicast group, not an address of this host")
        }
        do {
            try SocketCalls.bind(fileDescriptor, to: local.bytes)
        } catch {
            throw .binding(object, error, to: local)
        }
        isBound = true
    }

    /// Gives the socket its peer: what it sends goes there, and a UDP socket receives from there alone. It may be done
    /// again as long as the socket carries no tunnel.
    ///
    /// Throws ``SocketError`` with reason `invalid` (nothing was asked of the kernel), `noRoute`, or `other`. The
    /// corresponding C function is `connect`.
    public mutating func connect(to peer: TunnelSocketAddress) throws(SocketError) {
        try check(peer, .connect)
        if encapsulation == .ip {
            guard isBound else {
                throw SocketError(
                    .connect, object, .invalid, "it is not bound", remedy: "bind it to a local address first")
            }
            if peer.address.isMulticast {
                throw SocketError(
                    .connect, object, .invalid,
                    "\(peer.address) is a multicast group, which encapsulation ip cannot use")
            }
        }
        if case .udp(let udp) = peer, udp.port == 0 {
            throw SocketError(.connect, object, .invalid, "0 is not a port (1…65535)")
        }
        do {
            try SocketCalls.connect(fileDescriptor, to: peer.bytes)
        } catch {
            throw .connecting(object, error, to: peer)
        }
        // A UDP socket that is connected first gets a port and an address from the kernel.
        isBound = true
        peerAddress = peer
    }

    /// Where the socket is bound, with the port or address that the kernel chose.
    ///
    /// Throws ``SocketError`` with reason `other`. The corresponding C function is `getsockname`.
    public borrowing func localAddress() throws(SocketError) -> TunnelSocketAddress {
        do throws(Errno) {
            let bytes = try SocketCalls.localAddress(fileDescriptor)
            guard let address = TunnelSocketAddress(encapsulation, bytes: bytes) else { throw Errno.badMessage }
            return address
        } catch {
            throw SocketError(.read, object, error)
        }
    }

    /// What is wrong with an address for this socket.
    private func check(_ address: TunnelSocketAddress, _ operation: SocketError.Operation) throws(SocketError) {
        func refuse(_ explanation: String, remedy: String? = nil) -> SocketError {
            SocketError(operation, object, .invalid, explanation, remedy: remedy)
        }
        guard address.encapsulation == encapsulation else {
            throw refuse("\(address) is an address of encapsulation \(address.encapsulation)")
        }
        guard address.address.version == version else {
            throw refuse("\(address.address) is \(address.address.version), the socket \(version)")
        }
        guard case .v6(let ipv6) = address.address else { return }
        if ipv6.isIPv4Mapped { throw refuse("\(ipv6) is an IPv4-mapped address", remedy: "use an IPv4 socket") }
        if ipv6.isLinkLocal, address.scopeID == 0 {
            throw refuse("\(ipv6) is a link-local address", remedy: "say its interface by scopeID")
        }
    }
}
