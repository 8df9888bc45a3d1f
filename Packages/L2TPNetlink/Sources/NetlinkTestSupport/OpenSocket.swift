public import L2TPModel
public import L2TPWire

/// A datagram socket that a process has open, for ``FakeKernel/openSocket(_:)``.
public struct OpenSocket: Hashable, Sendable {
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

    /// A socket from its parts.
    public init(
        _ encapsulation: Encapsulation?, local: IPAddress, peer: IPAddress, localPort: UInt16 = 0, peerPort: UInt16 = 0
    ) {
        self.encapsulation = encapsulation
        self.local = local
        self.peer = peer
        self.localPort = localPort
        self.peerPort = peerPort
    }
}
