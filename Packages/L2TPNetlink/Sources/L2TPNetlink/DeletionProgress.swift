/// How far a deletion has come that the kernel carries out in the background.
public struct DeletionProgress: Hashable, Sendable {
    /// What is being deleted.
    public var object: L2TPError.Object
    /// How long the wait has lasted.
    public var elapsed: Duration
    /// How long it may last.
    public var limit: Duration
    /// How many of the sessions' interfaces were still there when last counted.
    public var remainingInterfaces: Int
}
