import L2TPConfig

/// How many tunnels and sessions have which fate. The sessions of a tunnel that goes are not counted beside it.
struct Counts: Hashable {
    private var numbers: [Change.Action: Int] = [:]
    private let unchanged: Int

    /// The counts of a plan.
    init(_ plan: Plan) {
        unchanged = plan.unchangedCount
        for change in plan.changes where !change.isDoneByAnother { numbers[change.action, default: 0] += 1 }
    }

    /// How many have that fate.
    subscript(action: Change.Action) -> Int { numbers[action] ?? 0 }

    /// How many stay as they are.
    var unchangedCount: Int { unchanged }

    /// `1 re-created, 1 modified, 1 deleted, 6 unchanged`.
    var text: String {
        var words = Self.order.compactMap { action in self[action] > 0 ? "\(self[action]) \(action.participle)" : nil }
        if unchanged > 0 { words.append("\(unchanged) unchanged") }
        return words.joined(separator: ", ")
    }

    private static let order: [Change.Action] = [.create, .recreate, .modify, .link, .adopt, .delete]
}

extension Change {
    /// Whether it is a session that goes with its tunnel.
    var isDoneByAnother: Bool { action == .delete && steps.isEmpty }
}

extension Change.Action {
    /// What is to be done.
    var verb: String {
        switch self {
        case .create: "create"
        case .modify: "modify"
        case .recreate: "re-create"
        case .delete: "delete"
        case .link: "link"
        case .adopt: "adopt"
        }
    }

    /// What has been done.
    var participle: String {
        switch self {
        case .create: "created"
        case .modify: "modified"
        case .recreate: "re-created"
        case .delete: "deleted"
        case .link: "with a changed interface"
        case .adopt: "adopted"
        }
    }
}
