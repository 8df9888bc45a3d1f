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

/// Everything found wrong with one command; the first problem decides the status.
struct Failure: Error, Hashable {
    let problems: [Problem]

    /// A failure from its problems, of which there is at least one.
    init(_ problems: [Problem]) {
        precondition(!problems.isEmpty, "a failure has a problem")
        self.problems = problems
    }

    init(_ message: String, _ status: Status) {
        self.init([Problem(message, status)])
    }

    var status: Status { problems[0].status }
}
