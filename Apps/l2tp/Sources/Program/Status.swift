/// What the program ends with: the statuses of ip-l2tp(8).
enum Status: Int32, Hashable {
    /// Done.
    case success = 0
    /// The kernel has no L2TP, a list could not be read, an address is none, or a line of a batch failed.
    case failure = 1
    /// The tunnel or session could not be added, deleted or found.
    case refused = 2
    /// The command line is wrong, or the network namespace cannot be entered.
    case usage = 255
}
