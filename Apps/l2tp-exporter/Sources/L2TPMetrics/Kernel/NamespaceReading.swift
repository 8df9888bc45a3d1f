public import L2TPModel
public import L2TPNetlink

/// What was read in one network namespace.
public struct NamespaceReading: Sendable {
    /// The tunnels, sessions and interfaces of a namespace.
    public struct Contents: Sendable {
        /// The tunnels, by ascending identifier.
        public var tunnels: [Tunnel]
        /// The sessions, by ascending identifiers of tunnel and session.
        public var sessions: [Session]
        /// The interfaces of the sessions, in the order of these, nil for one that has none or whose is not known; empty
        /// if interfaces are not followed.
        public var interfaces: [Link?]
        /// The same object as in an earlier walk if ``interfaces`` is the same as there, and so are the sessions'
        /// identifiers; nil if that is not known.
        var interfaceRevision: InterfaceRevision?

        /// Contents from their parts.
        public init(tunnels: [Tunnel] = [], sessions: [Session] = [], interfaces: [Link?] = []) {
            self.tunnels = tunnels
            self.sessions = sessions
            self.interfaces = interfaces
        }
    }

    /// The name that ip-netns(8) has given to it; nil for the exporter's own.
    public var name: String?
    /// What there is, or why it could not be read.
    public var contents: Result<Contents, L2TPError>
    /// Why the interfaces could not be read although the rest could; nil if they could.
    public var interfaceProblem: String?

    /// A reading from its parts.
    public init(name: String?, contents: Result<Contents, L2TPError>, interfaceProblem: String? = nil) {
        self.name = name
        self.contents = contents
        self.interfaceProblem = interfaceProblem
    }
}
