import ArgumentParser
import CommandLineSupport
import Logging

extension Options {
    /// Reads the arguments without the program's name.
    init(_ arguments: [String]) throws(CommandLineEnding) {
        if arguments == ["--version"] {
            throw .text("l2tp-apply \(Version.text)")
        } else if let words = PlainWords(arguments) {
            try self.init(words)
        } else {
            try self.init(parsing: arguments)
        }
    }

    /// Reads arguments as ArgumentParser does.
    init(parsing arguments: [String]) throws(CommandLineEnding) {
        let command: any ParsableCommand
        do {
            command = try ApplyCommand.parseAsRoot(arguments)
        } catch {
            throw CommandLineEnding(error, parsing: ApplyCommand.self)
        }
        guard let command = command as? ApplyCommand else {
            throw CommandLineEnding(running: command, insteadOf: ApplyCommand.self) ?? .text("")
        }
        try self.init(PlainWords(command))
    }

    /// What words mean together.
    init(_ words: PlainWords) throws(CommandLineEnding) {
        var tasks: [(option: String, task: Task)] = []
        if words.check { tasks.append(("--check", .check)) }
        if words.plan { tasks.append(("--plan", .plan)) }
        if let trial = words.trial {
            tasks.append(("--try", .attempt(seconds: try Self.seconds(trial, of: "--try", from: 1))))
        }
        if words.confirm { tasks.append(("--confirm", .confirm)) }
        guard tasks.count < 2 else {
            throw .wrong("\(tasks[0].option) and \(tasks[1].option) exclude each other")
        }
        if let first = tasks.first { task = first.task }
        isDown = words.down
        adopts = words.adopt
        if isDown, task == .check { throw .wrong("--down needs no configuration, so that there is nothing to --check") }
        if isDown, adopts {
            throw .wrong("--down removes only what l2tp-apply has created, so that --adopt means nothing")
        }
        let excluded = words.down ? "--down" : words.confirm ? "--confirm" : nil
        if let excluded, let path = words.paths.first {
            throw .wrong("\(excluded) needs no configuration, so \"\(path)\" cannot follow")
        }
        if words.confirm, isDown || adopts {
            throw .wrong("--confirm and \(isDown ? "--down" : "--adopt") exclude each other")
        }
        if let wait = words.wait { self.wait = try Self.seconds(wait, of: "--wait", from: 0) }
        netns = words.netns
        json = words.json
        paths = words.paths
        try readVerbosity(words)
    }

    private mutating func readVerbosity(_ words: PlainWords) throws(CommandLineEnding) {
        guard !(words.verbose && words.quiet) else { throw .wrong("--verbose and --quiet exclude each other") }
        isQuiet = words.quiet
        if words.verbose { logLevel = .debug }
        if words.quiet { logLevel = .warning }
        guard let word = words.logLevel else { return }
        guard let level = Logger.Level(rawValue: word) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw .wrong("--log-level \"\(word)\": expected one of \(levels)")
        }
        logLevel = level
    }

    private static func seconds(_ word: String, of option: String, from least: Int) throws(CommandLineEnding) -> Int {
        let isNumber = !word.isEmpty && word.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, let seconds = Int(word), (least...longestWait).contains(seconds) else {
            throw .wrong("\(option) \"\(word)\": expected a number of seconds, \(least)…\(longestWait)")
        }
        return seconds
    }
}
