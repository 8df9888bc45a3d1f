public import L2TPModel

/// A session that is to exist, with its interface: the table `[tunnel.NAME.session.NAME]`.
public struct SessionConfiguration: Hashable, Sendable {
    /// Its name in the configuration, unique within the tunnel, which the kernel does not know.
    public var name: String
    /// What to ask the kernel for. The interface's name is part of it; nil leaves that to the kernel.
    public var specification: SessionSpecification
    /// How its interface is to be set up.
    public var interface: InterfaceConfiguration

    /// A session from its parts.
    public init(
        name: String, specification: SessionSpecification,
        interface: InterfaceConfiguration = InterfaceConfiguration()
    ) {
        self.name = name
        self.specification = specification
        self.interface = interface
    }
}
