/// Something that a rule has found in a configuration, whatever it was read from.
public struct Finding: Hashable, Sendable {
    /// How bad it is.
    public var severity: Diagnostic.Severity
    /// Which part it is about.
    public var path: ConfigurationPath
    /// The other part that it does not agree with; nil if there is none, or if ``message`` names it.
    public var related: ConfigurationPath?
    /// What is wrong, why, and what would be right, in one line. Cookies are never part of it.
    public var message: String

    /// A finding from its parts.
    public init(
        _ severity: Diagnostic.Severity, _ path: ConfigurationPath, related: ConfigurationPath? = nil, _ message: String
    ) {
        self.severity = severity
        self.path = path
        self.related = related
        self.message = message
    }
}
