import L2TPApply
import L2TPConfig
import Logging
import Netlink
import SystemPackage

/// One run: reads what is configured, looks what there is, and does what the command line asks for.
final class Run<Transport: NetlinkTransport & ~Copyable> {
    let options: Options
    let surroundings: Surroundings<Transport>
    let reporter: Reporter
    /// What the report in JSON tells.
    var report: Report
    var places = Places()
    /// What signals have come, once they are taken; until all is said, for what comes late must not end the report.
    var signals: (any Signals)?
    private var hasLostOutput = false

    /// A run with options.
    init(_ options: Options, _ surroundings: Surroundings<Transport>) {
        self.options = options
        self.surroundings = surroundings
        reporter = Reporter(surroundings.console, level: options.logLevel)
        report = Report(options)
    }

    var console: Console { surroundings.console }

    /// Runs, and says on the standard streams what there is to say.
    func perform() -> Status {
        report.status = result()
        if options.json { print(report.text(places)) }
        // What was done is done, whether that can be told or not; a plan that cannot be told is none.
        let isAnswer = options.json || [.check, .plan].contains(options.task)
        return hasLostOutput && isAnswer ? .refused : report.status
    }

    private func result() -> Status {
        do throws(Failure) {
            switch options.task {
            case .confirm: return try confirm()
            case .check: return try check()
            case .plan: return try plan()
            case .apply, .attempt: return try apply()
            }
        } catch {
            return fail(error)
        }
    }

    private func confirm() throws(Failure) -> Status {
        let namespace = self.namespace.filePathText
        switch try surroundings.runFiles(self.namespace).confirm() {
        case .kept:
            report.outcome = .kept
            say("kept")
            return .success
        case .reverted:
            report.outcome = .reverted
            throw Failure("too late: the changes have been taken back", .refused)
        case .nobody:
            throw Failure("nothing to confirm: no run with --try waits\(namespace)", .refused)
        case .abandoned:
            throw Failure(
                "nothing to confirm: the run that was to take the changes back was killed, so they stay",
                remedy: "l2tp-apply --plan tells whether everything is as it is configured", .refused)
        case .silence:
            throw Failure(
                "the run that waits has not answered", remedy: "l2tp-apply --plan tells what has become of its changes",
                .refused)
        case .failed(let error):
            throw Failure("cannot confirm: \(error)", error.status)
        }
    }

    private func check() throws(Failure) -> Status {
        guard let configuration = read(try texts())?.configuration else { return .invalid }
        report.outcome = .valid
        let findings = report.diagnostics.isEmpty ? "" : "; \(Reporter.sum(of: report.diagnostics))"
        say("valid: \(configuration.size)\(findings)")
        return .success
    }

    // MARK: - Configuration

    /// What is to exist.
    struct Wanted {
        /// All of it.
        var configuration: Configuration
        /// The text it is written in, if that needs no second reading.
        var source: ConfigurationDigest?
    }

    /// The files that the command line names; nil if it asks for nothing to exist.
    func texts() throws(Failure) -> ConfigurationTexts? {
        options.isDown ? nil : try surroundings.configurations.texts(options.sources)
    }

    /// Parses files, and says what is found in them; returns nil if they are invalid.
    func read(_ texts: ConfigurationTexts?) -> Wanted? {
        guard let texts else { return Wanted(configuration: Configuration()) }
        let (reading, isMadeAnew) = texts.read()
        places = Places(reading.locate)
        report.diagnostics = reading.diagnostics
        reporter.report(reading.diagnostics)
        guard reading.isValid else {
            report.outcome = .invalid
            return nil
        }
        return Wanted(configuration: reading.configuration, source: isMadeAnew ? nil : texts.digest)
    }

    // MARK: - Words

    /// The network namespace that the options name.
    var namespace: NetworkNamespace {
        guard let name = options.netns else { return .current }
        return name.contains("/") ? .path(name) : .named(name)
    }

    /// Says a line on standard output, unless that is for a report or nothing.
    func say(_ line: @autoclosure () -> String) {
        guard !options.json, !options.isQuiet else { return }
        print(line() + "\n")
    }

    /// Writes to standard output. Nobody is told that nobody reads.
    func print(_ text: String) {
        do throws(Errno) {
            try console.write(text)
        } catch {
            guard error != .brokenPipe, !hasLostOutput else { return }
            hasLostOutput = true
            reporter.log.error("cannot write: \(error) (\(error.symbol))")
        }
    }

    /// Says why the run has failed; returns what it ends with.
    func fail(_ failure: Failure) -> Status {
        report.failure = failure
        reporter.report(failure)
        return failure.status
    }

    /// Says why the run has failed; returns what it ends with.
    func fail(_ error: ApplyError) -> Status {
        report.outcome = Report.Outcome(error.outcome)
        report.error = error
        reporter.report(error, places)
        return error.status
    }
}

extension Configuration {
    /// `2 tunnels, 7 sessions`.
    fileprivate var size: String {
        func number(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
        let sessionCount = tunnels.reduce(0) { $0 + $1.sessions.count }
        return "\(number(tunnels.count, "tunnel")), \(number(sessionCount, "session"))"
    }
}

extension NetworkNamespace {
    /// ` in network namespace NAME`; empty for the current one.
    fileprivate var filePathText: String {
        switch self {
        case .current: ""
        case .named(let name): " in network namespace \(name)"
        case .path(let path): " in network namespace \(path)"
        }
    }
}

extension FileError {
    /// What the program ends with.
    var status: Status { errno == .permissionDenied || errno == .notPermitted ? .notPermitted : .refused }
}
