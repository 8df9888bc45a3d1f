public import L2TPModel
public import L2TPWire

/// What was created by applying a configuration, and what the kernel does not tell of it.
///
/// It is recorded below `/run`, and so ends with the objects at a reboot. An object counts as owned only while it is
/// what is recorded: one that somebody else has since created under the same identifier is not.
public struct Ownership: Hashable, Sendable {
    /// A tunnel.
    public struct OwnedTunnel: Hashable, Sendable {
        /// Its name in the configuration.
        public var name: String
        /// What it may have been created from: one specification, or more while it is re-created.
        public var specifications: [TunnelSpecification]

        /// A tunnel from its parts.
        public init(name: String, specifications: [TunnelSpecification]) {
            self.name = name
            self.specifications = specifications
        }
    }

    /// A session.
    public struct OwnedSession: Hashable, Sendable {
        /// Its name in the configuration.
        public var name: String
        /// What it may have been created from: one specification, or more while it is re-created. Those whose
        /// immutable attributes are the session's tell its L2-specific sublayer.
        public var specifications: [SessionSpecification]
        /// The addresses that were given to its interface: only these are taken from it.
        public var addresses: [AddressSpecification]
        /// The bridge or VRF that its interface was given to; nil if none.
        public var masterName: String?
        /// The named network namespace that its interface was moved to; nil if none.
        public var namespace: String?
        /// The bridges and VRFs that its interface may still belong to, while it is given to another.
        public var formerMasterNames: [String]
        /// The named network namespaces that its interface may still be in, while it is moved to another.
        public var formerNamespaces: [String]
        /// What its interface had beside what is configured, and the attributes of configured addresses, before it was
        /// deleted to be re-created or otherwise loses them for a while, until it has them again.
        public var kept: InterfaceState?
        /// How its interface is configured; nil if that is not known.
        public var interface: InterfaceConfiguration?

        /// A session from its parts.
        public init(
            name: String, specifications: [SessionSpecification], addresses: [AddressSpecification] = [],
            masterName: String? = nil, namespace: String? = nil, formerMasterNames: [String] = [],
            formerNamespaces: [String] = [], kept: InterfaceState? = nil, interface: InterfaceConfiguration? = nil
        ) {
            self.name = name
            self.specifications = specifications
            self.addresses = addresses
            self.masterName = masterName
            self.namespace = namespace
            self.formerMasterNames = formerMasterNames
            self.formerNamespaces = formerNamespaces
            self.kept = kept
            self.interface = interface
        }
    }

    /// The tunnels.
    public var tunnels: [TunnelID: OwnedTunnel]
    /// The sessions.
    public var sessions: [SessionKey: OwnedSession]
    /// The text of whose configuration this is all, with nothing on its way; nil if that is not known, or not so.
    public var source: ConfigurationDigest?

    /// An ownership of those.
    public init(
        tunnels: [TunnelID: OwnedTunnel] = [:], sessions: [SessionKey: OwnedSession] = [:],
        source: ConfigurationDigest? = nil
    ) {
        self.tunnels = tunnels
        self.sessions = sessions
        self.source = source
    }
}
