internal import L2TPConfig

/// Why the web server's configuration cannot be used.
public struct WebConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was found, each as `FILE:LINE:COLUMN: error: KEY: MESSAGE` in one line, in the order of the file. Hashes and
    /// keys are never part of it.
    public let problems: [String]

    /// An error from what was found.
    init(problems: [String]) {
        self.problems = problems
    }

    /// One problem with a file, or with a place in it.
    init(_ location: SourceLocation, _ message: String) {
        self.init(problems: ["\(location): error: \(message)"])
    }

    /// A line for each problem.
    public var description: String { problems.joined(separator: "\n") }
}
