public import L2TPModel
public import L2TPWire

/// What there is in a network namespace: what a configuration is compared with.
public struct CurrentState: Hashable, Sendable {
    /// All tunnels.
    public var tunnels: [Tunnel]
    /// All sessions.
    public var sessions: [Session]
    /// The interfaces of the sessions, as far as they can be found: one that was renamed by hand cannot.
    public var interfaces: [SessionKey: InterfaceState]
    /// All links of the namespace.
    public var links: [Link]
    /// The links that masters can be found among, and names taken, in the namespaces that the configuration names;
    /// nil for one that does not exist.
    public var namespaces: [String: [Link]?]
    /// The path MTU in bytes to the peer of a configured tunnel, for those to which there is a route.
    public var pathMTUs: [TunnelID: UInt32]
    /// The machine's identity, of which stable MAC addresses are derived; nil if it has none.
    public var machineID: MachineID?

    /// A state from its parts.
    public init(
        tunnels: [Tunnel] = [], sessions: [Session] = [], interfaces: [SessionKey: InterfaceState] = [:],
        links: [Link] = [], namespaces: [String: [Link]?] = [:], pathMTUs: [TunnelID: UInt32] = [:],
        machineID: MachineID? = nil
    ) {
        self.tunnels = tunnels
        self.sessions = sessions
        self.interfaces = interfaces
        self.links = links
        self.namespaces = namespaces
        self.pathMTUs = pathMTUs
        self.machineID = machineID
    }
}
