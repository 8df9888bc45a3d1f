public import Netlink

/// The network namespaces that can be read, and how to reach them.
public struct NamespaceDirectory<Transport: NetlinkTransport & ~Copyable>: Sendable {
    /// The names that ip-netns(8) has given, sorted.
    public var names: @Sendable () -> [String]
    /// What tells a namespace from others.
    public var identity: @Sendable (NetworkNamespace) throws(NetlinkError) -> NetworkNamespace.Identity
    /// Opens transports in a namespace.
    public var connector: @Sendable (NetworkNamespace) -> NetlinkConnector<Transport>

    /// A directory from its parts.
    public init(
        names: @escaping @Sendable () -> [String],
        identity: @escaping @Sendable (NetworkNamespace) throws(NetlinkError) -> NetworkNamespace.Identity,
        connector: @escaping @Sendable (NetworkNamespace) -> NetlinkConnector<Transport>
    ) {
        self.names = names
        self.identity = identity
        self.connector = connector
    }
}

extension NamespaceDirectory where Transport == NetlinkSocket {
    /// The namespaces of the running kernel.
    public static var kernel: Self {
        Self(
            names: { NetworkNamespace.names },
            identity: { (namespace) throws(NetlinkError) in try namespace.identity() },
            connector: { .kernel(in: $0) })
    }
}
