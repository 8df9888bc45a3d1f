public import L2TPModel
public import L2TPWire

/// A datagram socket that a process has open, for ``FakeKernel/openSocket(_:)``.
public struct OpenSocket: Hashable, Sendable {
    /// Why a descriptor can be nobody's tunnel, whatever its socket speaks.
    public enum Obstacle: Hashable, Sendable {
        /// It belongs to a file that is no socket (`ENOTSOCK`).
        case noSocket
        /// Its socket is of another network namespace (`EINVAL`).
        case foreignNamespace
    }

    /// What the socket speaks; nil for a socket that cannot carry L2TP.
    public var encapsulation: Encapsulation?
    /// The address it is bound to.
    public var local: IPAddress
    /// The address it is connected to.
    public var peer: IPAddress
    /// Its UDP port.
    public var localPort: UInt16
    /// The UDP port it is connected to.
    public var peerPort: UInt16
    /// Why it can be nobody's tunnel; nil if nothing forbids it.
    public var obstacle: Obstacle?
    /// Whether it has an IPsec policy of its own (`IP_XFRM_POLICY`).
    public var hasIPsecPolicy: Bool
    /// Whether a tunnel has had the socket.
    var hasCarriedTunnel = false

    /// A socket from its parts.
    public init(
        _ encapsulation: Encapsulation?, local: IPAddress, peer: IPAddress, localPort: UInt16 = 0, peerPort: UInt16 = 0,
        obstacle: Obstacle? = nil, hasIPsecPolicy: Bool = false
    ) {
        self.encapsulation = encapsulation
        self.local = local
        self.peer = peer
        self.localPort = localPort
        self.peerPort = peerPort
        self.obstacle = obstacle
        self.hasIPsecPolicy = hasIPsecPolicy
    }
}
