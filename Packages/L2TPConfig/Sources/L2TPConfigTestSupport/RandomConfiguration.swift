public import L2TPConfig
public import L2TPModel
internal import L2TPWire

/// Draws valid configurations: such that a kernel accepts in one network namespace, and that no rule has anything to say
/// about.
///
/// The same generator state and the same parameters give the same configuration. All ids, local ports, names and
/// prefixes differ within it.
public struct RandomConfiguration: Sendable {
    /// The addresses of a tunnel.
    public struct Endpoints: Hashable, Sendable {
        /// Ours.
        public var local: IPAddress
        /// The peer's, of the same version.
        public var remote: IPAddress

        /// A pair of addresses.
        public init(local: IPAddress, remote: IPAddress) {
            self.local = local
            self.remote = remote
        }
    }

    /// Where interfaces may end up, and what they may belong to there.
    public struct Place: Hashable, Sendable {
        /// The named network namespace; nil means where the tunnels are.
        public var namespace: String?
        /// Bridges and VRFs there.
        public var masters: [InterfaceConfiguration.Master]

        /// A place with masters.
        public init(namespace: String? = nil, masters: [InterfaceConfiguration.Master] = []) {
            self.namespace = namespace
            self.masters = masters
        }
    }

    /// The addresses of tunnels; not empty. A kernel needs the local ones, and routes to the others.
    public var endpoints: [Endpoints]
    /// How many tunnels there are.
    public var tunnelCounts: ClosedRange<Int>
    /// How many sessions each tunnel has.
    public var sessionCounts: ClosedRange<Int>
    /// Where interfaces may end up; not empty.
    public var places: [Place]
    /// Whether names of tunnels and sessions hold quotation marks, dots, spaces and letters beyond ASCII.
    public var hasOddNames: Bool

    /// A way to draw configurations.
    public init(
        endpoints: [Endpoints], tunnelCounts: ClosedRange<Int> = 1...3, sessionCounts: ClosedRange<Int> = 0...4,
        places: [Place] = [Place()], hasOddNames: Bool = false
    ) {
        self.endpoints = endpoints
        self.tunnelCounts = tunnelCounts
        self.sessionCounts = sessionCounts
        self.places = places
        self.hasOddNames = hasOddNames
    }

    /// Draws a configuration.
    ///
    /// - Precondition: ``endpoints`` and ``places`` are not empty, counts are not negative and at most 20000 in total.
    /// - Parameter generator: Where the numbers come from.
    /// - Returns: A configuration without findings.
    public func next(using generator: inout some RandomNumberGenerator) -> Configuration {
        precondition(!endpoints.isEmpty && !places.isEmpty, "a configuration needs addresses and places")
        var draw = ConfigurationDraw(self)
        return draw.configuration(&generator)
    }
}
