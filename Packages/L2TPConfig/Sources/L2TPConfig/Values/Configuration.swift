/// The tunnels and sessions that are to exist in one network namespace.
///
/// Where in which file something was written is not part of the value: see ``ConfigurationReading``.
public struct Configuration: Hashable, Sendable {
    /// The tunnels, in the order of their names.
    public var tunnels: [TunnelConfiguration]

    /// A configuration of those tunnels.
    public init(tunnels: [TunnelConfiguration] = []) {
        self.tunnels = tunnels
    }
}
