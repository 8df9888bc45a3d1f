public import Netlink

/// The network namespaces that a configuration is about: the one its tunnels are in, and those its interfaces are moved
/// to.
public struct Networks<Transport: NetlinkTransport & ~Copyable>: Sendable {
    /// Opens transports where the tunnels are.
    public var tunnels: NetlinkConnector<Transport>
    /// Where the tunnels are, to move an interface back to.
    public var home: NetworkNamespace
    /// Opens transports in the named network namespace.
    public var named: @Sendable (String) -> NetlinkConnector<Transport>
    /// The named network namespace, to move an interface to.
    public var namespace: @Sendable (String) -> NetworkNamespace
    /// Whether there is a network namespace of that name.
    public var exists: @Sendable (String) -> Bool
    /// The names of all named network namespaces.
    public var names: @Sendable () -> [String]

    /// Namespaces from their parts.
    public init(
        tunnels: NetlinkConnector<Transport>, home: NetworkNamespace = .current,
        named: @escaping @Sendable (String) -> NetlinkConnector<Transport>,
        namespace: @escaping @Sendable (String) -> NetworkNamespace = { .named($0) },
        exists: @escaping @Sendable (String) -> Bool, names: @escaping @Sendable () -> [String] = { [] }
    ) {
        self.tunnels = tunnels
        self.home = home
        self.named = named
        self.namespace = namespace
        self.exists = exists
        self.names = names
    }
}

extension Networks where Transport == NetlinkSocket {
    /// The namespaces of the running kernel, with tunnels in one of them; names are ip-netns(8)'s.
    public static func kernel(in namespace: NetworkNamespace = .current) -> Self {
        Self(
            tunnels: .kernel(in: namespace), home: namespace, named: { .kernel(in: .named($0)) },
            exists: { NetworkNamespace.names.contains($0) }, names: { NetworkNamespace.names })
    }
}
