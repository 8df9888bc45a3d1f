/// Compares what is configured with what there is: a function without input and output.
public struct Planner: Sendable {
    /// Whether objects that somebody else has created are taken over if they are configured.
    public var adopts: Bool

    /// A planner.
    public init(adopts: Bool = false) {
        self.adopts = adopts
    }
}
