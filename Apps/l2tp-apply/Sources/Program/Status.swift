/// What the program ends with.
enum Status: Int32, Hashable, CaseIterable {
    /// Done, or nothing was to be done.
    case success = 0
    /// The kernel refused, something stands in the way, or what was done has been taken back.
    case refused = 1
    /// The command line is wrong.
    case usage = 2
    /// The configuration is invalid or cannot be read.
    case invalid = 3
    /// This kernel has no L2TP.
    case notSupported = 4
    /// The process may not do that.
    case notPermitted = 5
    /// `--plan` found differences.
    case differs = 6
}
