public import L2TPModel

/// A tunnel that is to exist, with its sessions: the table `[tunnel.NAME]`.
public struct TunnelConfiguration: Hashable, Sendable {
    /// Its name in the configuration, which the kernel does not know.
    public var name: String
    /// What to ask the kernel for.
    public var specification: TunnelSpecification
    /// Its sessions, in the order of their names.
    public var sessions: [SessionConfiguration]

    /// A tunnel from its parts.
    public init(name: String, specification: TunnelSpecification, sessions: [SessionConfiguration] = []) {
        self.name = name
        self.specification = specification
        self.sessions = sessions
    }

    /// Where it stands in a configuration: `tunnel.NAME`.
    public var path: ConfigurationPath { ConfigurationPath(["tunnel", name]) }
}
