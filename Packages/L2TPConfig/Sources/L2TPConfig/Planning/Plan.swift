/// What is to be done so that a configuration holds.
public struct Plan: Hashable, Sendable {
    /// The changes: tunnel by tunnel in the configuration's order, each before its sessions, and then what is no longer
    /// configured.
    public var changes: [Change]
    /// What stands in the way. A plan with conflicts cannot be applied.
    public var conflicts: [Conflict]
    /// How many configured tunnels and sessions stay as they are.
    public var unchangedCount: Int
    /// What is owned when the plan has been carried out.
    public var ownership: Ownership
    /// What is to be recorded before the first step: everything that may be there if it ends anywhere between.
    public var intent: Ownership

    /// A plan from its parts.
    public init(
        changes: [Change] = [], conflicts: [Conflict] = [], unchangedCount: Int = 0,
        ownership: Ownership = Ownership(), intent: Ownership = Ownership()
    ) {
        self.changes = changes
        self.conflicts = conflicts
        self.unchangedCount = unchangedCount
        self.ownership = ownership
        self.intent = intent
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { changes.isEmpty && conflicts.isEmpty }
}

/// Why a plan cannot be carried out.
public struct Conflict: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where the configuration asks for it; nil if it does not.
    public var path: ConfigurationPath?
    /// What stands in the way, in one line.
    public var message: String
    /// What to do about it; nil if that is not known.
    public var remedy: String?

    /// A conflict from its parts.
    public init(_ path: ConfigurationPath?, _ message: String, remedy: String? = nil) {
        self.path = path
        self.message = message
        self.remedy = remedy
    }

    /// `PATH: MESSAGE` and, on a second line, indented, the remedy.
    public var description: String {
        let subject = path.map { "\($0): " } ?? ""
        return subject + message + (remedy.map { "\n  \($0)" } ?? "")
    }
}
