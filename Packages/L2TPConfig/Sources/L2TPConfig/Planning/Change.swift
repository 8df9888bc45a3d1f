public import L2TPModel
public import L2TPWire

/// One difference between what is configured and what there is, and what removes it.
public struct Change: Hashable, Sendable {
    /// What kind of change it is.
    public enum Action: String, Hashable, Sendable, CaseIterable {
        /// What does not exist is created.
        case create
        /// What the kernel can change is changed in a session that stays.
        case modify
        /// Deleted and created, for the kernel cannot change it otherwise.
        case recreate
        /// What is no longer configured is deleted.
        case delete
        /// Only the interface of a session that stays is changed.
        case link
        /// What somebody else has created as it is configured is taken over; the kernel is asked for nothing.
        case adopt
    }

    /// What is changed.
    public enum Object: Hashable, Sendable {
        /// A tunnel.
        case tunnel(TunnelID)
        /// A session.
        case session(SessionKey)
    }

    /// What is changed.
    public var object: Object
    /// Its name in the configuration, or the one that is recorded for it; nil if there is none.
    public var name: String?
    /// Where it stands in the configuration; nil if it is no longer configured.
    public var path: ConfigurationPath?
    /// What kind of change it is.
    public var action: Action
    /// What differs, by the configuration's keys.
    public var attributes: [AttributeChange]
    /// What is to be done, in order; empty if another change does it, as a tunnel's deletion does for its sessions.
    public var steps: [Step]

    /// A change from its parts.
    public init(
        _ action: Action, _ object: Object, name: String?, path: ConfigurationPath?,
        attributes: [AttributeChange] = [], steps: [Step] = []
    ) {
        self.action = action
        self.object = object
        self.name = name
        self.path = path
        self.attributes = attributes
        self.steps = steps
    }
}

/// One attribute that differs.
public struct AttributeChange: Hashable, Sendable {
    /// The configuration's key, as `peer_session_id` or `interface.mtu`.
    public var key: String
    /// What it is, as the configuration would write it without quotation marks; nil if it is not there. A cookie is
    /// told by its length alone.
    public var old: String?
    /// What it is to be; nil if it is to go.
    public var new: String?
    /// Whether it is what makes deletion and creation necessary.
    public var forcesRecreation: Bool

    /// A difference from its parts.
    public init(_ key: String, old: String?, new: String?, forcesRecreation: Bool = false) {
        self.key = key
        self.old = old
        self.new = new
        self.forcesRecreation = forcesRecreation
    }
}
