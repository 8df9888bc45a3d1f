import L2TPMetrics
import Netlink

/// What the program has around it, so that tests can put something else there.
struct Surroundings<Transport: NetlinkTransport & Sendable & ~Copyable>: Sendable {
    /// The network namespaces.
    var namespaces: NamespaceDirectory<Transport>
    /// The value of a variable of the environment.
    var environment: @Sendable (String) -> String?
    /// The time of day, as of RFC 3339.
    var time: @Sendable () -> String
    /// Whether standard error leads to the journal.
    var errorIsJournal = false
    /// Writes to standard output.
    var write: @Sendable (String) -> Void
    /// Writes to standard error.
    var writeError: @Sendable (String) -> Void
}
