/// How far an application of a plan has come.
public struct ApplyProgress: Hashable, Sendable {
    /// What is being done.
    public enum Activity: Hashable, Sendable {
        /// Waiting for what must be there before anything is touched: what is missing, one line each, as
        /// `address 192.0.2.1`, `route to 192.0.2.2`, `interface br0`.
        case waiting(for: [String])
        /// Changing sessions in place.
        case modifying
        /// Deleting tunnels and sessions, and waiting until they are gone.
        case deleting
        /// Creating tunnels.
        case creatingTunnels
        /// Creating sessions.
        case creatingSessions
        /// Setting interfaces up.
        case settingUpInterfaces
        /// Undoing what has been done.
        case undoing
    }

    /// What is being done.
    public var activity: Activity
    /// How many steps of the kind are done.
    public var doneCount: Int
    /// How many there are.
    public var totalCount: Int

    /// A progress from its parts.
    public init(_ activity: Activity, doneCount: Int, totalCount: Int) {
        self.activity = activity
        self.doneCount = doneCount
        self.totalCount = totalCount
    }
}
