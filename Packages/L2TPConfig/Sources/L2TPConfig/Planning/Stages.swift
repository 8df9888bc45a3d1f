/// The steps of a plan in the order of their execution.
///
/// Deletions come before creations so that identifiers, ports and names can change their owner.
public struct Stages: Hashable, Sendable {
    /// Changes of sessions in place.
    public var modifications: [Step] = []
    /// Deletions of tunnels, which take their sessions along.
    public var tunnelDeletions: [Step] = []
    /// Deletions of sessions in tunnels that stay.
    public var sessionDeletions: [Step] = []
    /// Creations of tunnels.
    public var tunnelCreations: [Step] = []
    /// Creations of sessions, each with the setup of its interface.
    public var sessionCreations: [Step] = []
    /// Changes of interfaces of sessions that stay.
    public var interfaceSetups: [Step] = []

    /// Puts steps into their stages, in the order in which they come.
    public init(_ steps: some Sequence<Step>) {
        for step in steps {
            switch step {
            case .modifySession: modifications.append(step)
            case .deleteTunnel: tunnelDeletions.append(step)
            case .deleteSession: sessionDeletions.append(step)
            case .createTunnel: tunnelCreations.append(step)
            case .createSession: sessionCreations.append(step)
            case .setUpInterface: interfaceSetups.append(step)
            }
        }
    }

    /// All steps, stage by stage.
    public var all: [Step] {
        modifications + tunnelDeletions + sessionDeletions + tunnelCreations + sessionCreations + interfaceSetups
    }
}

extension Plan {
    /// The steps in the order of their execution.
    public var stages: Stages { Stages(changes.lazy.flatMap(\.steps)) }
}
