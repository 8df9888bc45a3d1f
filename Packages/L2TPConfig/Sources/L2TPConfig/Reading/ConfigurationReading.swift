/// What was read from one file or several: the values, the findings, and where each value stands.
public struct ConfigurationReading: Sendable {
    /// What could be read.
    public var configuration: Configuration
    /// What was found, in the order of the text.
    public var diagnostics: [Diagnostic]
    /// Where a part stands; the nearest part around it where it is not written itself.
    public var locate: @Sendable (ConfigurationPath) -> SourceLocation?
    /// The names of all tunnels in the text, also of those that could not be read.
    public var tunnelNames: [String]
    /// Whether the text itself holds a cookie, so that nobody else should be able to read it.
    public var holdsSecrets = false

    /// A reading from its parts.
    public init(
        configuration: Configuration, diagnostics: [Diagnostic] = [],
        locate: @escaping @Sendable (ConfigurationPath) -> SourceLocation? = { _ in nil }
    ) {
        self.configuration = configuration
        self.diagnostics = diagnostics
        self.locate = locate
        tunnelNames = configuration.tunnels.map(\.name)
    }

    /// Whether it can be applied: no finding is an error.
    public var isValid: Bool { diagnostics.allSatisfy { $0.severity != .error } }
}
