/// What the program ends with.
enum Status: Int32, Hashable, CaseIterable {
    /// It was asked to end, or the file is written.
    case success = 0
    /// It cannot listen, read or write.
    case refused = 1
    /// The command line is wrong, or systemd has handed over no socket.
    case usage = 2
    /// The web configuration is invalid.
    case invalid = 3
    /// This kernel has no L2TP.
    case notSupported = 4
    /// The process may not do that.
    case notPermitted = 5
}
