import L2TPApply
import L2TPConfig
import Logging

/// Says on standard error what happens.
struct Reporter {
    /// For what is to be said about the run.
    let log: Logger
    private let findings: Logger

    /// A reporter for a console that says what is at least of a level.
    init(_ console: Console, level: Logger.Level) {
        func logger(_ form: LogOutput.Form, _ level: Logger.Level) -> Logger {
            let form = console.errorIsJournal ? .prioritized : form
            return Logger(label: "l2tp-apply") { _ in LogOutput(form, level: level, write: console.writeError) }
        }
        log = logger(.named("l2tp-apply"), level)
        findings = logger(.bare, level)
    }

    /// Says what was found in the configuration; if it is invalid, also how much.
    func report(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics {
            findings.log(level: diagnostic.severity == .error ? .error : .warning, "\(diagnostic)")
        }
        guard diagnostics.contains(where: { $0.severity == .error }) else { return }
        findings.error("\(Self.sum(of: diagnostics)); nothing was changed")
    }

    /// `2 errors, 1 warning`.
    static func sum(of diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.count { $0.severity == .error }
        let numbers = [(errors, "error"), (diagnostics.count - errors, "warning")]
        return numbers.filter { $0.0 > 0 }.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }

    /// Says what stands in the way of a plan.
    func report(_ conflicts: [Conflict], _ places: Places) {
        for conflict in conflicts {
            let place = places.place(of: conflict.path)
            let remedy = conflict.remedy.map { "\n  \($0)" } ?? ""
            if place.isEmpty {
                log.error("\(conflict.message)\(remedy)")
            } else {
                findings.error("\(place): error: \(conflict)")
            }
        }
    }

    /// Says why a run has failed, and what has become of it.
    func report(_ failure: Failure) {
        log.error("\(failure.message)\(failure.remedy.map { "\n  \($0)" } ?? "")")
    }

    /// Says why a run has failed, and what has become of it.
    func report(_ error: ApplyError, _ places: Places) {
        let place = places.place(of: error.path)
        let lines = [error.description] + (place.isEmpty ? [] : ["  configured at \(place)"])
        log.error("\(lines.joined(separator: "\n"))")
        if !error.consequences.isEmpty { log.error("\(error.consequences.joined(separator: "\n"))") }
    }
}
