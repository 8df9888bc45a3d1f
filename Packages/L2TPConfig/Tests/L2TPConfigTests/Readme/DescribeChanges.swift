import L2TPConfig

/// What has to be done so that a configuration holds, a line for each tunnel and session.
func changes(of configuration: Configuration, current: CurrentState, owned: Ownership) -> [String] {
    let plan = Planner().plan(configuration, current: current, owned: owned)
    return plan.conflicts.map(\.description)
        + plan.changes.map { change in
            let attributes = change.attributes.map {
                "\($0.key) \($0.old ?? "none") -> \($0.new ?? "none")"
            }
            let subject = change.path?.description ?? change.name ?? "unnamed"
            return "\(change.action) \(subject) \(attributes.joined(separator: ", "))"
        }
}
