import Logging

/// What a command line asks for.
struct Options: Hashable {
    /// What is to be done.
    enum Task: Hashable {
        /// The configuration is to hold.
        case apply
        /// The same, for so many seconds unless somebody confirms.
        case attempt(seconds: Int)
        /// Only the configuration is looked at.
        case check
        /// Only what would be done is told.
        case plan
        /// Another run that tries is told that what it has applied is to stay.
        case confirm
    }

    /// Where configurations are unless the command line names others.
    static let folder = "/etc/l2tp"
    /// How long is waited for addresses, routes and links unless the command line says something else.
    static let usualWait = 30
    /// The longest wait in seconds: a day.
    static let longestWait = 86400

    var task = Task.apply
    /// Whether nothing is to exist, instead of what files say.
    var isDown = false
    /// Whether objects that somebody else has created are taken over.
    var adopts = false
    /// For how many seconds to wait for addresses, routes and links, and before that for another run's end.
    var wait = usualWait
    /// The network namespace: a name of ip-netns(8), or with a slash a path; nil is the current one.
    var netns: String?
    /// Whether a report in JSON goes to standard output.
    var json = false
    /// What is said about the run on standard error.
    var logLevel = Logger.Level.info
    /// Whether standard output stays empty, but for the report in JSON.
    var isQuiet = false
    /// The files and folders in the order of the command line.
    var paths: [String] = []

    /// The files and folders to read.
    var sources: [String] { paths.isEmpty ? [Self.folder] : paths }
}
