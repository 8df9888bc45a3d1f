/// Whether something could be read.
public struct SourceStatus: Hashable, Sendable {
    /// What was to be read, as the end of «cannot read …»; the same each time.
    public var subject: String
    /// The labels of the sample of `l2tp_up` that tells it; nil if it does not count there.
    public var upLabels: LabelSet?
    /// Why it could not be read, as one line; nil if it could.
    public var problem: String?

    /// A status from its parts.
    public init(_ subject: String, upLabels: LabelSet?, problem: String? = nil) {
        self.subject = subject
        self.upLabels = upLabels
        self.problem = problem
    }
}
