/// Whether something could be read.
public struct SourceStatus: Hashable, Sendable {
    /// What was to be read, as the end of «cannot read …»; the same each time.
    public var subject: String
    /// The labels of the sample of `l2tp_up` that tells it; nil if it does not count there.
    public var upLabels: LabelSet?
    /// Why it could not be read, as one line; nil if it could.
    public var problem: String?
    /// The kind of the problem, for programs to act on.
    public var cause: Cause

    /// Kinds of problems.
    public enum Cause: Hashable, Sendable {
        /// The kernel has no L2TP.
        case notSupported
        /// The process may not read it.
        case notPermitted
        /// Anything else.
        case other
    }

    /// A status from its parts.
    public init(_ subject: String, upLabels: LabelSet?, problem: String? = nil, cause: Cause = .other) {
        self.subject = subject
        self.upLabels = upLabels
        self.problem = problem
        self.cause = cause
    }
}
