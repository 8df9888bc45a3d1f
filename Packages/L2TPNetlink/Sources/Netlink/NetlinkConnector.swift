internal import SystemPackage

/// Opens transports, so that a client can open one for each protocol when it first needs it.
public struct NetlinkConnector<Transport: NetlinkTransport & ~Copyable>: Sendable {
    private let opener: @Sendable (NetlinkProtocol) throws(NetlinkError) -> Transport

    /// A connector that opens transports by calling `opener`.
    public init(_ opener: @escaping @Sendable (NetlinkProtocol) throws(NetlinkError) -> Transport) {
        self.opener = opener
    }

    /// Opens a transport for one protocol.
    ///
    /// Throws ``NetlinkError`` with operation `open` or `enterNamespace`.
    public func open(_ netlinkProtocol: NetlinkProtocol) throws(NetlinkError) -> Transport {
        try opener(netlinkProtocol)
    }
}

extension NetlinkConnector where Transport == NetlinkSocket {
    /// Opens sockets of the running kernel in one network namespace, without moving the calling thread
    /// into it.
    ///
    /// The namespace is found when the first socket is opened and held from then on, so that all sockets of
    /// the connector are in the same one.
    public static func kernel(in namespace: NetworkNamespace = .current) -> Self {
        let namespace = PinnedNamespace(namespace)
        return Self { (netlinkProtocol) throws(NetlinkError) in
            // What a closure returns through `Result` must be copyable, so the socket travels in a box.
            let box = try namespace.run { () throws(NetlinkError) in SocketBox(try NetlinkSocket(netlinkProtocol)) }
            guard let socket = box.socket.take() else { throw NetlinkError(.open, .ioError) }
            return socket
        }
    }
}

private final class SocketBox {
    var socket: NetlinkSocket?

    init(_ socket: consuming NetlinkSocket) {
        self.socket = consume socket
    }
}
