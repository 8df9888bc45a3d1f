import Logging

/// What is said about a run, line by line: with the program's name before it, or for the journal with its priority.
struct LogOutput: LogHandler {
    /// What begins a line.
    enum Form: Hashable {
        /// The program's name.
        case named(String)
        /// Nothing, as for findings about files, which begin with the place.
        case bare
        /// The priority in angle brackets, as the journal reads it (sd-daemon(3)).
        case prioritized
    }

    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let form: Form
    private let write: @Sendable (String) -> Void

    /// An output through `write` of what is at least of a level.
    init(_ form: Form, level: Logger.Level, write: @escaping @Sendable (String) -> Void) {
        self.form = form
        self.write = write
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let lines = "\(event.message)".split(separator: "\n", omittingEmptySubsequences: false)
        var text = ""
        for (index, line) in lines.enumerated() {
            switch form {
            case .named(let name): text += index == 0 ? "\(name): \(event.level.notice)\(line)\n" : "\(line)\n"
            case .bare: text += "\(line)\n"
            case .prioritized: text += "<\(event.level.priority)>\(line)\n"
            }
        }
        write(text)
    }
}

extension Logger.Level {
    /// The priority of syslog(3).
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    /// What precedes a message of which the words do not say how bad it is.
    fileprivate var notice: String {
        self == .warning ? "warning: " : ""
    }
}
