/// One finding about a configuration.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        /// The configuration cannot be applied.
        case error
        /// It can, but may not do what was meant.
        case warning
    }

    /// How bad it is.
    public var severity: Severity
    /// Where it was found.
    public var location: SourceLocation
    /// Which part of the configuration it is about; empty for a file as a whole.
    public var path: ConfigurationPath
    /// What is wrong, why, and what would be right, in one line. Cookies are never part of it.
    public var message: String

    /// A finding from its parts.
    public init(_ severity: Severity, _ location: SourceLocation, _ path: ConfigurationPath, _ message: String) {
        self.severity = severity
        self.location = location
        self.path = path
        self.message = message
    }

    /// `FILE:LINE:COLUMN: error: PATH: MESSAGE`.
    public var description: String {
        let subject = path.keys.isEmpty ? "" : "\(path): "
        return "\(location): \(severity.rawValue): \(subject)\(message)"
    }
}

extension [Diagnostic] {
    /// Puts findings about one file in the order of their places; those about the file as a whole come last. Findings
    /// about the same place keep their order.
    package mutating func sortByPlace() {
        let last = SourcePosition(line: .max, column: .max)
        let keyed = enumerated().map { (place: $0.element.location.position ?? last, index: $0.offset) }
        self = keyed.sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map { self[$0.index] }
    }
}
