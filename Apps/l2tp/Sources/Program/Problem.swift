/// One thing that went wrong, in words, and the status it makes the program end with.
struct Problem: Hashable {
    /// `what: why`, without the program's name; a second line, indented, may say what to do.
    var message: String
    var status: Status

    init(_ message: String, _ status: Status) {
        self.message = message
        self.status = status
    }
}
