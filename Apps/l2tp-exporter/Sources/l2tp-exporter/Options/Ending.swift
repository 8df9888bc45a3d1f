/// Why a command line comes to an end before anything is done.
enum Ending: Error, Hashable {
    /// Text that was asked for, as help.
    case text(String)
    /// The command line is wrong.
    case wrong(String)
}
