import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import SystemPackage

/// Runs `l2tp monitor`: prints what changes until it is ended or nobody reads any more.
struct Follower<Transport: NetlinkTransport & ~Copyable> {
    private let connector: NetlinkConnector<Transport>
    private let console: Console
    private let personality: Personality
    private let output: OutputOptions

    init(
        _ connector: NetlinkConnector<Transport>, console: Console, personality: Personality, output: OutputOptions
    ) {
        self.connector = connector
        self.console = console
        self.personality = personality
        self.output = output
    }

    /// Runs with the words after `monitor`.
    func run(_ words: [String]) -> Status {
        var rest = words
        let own: CommandOptions
        do throws(Failure) {
            own = try CommandOptions(takenFrom: &rest, of: .monitor)
        } catch {
            for problem in error.problems { console.report(problem, at: personality.rawValue) }
            return error.status
        }
        var arguments = Arguments()
        if !rest.isEmpty {
            let (outcome, _) = KeywordParser.parse(rest)
            switch outcome {
            case .arguments(let read):
                arguments = read
            case .help:
                try? console.write(personality.help(of: .monitor) + "\n")
                return .success
            case .usage:
                console.writeError(personality.help(of: .monitor) + "\n")
                return .usage
            case .wrong(let problems, _):
                for problem in problems { console.report(problem, at: personality.rawValue) }
                return problems[0].status
            }
        }
        for warning in arguments.warnings(for: .show(.session, arguments.filter)) {
            console.report(Problem(warning, .success), at: personality.rawValue)
        }
        let options = output.union(arguments.output)
        let format: any EventFormat =
            options.json || options.pretty ? EventJSON() : EventText(timestamp: own.timestamp)
        do throws(L2TPError) {
            try follow(arguments.filter, format, all: own.all)
            return .success
        } catch {
            console.report(Problem(error.description, .failure), at: personality.rawValue)
            let isNamespace = error.operation == .open && [.namespace, .notPermitted].contains(error.reason)
            return isNamespace ? .usage : .failure
        }
    }

    /// Prints events until nobody reads them.
    private func follow(_ filter: Filter, _ format: any EventFormat, all: Bool) throws(L2TPError) {
        console.endOnSignals()
        var monitor = try L2TPMonitor(connector)
        while true {
            let events = try monitor.next(orHangUpOf: console.output)
            if events.isEmpty { return }
            for event in events where filter.matches(event) {
                if case .unattributed = event.kind, !all { continue }
                do {
                    try console.write(format.line(of: event, at: .now))
                } catch {
                    if error == .brokenPipe { return }
                    throw L2TPError(.monitor, .subsystem, .other, errno: error, "cannot write: \(error)")
                }
            }
        }
    }
}
