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

    /// The same failure with a line below it that says what to do, if there is anything to say.
    func with(remedy: String?) -> Self {
        guard let remedy else { return self }
        var problems = problems
        problems[problems.count - 1].message += "\n  \(remedy)"
        return Self(problems)
    }
}
