import L2TPModel
import L2TPNetlink
import Netlink
import SystemPackage

/// The commands with options of their own.
extension Interpreter where Transport: ~Copyable {
    /// Runs `stats` or `flush`.
    mutating func runWithOptions(_ command: CommandWord, _ words: [String], place: String, isBatch: Bool) -> Status {
        do throws(Failure) {
            var words = words
            let options = try CommandOptions(takenFrom: &words, of: command)
            let (outcome, _) = words.isEmpty ? (.arguments(Arguments()), []) : KeywordParser.parse(words)
            switch outcome {
            case .arguments(let arguments):
                if command == .flush { return try flush(arguments, options, place: place) }
                if isBatch { throw Failure("stats is not for batches: it goes on and on", .usage) }
                try showStatistics(arguments, options, place: place)
                return .success
            case .help:
                try print(personality.help(of: command) + "\n")
                return .success
            case .usage:
                console.writeError(personality.help(of: command) + "\n")
                return .usage
            case .wrong(let problems, _):
                throw Failure(problems)
            }
        } catch {
            for problem in error.problems { console.report(problem, at: place) }
            return error.status
        }
    }

    /// Prints what the selected sessions carry until there were enough reports or somebody ends it.
    private mutating func showStatistics(
        _ arguments: Arguments, _ options: CommandOptions, place: String
    ) throws(Failure) {
        let format = output.union(arguments.output)
        var view = StatisticsView(console, sort: options.sort, isJSON: format.json || format.pretty)
        if let sentence = arguments.whatDoesNotSelect(.session) {
            console.report(Problem("\(sentence): ignored", .success), at: place)
        }
        let pacing: any Pacing
        do {
            pacing = try console.pacing()
        } catch {
            throw Failure("\(error)", .failure)
        }
        do throws(Failure) {
            guard case .show(_, let filter) = try arguments.request(for: .stats) else { return }
            try report(filter, options, pacing, to: &view)
        } catch {
            console.writeQuietly(view.end)
            // Nobody reads any more: for a view that goes on and on that is the end, as in `monitor`.
            if error.problems.allSatisfy(\.message.isEmpty) { return }
            throw error
        }
        console.writeQuietly(view.end)
    }

    private mutating func report(
        _ filter: Filter, _ options: CommandOptions, _ pacing: any Pacing, to view: inout StatisticsView
    ) throws(Failure) {
        var sample = try executor.sample(filter, pacing)
        let start = sample.time
        var deadline = start + options.interval
        var count = 0
        var last: StatisticsReport?
        while true {
            switch pacing.wait(until: deadline) {
            case .ended:
                return
            case .resized:
                if let last { try print(view.text(of: last, afterResizing: true)) }
                continue
            case .time:
                break
            }
            let next = try executor.sample(filter, pacing)
            let report = StatisticsReport(from: sample, to: next, since: start)
            try print(view.text(of: report))
            last = report
            sample = next
            count += 1
            if count == options.count { return }
            // What was missed, as by a program that was stopped, is not made up for.
            deadline = max(deadline + options.interval, next.time)
        }
    }
}

extension Executor where Transport: ~Copyable {
    /// The counters of the sessions that a filter selects, and of their tunnels.
    fileprivate mutating func sample(_ filter: Filter, _ pacing: any Pacing) throws(Failure) -> StatisticsSample {
        try run(.failure) { (client) throws(L2TPError) in
            let sessions = try client.sessions(filter)
            // Between the two, so that the time fits both.
            let time = pacing.now
            let carriers = Set(sessions.map(\.tunnelID))
            let tunnels = carriers.isEmpty ? [] : try client.tunnels().filter { carriers.contains($0.id) }
            return StatisticsSample(time: time, sessions: sessions, tunnels: tunnels)
        }
    }
}

extension Console {
    /// Writes to standard output; that nobody reads is no matter any more.
    fileprivate func writeQuietly(_ text: String) {
        if !text.isEmpty { try? write(text) }
    }
}
